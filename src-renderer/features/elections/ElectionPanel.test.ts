import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import { electionSentence } from '../../../shared/i18n/law-words.ts'
import { expectAccessible, expectTouchTargets } from '../votes/testing/accessible.ts'
import { councilOf53, itemIds, opening, personAt } from '../votes/testing/council.ts'
import { StagedRoom } from '../votes/testing/stage.svelte.ts'
import { stage } from '../votes/testing/staged.ts'
import { countRound } from './election-commands.ts'
import ElectionPanel from './ElectionPanel.svelte'

const election = 'election:1'
const item = itemIds.election
const opened: EventBody = { kind: 'election-opened', election, item, office: 'Zweite Beigeordnete', mode: 'paper' }
const nominated = (candidate: string, name: string): EventBody => ({
  kind: 'candidate-nominated',
  election,
  candidate: { candidate, name },
})
const electing = (...more: EventBody[]): StagedRoom =>
  new StagedRoom({ events: [...opening(councilOf53(), { item, remote: 2 }), opened, ...more] })
const open = (room: StagedRoom) => stage(ElectionPanel, { room, town: 'Stadt Nibelau am Rhein' })
const state = (room: StagedRoom) => room.state.elections.get(election)!

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('from the first nomination to the lot: each step is offered as the law has it', async () => {
  const room = new StagedRoom({ events: opening(councilOf53(), { item }) })
  const screen = await open(room)
  await expect
    .element(screen.getByRole('textbox', { name: 'Was wird besetzt?' }))
    .toHaveValue('Wahl der Zweiten Beigeordneten')
  await expectAccessible()
  expectTouchTargets()
  await screen.getByRole('button', { name: 'Wahl beginnen' }).click()
  await expect.element(screen.getByRole('button', { name: '1. Wahlgang eröffnen' })).toBeDisabled()

  await screen.getByRole('combobox', { name: 'Mitglied' }).selectOptions('Clara Bachmann')
  await screen.getByRole('combobox', { name: 'Vorgeschlagen von' }).selectOptions('Soziale Stadtliste')
  await screen.getByRole('button', { name: 'Vorschlag aufnehmen' }).click()
  for (const name of ['Dr. Sabine von der Aue', 'Łukasz Nowak']) {
    await screen.getByText('Andere Person').click()
    await screen.getByRole('textbox', { name: 'Name' }).fill(name)
    await screen.getByRole('button', { name: 'Vorschlag aufnehmen' }).click()
  }
  await expect.element(screen.getByText('Vorschlag: Soziale Stadtliste')).toBeVisible()
  await screen.getByRole('textbox', { name: 'Name' }).fill('Łukasz Nowak')
  await expect.element(screen.getByText('Łukasz Nowak ist schon vorgeschlagen.')).toBeVisible()
  await expectAccessible()
  expectTouchTargets()

  const id = [...room.state.elections.keys()][0]!
  const now = () => room.state.elections.get(id)!
  const names = () => new Map(now().candidates.map(({ candidate, name }) => [candidate, name]))
  const count = async (numbers: Record<string, string>): Promise<void> => {
    for (const [name, number] of Object.entries(numbers))
      await screen.getByRole('textbox', { name, exact: true }).fill(number)
    await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
    const sentence = screen.getByText(electionSentence(now().finding!, names()))
    await expect.element(sentence).toBeVisible()
  }
  await screen.getByRole('button', { name: '1. Wahlgang eröffnen' }).click()
  await screen.getByRole('textbox', { name: 'Clara Bachmann' }).fill('53')
  await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
  await expect
    .element(screen.getByText('Das kann nicht sein: 53 Stimmzettel, aber nur 52 dürfen wählen (1 zu viel).'))
    .toBeVisible()
  await expectAccessible()
  expectTouchTargets()
  await count({ 'Clara Bachmann': '20', 'Dr. Sabine von der Aue': '20', 'Łukasz Nowak': '10', Enthaltung: '2' })
  expect(now().finding?.outcome).toBe('next-round')
  await expectAccessible()

  await screen.getByRole('button', { name: '2. Wahlgang eröffnen' }).click()
  await count({ 'Clara Bachmann': '21', 'Dr. Sabine von der Aue': '21', 'Łukasz Nowak': '10' })
  expect(now().finding?.outcome).toBe('run-off')
  await screen.getByRole('button', { name: 'Stichwahl (3. Wahlgang) eröffnen' }).click()
  await count({ 'Clara Bachmann': '26', 'Dr. Sabine von der Aue': '26' })
  expect(now().status).toBe('lot')
  await expectAccessible()
  expectTouchTargets()
  await screen.getByRole('radio', { name: 'Clara Bachmann' }).click()
  await screen.getByRole('button', { name: 'Los eintragen' }).click()
  await expect.element(screen.getByText(electionSentence(now().finding!, names()))).toBeVisible()
  expect(now()).toMatchObject({ status: 'decided', finding: { outcome: 'elected', byLot: true } })
  await expectAccessible()
})

