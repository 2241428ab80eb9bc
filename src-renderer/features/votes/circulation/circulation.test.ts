import { beforeEach, expect, test } from 'vitest'
import type { Choice } from '../../../../shared/council/events/vote.ts'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import { voteSentence } from '../../../../shared/i18n/law-words.ts'
import { findingOfCase } from '../../../../shared/rules/law/case-findings.ts'
import { lawCases } from '../../../../shared/rules/law/cases/index.ts'
import MyVote from '../mine/MyVote.svelte'
import { expectAccessible, expectTouchTargets } from '../testing/accessible.ts'
import { councilOf53, itemIds, personAt } from '../testing/council.ts'
import { StagedRoom } from '../testing/stage.svelte.ts'
import { stage } from '../testing/staged.ts'
import VotePanel from '../VotePanel.svelte'

const prepare = 'Umlauf vorbereiten'
const day = 86_400_000
const until = Date.parse('2026-12-07T17:00:00Z')

/** What the law says of a case, as everybody reads it. */
function sentenceOf(id: string): string {
  const law = lawCases.find((entry) => entry.id === id)
  const found = law && findingOfCase(law)
  if (found?.about !== 'vote') throw new Error(`${id} is about no vote`)
  return voteSentence(found.finding)
}

/** A log that is prepared, in which nobody meets. */
const frozen = (constitution = councilOf53()): EventBody[] => [{ kind: 'meeting-prepared', constitution }]
const conflict = (index: number): EventBody => ({
  ...{ kind: 'conflict-declared', person: personAt(index), item: itemIds.resolution, away: 'table' },
})
const running: EventBody = {
  ...{ kind: 'vote-opened', vote: 'vote:1', item: itemIds.resolution, question: 'Brücke sanieren?' },
  ...{ subject: 'circular', majority: 'unanimous-statutory', mode: 'devices', secret: false, until },
}

/** The chair begins a circulation on the first item. */
async function circulate(room: StagedRoom) {
  const screen = await stage(VotePanel, { room })
  await screen.getByRole('button', { name: prepare }).click()
  await expect.element(screen.getByRole('combobox', { name: 'Tagesordnungspunkt' })).toBeVisible()
  return screen
}

async function decide(room: StagedRoom, choices: readonly Choice[]) {
  const screen = await circulate(room)
  await screen.getByRole('button', { name: 'Umlauf beginnen' }).click()
  await expect.element(screen.getByText(/^Umlauf bis 07\.12\.2026/)).toBeVisible()
  const [vote] = [...room.state.votes.values()]
  if (!vote) throw new Error('No vote is open')
  choices.forEach((choice, index) => room.receive(vote.vote, vote.entitled[index]!, choice))
  if (choices.length < vote.entitled.length) {
    await expect.element(screen.getByText(/^Schließen können Sie, sobald alle geantwortet haben/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Abstimmung schließen' }).elements()).toEqual([])
    room.pass(8 * day)
    await screen.getByRole('button', { name: 'Abstimmung schließen' }).click()
    await screen.getByRole('dialog').getByRole('button', { name: 'Abstimmung schließen' }).click()
  } else await screen.getByRole('button', { name: 'Abstimmung schließen' }).click()
  return screen
}
const all = (choice: Choice, count: number): Choice[] => Array.from({ length: count }, () => choice)

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

test('everybody agrees at home, and it is decided without a meeting', async () => {
  const room = new StagedRoom({ events: frozen() })
  const form = await circulate(room)
  await expect.element(form.getByText(/nicht befangen sind: § 35 Abs\. 3 GemO/)).toBeVisible()
  await expectAccessible()
  expectTouchTargets()
  await form.unmount()
  const screen = await decide(room, all('yes', 53))
  await expect.element(screen.getByText(sentenceOf('rp-circular-all')).first()).toBeVisible()
  expect(room.state.phase).toBe('prepared')
})

test('one objection is enough for a meeting', async () => {
  const screen = await decide(new StagedRoom({ events: frozen() }), [...all('yes', 52), 'no'])
  await expect.element(screen.getByText(sentenceOf('rp-circular-objection')).first()).toBeVisible()
})

test('silence is no consent, and the chair closes only after the deadline', async () => {
  const screen = await decide(new StagedRoom({ events: frozen() }), all('yes', 50))
  await expect.element(screen.getByText(sentenceOf('rp-circular-silence')).first()).toBeVisible()
})

test('who is kept out is not asked, and the others decide', async () => {
  const room = new StagedRoom({ events: [...frozen(), conflict(51), conflict(52)] })
  const screen = await decide(room, all('yes', 51))
  await expect.element(screen.getByText(sentenceOf('rp-circular-conflict')).first()).toBeVisible()
})

test('the chair hears before that a seat is empty, and nothing can be decided', async () => {
  const { seats } = councilOf53()
  const screen = await circulate(new StagedRoom({ events: frozen(councilOf53({ seats: seats.slice(0, 52) })) }))
  await expect
    .element(screen.getByText(/^Alle 53 Mitglieder müssen zustimmen; gefragt werden können zurzeit 52\./))
    .toBeVisible()
})

test('a deadline that is over is not taken', async () => {
  const screen = await circulate(new StagedRoom({ events: frozen() }))
  await screen.getByLabelText('Antworten bis (Tag)').fill('2026-11-01')
  await screen.getByRole('button', { name: 'Umlauf beginnen' }).click()
  await expect.element(screen.getByText('Geben Sie einen Zeitpunkt an, der noch kommt.')).toBeVisible()
})

test('a member sees until when, answers at home, and after the deadline no more', async () => {
  const room = new StagedRoom({ person: personAt(52), events: [...frozen(), running] })
  const screen = await stage(MyVote, { room })
  await expect.element(screen.getByText(/^Umlaufbeschluss: Antworten Sie bis 07\.12\.2026/)).toBeVisible()
  await screen.getByRole('button', { name: 'Ja' }).click()
  await expect.element(screen.getByText(/Ja: vom Hub empfangen/).first()).toBeVisible()
  await expectAccessible()
  room.pass(8 * day)
  await expect.element(screen.getByText(/^Die Frist ist abgelaufen \(07\.12\.2026/)).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Nein' })).toBeDisabled()
})

test('a member who is kept out has no button, and reads why', async () => {
  const room = new StagedRoom({ person: personAt(52), events: [...frozen(), conflict(52), running] })
  const screen = await stage(MyVote, { room })
  await expect
    .element(screen.getByText('Sie sind bei diesem Punkt wegen Ausschließungsgründen nicht beteiligt.'))
    .toBeVisible()
  expect(screen.getByRole('button').elements()).toEqual([])
})

test('where the law knows no decision by circulation, the button is missing and it says why', async () => {
  const room = new StagedRoom({ events: frozen(councilOf53({ rules: 'de-by-2024' })) })
  const screen = await stage(VotePanel, { room })
  await expect
    .element(screen.getByText(/^Hier nicht möglich: Gemeindeordnung für den Freistaat Bayern kennt keinen/))
    .toBeVisible()
  expect(screen.getByRole('button', { name: prepare }).elements()).toEqual([])
})

test('in a meeting nothing is put to a circulation', async () => {
  const room = new StagedRoom()
  const screen = await stage(VotePanel, { room })
  await screen.getByRole('button', { name: 'Abstimmung vorbereiten' }).click()
  const select = screen.getByRole('combobox', { name: 'Worüber' })
  await expect.element(select).toBeVisible()
  const options = [...(select.element() as HTMLSelectElement).options]
  expect(options.map(({ label }) => label)).not.toContain('Umlaufbeschluss')
})
