import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { VoteMode } from '../../../shared/council/events/vote.ts'
import { overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { voteSentence } from '../../../shared/i18n/law-words.ts'
import { expectAccessible, expectTouchTargets } from './testing/accessible.ts'
import { councilOf53, itemIds, opening, personAt } from './testing/council.ts'
import { StagedRoom } from './testing/stage.svelte.ts'
import { stage } from './testing/staged.ts'
import { recordCount } from './vote-commands.ts'
import VotePanel from './VotePanel.svelte'

const vote = 'vote:1'
const item = itemIds.resolution
const opened = (mode: VoteMode): EventBody => ({
  kind: 'vote-opened',
  vote,
  item,
  question: 'Brücke sanieren?',
  subject: 'resolution',
  majority: 'simple',
  mode,
  secret: mode === 'paper',
})
/** A room in which a vote is open, with fewer members than the whole council. */
const votingRoom = (mode: VoteMode, present = 30): StagedRoom =>
  new StagedRoom({ events: [...opening(councilOf53(), { present }), opened(mode)] })
const open = (room: StagedRoom) => stage(VotePanel, { room })
const decided = (room: StagedRoom) => room.state.votes.get(vote)

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})
afterEach(() => overwriteGetLocale(() => 'de'))

describe('opening', () => {
  test('by keyboard alone: prepared with the question of the item, opened, and the focus goes on', async () => {
    const room = new StagedRoom()
    const screen = await open(room)
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    const question = screen.getByRole('textbox', { name: 'Frage' })
    await expect.element(question).toHaveValue('Sanierung der Brücke in der Weidenwörther Straße über den Kauzbach')
    await screen.getByRole('radio', { name: 'Mit Geräten' }).click()
    await expectAccessible()
    expectTouchTargets()
    ;(screen.getByRole('button', { name: 'Abstimmung eröffnen' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('heading', { name: /Sanierung/ })).toHaveFocus()
    expect([...room.state.votes.values()]).toMatchObject([
      { item, mode: 'devices', majority: 'simple', status: 'open' },
    ])
    await expect.element(screen.getByRole('status').first()).toMatchTextContent(/^Abstimmung eröffnet: Sanierung/)
  })

  test('the law’s majority is no choice, and its place is named; a secret vote is for paper, with the reason', async () => {
    const screen = await open(new StagedRoom())
    await screen.getByRole('button', { name: 'Abstimmung vorbereiten' }).click()
    await screen.getByRole('combobox', { name: 'Worüber' }).selectOptions('Erweiterung der Tagesordnung')
    await expect.element(screen.getByText('Zwei Drittel der Anwesenden')).toBeVisible()
    await expect.element(screen.getByText('Diese Mehrheit schreibt das Recht vor: § 34 Abs. 7 GemO')).toBeVisible()
    await expect.element(screen.getByRole('combobox', { name: 'Mehrheit' })).not.toBeInTheDocument()
    await expect.element(screen.getByRole('textbox', { name: 'Frage' })).toHaveValue('Wird die Tagesordnung erweitert?')
    await screen.getByRole('switch', { name: 'Geheim abstimmen' }).click()
    await expect.element(screen.getByRole('radio', { name: 'Stimmzettel' })).toBeChecked()
    const hands = screen.getByRole('radio', { name: 'Handzeichen' })
    await expect.element(hands).toBeDisabled()
    await expect.element(hands).toHaveAccessibleDescription('Geheim nur auf Stimmzetteln, § 40 Abs. 1 Satz 3 GemO')
  })

  test('names who may not vote, by reason', async () => {
    const room = new StagedRoom({
      events: [
        ...opening(councilOf53(), { present: 50, remote: 3, item: itemIds.statute }),
        { kind: 'conflict-declared', person: personAt(4), item: itemIds.statute, away: 'table' },
      ],
    })
    const screen = await open(room)
    await screen.getByRole('button', { name: 'Abstimmung vorbereiten' }).click()
    await screen.getByText('46 von 53 dürfen abstimmen').click()
    const list = screen.getByRole('group').last()
    await expect.element(list).toMatchTextContent(/Ausschließungsgründe bei diesem Punkt \(1\)\s*Dieter Baumgärtner/)
    await expect.element(list).toMatchTextContent(/Zugeschaltet; hier zählt nur, wer im Raum ist \(3\)/)
    await expect.element(list).toMatchTextContent(/Nicht anwesend \(3\)/)
  })

  test('an empty question and a body without a quorum are told before', async () => {
    const screen = await open(new StagedRoom({ events: opening(councilOf53(), { present: 20 }) }))
    await screen.getByRole('button', { name: 'Abstimmung vorbereiten' }).click()
    await expect.element(screen.getByText(/^Zurzeit nicht beschlussfähig: 20 zählen, 27 sind nötig/)).toBeVisible()
    await screen.getByRole('textbox', { name: 'Frage' }).fill(' ')
    await screen.getByRole('button', { name: 'Abstimmung eröffnen' }).click()
    await expect.element(screen.getByRole('textbox', { name: 'Frage' })).toBeInvalid()
  })
})

describe('devices', () => {
  test('shows who has voted, never how; a lost device leaves its trace; the hub’s seal makes the result', async () => {
    const room = votingRoom('devices', 29)
    room.sealsAtOnce = false
    const screen = await open(room)
    for (let index = 0; index < 27; index++) room.receive(vote, personAt(index), index < 20 ? 'yes' : 'no')
    await expect
      .element(screen.getByRole('progressbar'))
      .toHaveAttribute('aria-valuetext', '27 von 29 haben abgestimmt')
    await expect.element(screen.getByText('Noch nicht abgestimmt: 2 Mitglieder')).toBeVisible()
    expect(document.body.textContent).not.toMatch(/\b(Ja|Nein|Enthaltung)\b/)
    await expectAccessible()
    expectTouchTargets()

    await screen.getByRole('button', { name: 'Stimme für Dieter Lenz eingeben' }).click()
    await screen.getByRole('button', { name: 'Nein' }).click()
    await expectAccessible()
    await screen.getByRole('textbox', { name: 'Grund' }).fill('Akku leer')
    await screen.getByRole('button', { name: 'Stimme eingeben' }).click()
    await expect.element(screen.getByText('Dieter Lenz: Akku leer')).toBeVisible()

    await screen.getByRole('button', { name: 'Abstimmung schließen' }).click()
    await expect
      .element(screen.getByRole('dialog', { name: 'Eine Stimme fehlt noch' }))
      .toMatchTextContent(/Clara Lang/)
    await screen.getByRole('dialog').getByRole('button', { name: 'Abstimmung schließen' }).click()
    await expect.element(screen.getByText(/^Die Stimmen werden ausgezählt/)).toBeVisible()
    await expect.element(screen.getByText('Angenommen')).not.toBeInTheDocument()

    room.seal(vote)
    const sentence = voteSentence(decided(room)!.finding!)
    await expect.element(screen.getByRole('article').getByText(sentence)).toBeVisible()
    // Whoever closed it by keyboard goes on at the result.
    await expect.poll(() => document.activeElement?.textContent).toContain(sentence)
    await expect.element(screen.getByRole('status').first()).toHaveTextContent(sentence)
    await expectAccessible()
  })

  test('who asks to close and gets the last vote meanwhile is told so, and closes', async () => {
    const room = votingRoom('devices', 29)
    const screen = await open(room)
    for (let index = 0; index < 28; index++) room.receive(vote, personAt(index), 'yes')
    await screen.getByRole('button', { name: 'Abstimmung schließen' }).click()
    await expect.element(screen.getByRole('dialog', { name: 'Eine Stimme fehlt noch' })).toBeVisible()
    room.receive(vote, personAt(28), 'no')
    const dialog = screen.getByRole('dialog', { name: 'Alle haben abgestimmt.' })
    await expect.element(dialog).toBeVisible()
    await dialog.getByRole('button', { name: 'Abstimmung schließen' }).click()
    await expect.poll(() => decided(room)?.status).toBe('decided')
  })

  test('cancelling asks for the reason, and stays to be seen', async () => {
    const room = votingRoom('devices')
    const screen = await open(room)
    await screen.getByRole('button', { name: 'Abstimmung abbrechen …' }).click()
    await screen.getByRole('button', { name: 'Abbrechen', exact: true }).click()
    await expect.element(screen.getByRole('textbox', { name: 'Grund' })).toBeInvalid()
    await screen.getByRole('textbox', { name: 'Grund' }).fill('Falsche Frage')
    await screen.getByRole('button', { name: 'Abbrechen', exact: true }).click()
    await expect.element(screen.getByRole('article', { name: 'Brücke sanieren?' })).toMatchTextContent(/Abgebrochen/)
    expect(decided(room)?.status).toBe('cancelled')
  })
})

describe('counting', () => {
  test('hands: what cannot be is refused with what is wrong, here and by the rules; the rest is one press', async () => {
    const room = votingRoom('hand')
    const screen = await open(room)
    await screen.getByRole('textbox', { name: 'Ja', exact: true }).fill('28')
    await screen.getByRole('textbox', { name: 'Nein' }).fill('9')
    await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
    await expect
      .element(screen.getByText('Das kann nicht sein: 37 Stimmen, aber nur 30 dürfen abstimmen (7 zu viel).'))
      .toBeVisible()
    expect(decided(room)?.status).toBe('open')
    const refused = await recordCount(room, vote, { yes: 28, no: 9, abstain: 0, invalid: 0 })
    expect(refused).toEqual({ ok: false, failure: 'implausible' })

    await screen.getByRole('button', { name: 'Rest: Ja' }).click()
    await expect.element(screen.getByRole('textbox', { name: 'Ja', exact: true })).toHaveValue('21')
    await expectAccessible()
    expectTouchTargets()
    await screen.getByRole('textbox', { name: 'Nein' }).click()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('Angenommen', { exact: true })).toBeVisible()
    expect(decided(room)).toMatchObject({ status: 'decided', tally: { yes: 21, no: 9, abstain: 0, invalid: 0 } })
  })

  test('a roll call is one keystroke per name; looking back mends', async () => {
    const room = votingRoom('roll-call', 4)
    const screen = await open(room)
    ;(screen.getByRole('button', { name: 'Ja', exact: true }).element() as HTMLElement).focus()
    await userEvent.keyboard('jneJ')
    await expect.element(screen.getByText('Alle sind aufgerufen.').first()).toBeVisible()
    await userEvent.keyboard('{ArrowUp}n')
    await expect.poll(() => [...decided(room)!.called.values()]).toEqual(['yes', 'no', 'abstain', 'no'])
    await expectAccessible()
    expectTouchTargets()
    await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
    await expect.element(screen.getByText('Wer wie abgestimmt hat')).toBeVisible()
    await expect.element(screen.getByText('Bernd Ackermann, Dr. Helga Brunnenmeister')).toBeVisible()
  })

  test('by faction: one press for a faction that votes as one, and each is judged by its own members', async () => {
    const room = votingRoom('faction', 53)
    const screen = await open(room)
    for (const faction of ['Bürgerliche Mitte', 'Zukunft Stadtteile', 'Freie Wähler', 'Fraktionslos'])
      await screen.getByRole('button', { name: `${faction}: alle Ja` }).click()
    await screen.getByRole('textbox', { name: 'Soziale Stadtliste: Nein' }).fill('10')
    await expect.element(screen.getByText(/^Das kann nicht sein: 10 Stimmen, aber nur 9/)).toBeVisible()
    await screen.getByRole('button', { name: 'Soziale Stadtliste: alle Nein' }).click()
    await expectAccessible()
    expectTouchTargets()
    await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
    await screen.getByRole('article').getByText('Nach Fraktionen', { exact: true }).nth(1).click()
    await expect.element(screen.getByRole('row', { name: 'Soziale Stadtliste 0 9 0' })).toBeVisible()
    expect(decided(room)).toMatchObject({ tally: { yes: 44, no: 9, abstain: 0, invalid: 0 } })
  })

  test('without objection it is agreed; with one it is counted', async () => {
    const agreed = votingRoom('no-objection')
    const first = await open(agreed)
    await expectAccessible()
    expectTouchTargets()
    await first.getByRole('button', { name: 'Kein Widerspruch: beschlossen' }).click()
    await expect.element(first.getByText('Niemand hat widersprochen.')).toBeVisible()
    await first.unmount()

    const room = votingRoom('no-objection')
    const screen = await open(room)
    await screen.getByRole('button', { name: 'Widerspruch …' }).click()
    await screen.getByRole('combobox', { name: 'Wer widerspricht?' }).selectOptions('Clara Bachmann')
    await screen.getByRole('button', { name: 'Widerspruch festhalten' }).click()
    await expect.element(screen.getByText('Widerspruch von Clara Bachmann. Jetzt wird gezählt.')).toBeVisible()
    await screen.getByRole('textbox', { name: 'Nein' }).fill('16')
    await screen.getByRole('button', { name: 'Rest: Ja' }).click()
    await screen.getByRole('button', { name: 'Ergebnis feststellen' }).click()
    await expect.element(screen.getByText('Abgelehnt', { exact: true })).toBeVisible()
  })
})

test('English', async () => {
  overwriteGetLocale(() => 'en')
  const screen = await open(votingRoom('hand'))
  await screen.getByRole('textbox', { name: 'Yes' }).fill('40')
  await expect
    .element(screen.getByText('That cannot be right: 40 votes, but only 30 members may vote (10 too many).'))
    .toBeVisible()
  await expectAccessible()
})