test('one candidate is voted for or against; remote members are not asked; the rules refuse what cannot be', async () => {
  const room = electing(nominated('candidate:a', 'Clara Bachmann'), { kind: 'round-opened', election, round: 1 })
  const screen = await open(room)
  expect(state(room).rounds[0]?.entitled).toBe(50)
  const refused = await countRound(room, election, 1, {
    votes: [{ candidate: 'candidate:a', votes: 40 }],
    against: 11,
    abstain: 0,
    invalid: 0,
  })
  expect(refused).toEqual({ ok: false, failure: 'implausible' })
  await screen.getByRole('textbox', { name: 'Clara Bachmann' }).fill('30')
  await screen.getByRole('textbox', { name: 'Nein' }).fill('19')
  await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
  await expect.element(screen.getByText(/^Gewählt ist Clara Bachmann/)).toBeVisible()
  expect(state(room)).toMatchObject({ status: 'decided', finding: { outcome: 'elected' } })
})

test('who withdraws is not on the papers, which come as a PDF for everybody who may vote', async () => {
  const room = electing(nominated('candidate:a', 'Clara Bachmann'), nominated('candidate:b', 'Łukasz Nowak'))
  const screen = await open(room)
  await screen.getByRole('button', { name: 'Łukasz Nowak zieht zurück' }).click()
  await expect.element(screen.getByText('Zurückgezogen')).toBeVisible()
  const made: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    made.push(blob as Blob)
    return 'blob:staged'
  })
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  await screen.getByRole('button', { name: 'Stimmzettel drucken …' }).click()
  await expect.element(screen.getByRole('textbox', { name: 'Anzahl' })).toHaveValue('50')
  await expectAccessible()
  await screen.getByRole('button', { name: 'PDF erstellen' }).click()
  await expect.element(screen.getByRole('status').first()).toHaveTextContent('50 Stimmzettel als PDF')
  expect(saved).toHaveBeenCalledOnce()
  const [paper] = made
  expect(paper?.type).toBe('application/pdf')
  expect(new TextDecoder().decode((await paper!.arrayBuffer()).slice(0, 8))).toBe('%PDF-1.7')
})

test('cancelling asks for the reason and stays to be seen', async () => {
  const room = electing(nominated('candidate:a', personAt(3)))
  const screen = await open(room)
  await screen.getByRole('button', { name: 'Wahl abbrechen …' }).first().click()
  await screen.getByRole('dialog').getByRole('button', { name: 'Wahl abbrechen …' }).click()
  await expect.element(screen.getByRole('textbox', { name: 'Grund' })).toBeInvalid()
  await screen.getByRole('textbox', { name: 'Grund' }).fill('Vorschlag fehlerhaft')
  await screen.getByRole('dialog').getByRole('button', { name: 'Wahl abbrechen …' }).click()
  await expect.element(screen.getByText('Diese Wahl wurde abgebrochen und hat kein Ergebnis.')).toBeVisible()
  expect(state(room).status).toBe('cancelled')
})
