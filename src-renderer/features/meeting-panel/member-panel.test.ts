import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { EventBody } from '../../../shared/council/meeting-event.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import threePages from '../reader/testing/three-pages.pdf?url'
import { expectAccessible, expectTouchTargets } from '../votes/testing/accessible.ts'
import { councilOf53, itemIds, items, meeting, opening, personAt, proposal } from '../votes/testing/council.ts'
import { StagedRoom } from '../votes/testing/stage.svelte.ts'
import SeatFrame from './testing/SeatFrame.svelte'
import { SeatData } from './testing/seat-data.svelte.ts'

const stamps = { schema: 1, created: '2026-11-01T08:00:00Z', modified: '2026-11-01T08:00:00Z' }
const file = (key: string, name: string) => ({
  ...{ ...stamps, _id: `file:${key}`, type: 'file', name, fileName: `${key}.pdf`, mimeType: 'application/pdf' },
  ...{ size: 1, sha512: key.padEnd(128, '0') },
})
const paper = (key: string, name: string) => ({
  ...{ ...stamps, _id: `paper:${key}`, type: 'paper', name, mainFile: `file:${key}`, public: true },
  publication: { state: 'published', step: 1 },
})
const consultation = (key: string, agendaItem: string, role?: string) => ({
  ...{ ...stamps, _id: `consultation:${key}`, type: 'consultation', paper: `paper:${key}`, agendaItem },
  ...{ meeting: meeting._id, organization: ['organization:council'], ...(role ? { role } : {}) },
})

/** The bridge's paper is dealt with from its second page on; the statute's paper names no page. */
const records = [
  meeting,
  ...items,
  ...[file('bridge', 'Brückenvorlage'), paper('bridge', 'Brücke')],
  ...[file('graves', 'Satzungsvorlage'), paper('graves', 'Friedhofssatzung')],
  ...[consultation('bridge', itemIds.resolution, 'Entscheidung (Seite 2)'), consultation('graves', itemIds.statute)],
] as unknown as readonly AnyRecord[]

const me = personAt(3)
const running = opening(councilOf53())
/** Everybody is there but me. */
const withoutMe = running.filter((body) => !(body.kind === 'person-arrived' && body.person === me))
const roomWith = (events: readonly EventBody[] = running): StagedRoom => new StagedRoom({ person: me, events })

async function sitDown(room: StagedRoom, size: 'laptop' | 'phone' = 'laptop') {
  await (size === 'laptop' ? page.viewport(1366, 900) : page.viewport(390, 844))
  const seat = new SeatData(room, records, threePages)
  return Object.assign(await render(SeatFrame, { seat, meeting: meeting._id }), { seat })
}

const mine = (room: StagedRoom) =>
  [...room.state.speeches.values()].filter(({ speaker }) => 'person' in speaker && speaker.person === me)

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

describe('before and after', () => {
  test('nothing is prepared: the seat says so and what it is for', async () => {
    const screen = await sitDown(roomWith([]))
    await expect.element(screen.getByText('Die Sitzung ist noch nicht vorbereitet')).toBeVisible()
    await expectAccessible()
  })

  test('prepared: one can check in; nobody can ask for the floor yet, and the reason stands there', async () => {
    const room = roomWith([running[0]!])
    const screen = await sitDown(room)
    await expect.element(screen.getByText('Beginnt bald')).toBeVisible()
    await expect.element(screen.getByText('Es ist kein Punkt aufgerufen').first()).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeDisabled()
    await expect.element(screen.getByText(/können Sie sich, während die Sitzung läuft/)).toBeVisible()
    await expectAccessible()
    expectTouchTargets()
  })

  test('after the close results and course are left, and nothing can be pressed that does nothing', async () => {
    const screen = await sitDown(
      roomWith([...running, { kind: 'item-closed', item: itemIds.resolution }, { kind: 'meeting-closed' }]),
    )
    await expect.element(screen.getByText('Die Sitzung ist beendet').first()).toBeVisible()
    await expect.element(screen.getByRole('button', { name: /^Befangenheit erklären/ })).not.toBeInTheDocument()
    await expect.element(screen.getByRole('button', { name: 'Ich gehe' })).not.toBeInTheDocument()
    await screen.getByRole('tab', { name: 'Verlauf' }).click()
    await expect.element(screen.getByText('erledigt')).toBeVisible()
    await expectAccessible()
  })

  test('behind closed doors without an item to see, the seat says that and nothing else', async () => {
    const screen = await sitDown(
      roomWith([...running, { kind: 'item-closed', item: itemIds.resolution }, { kind: 'part-closed' }]),
    )
    await expect.element(screen.getByText('Zurzeit wird nichtöffentlich beraten')).toBeVisible()
    await expect.element(screen.getByText('Nichtöffentlich', { exact: true })).toBeVisible()
  })
})

describe('presence', () => {
  test('coming and leaving are one press each; who is away is told what to do', async () => {
    const room = roomWith(withoutMe)
    const screen = await sitDown(room)
    await expect.element(screen.getByText(/Sie sind nicht als anwesend eingetragen/).first()).toBeVisible()
    await screen.getByRole('button', { name: 'Ich bin da' }).click()
    await screen.getByRole('menuitem', { name: 'Im Saal' }).click()
    await expect.element(screen.getByText('Sie sind im Saal.')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeEnabled()
    await screen.getByRole('button', { name: 'Ich gehe' }).click()
    await expect.element(screen.getByRole('button', { name: 'Ich bin da' })).toBeVisible()
    expect(room.state.attendance.get(me)?.here).toBe(false)
  })
})

describe('the floor', () => {
  test('asked for with a stance, withdrawn, and asked for again by keys', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    await screen.getByRole('radio', { name: 'dagegen' }).click()
    await screen.getByRole('button', { name: 'Zu Wort melden' }).click()
    await expect.element(screen.getByText(/^gemeldet · seit/)).toBeVisible()
    expect(mine(room)).toMatchObject([{ form: 'speech', stance: 'contra', item: itemIds.resolution, late: false }])
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeDisabled()
    await expectAccessible()
    expectTouchTargets()
    await screen.getByRole('button', { name: 'Zurückziehen' }).click()
    await expect.poll(() => mine(room).map(({ status }) => status)).toEqual(['withdrawn'])
    ;(screen.getByRole('button', { name: 'Zu Wort melden' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText(/^gemeldet · seit/)).toBeVisible()
    room.tell({ kind: 'speech-started', speech: mine(room).at(-1)!.speech })
    await expect.element(screen.getByText(/^Sie haben das Wort/)).toBeVisible()
  })

  test('a point of order stands beside a speech; questions need somebody who speaks', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    await expect.element(screen.getByRole('button', { name: 'Zwischenfrage' })).toBeDisabled()
    await screen.getByRole('button', { name: 'Zu Wort melden' }).click()
    await screen.getByRole('button', { name: 'Zur Geschäftsordnung' }).click()
    await expect.poll(() => mine(room).map(({ form }) => form)).toEqual(['speech', 'point-of-order'])
    room.tell({
      ...{ kind: 'speech-requested', speech: 'speech:other', item: itemIds.resolution, form: 'speech' },
      speaker: { person: personAt(4) },
    })
    room.tell({ kind: 'speech-started', speech: 'speech:other' })
    await expect.element(screen.getByRole('button', { name: 'Zwischenfrage' })).toBeEnabled()
  })

  test('a closed list is told; points of order go on', async () => {
    const room = roomWith([...running, { kind: 'speakers-closed', item: itemIds.resolution }])
    const screen = await sitDown(room)
    await expect.element(screen.getByText(/^Die Redeliste ist geschlossen; möglich ist nur noch/)).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeDisabled()
    await screen.getByRole('button', { name: 'Zur Geschäftsordnung' }).click()
    await expect.poll(() => mine(room).map(({ form }) => form)).toEqual(['point-of-order'])
  })

  test('asked for without a connection it is kept, and shown as late', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    room.offline = true
    screen.seat.phase = 'offline'
    await expect.element(screen.getByText(/^Keine Verbindung zum Server/)).toBeVisible()
    await screen.getByRole('button', { name: 'Zu Wort melden' }).click()
    await expect.element(screen.getByText('verspätet eingegangen')).toBeVisible()
    expect(mine(room)).toMatchObject([{ late: true }])
    await expectAccessible()
  })

  test('what the meeting refuses is told in words', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    await screen.getByRole('button', { name: 'Zu Wort melden' }).click()
    const waiting = screen.getByRole('button', { name: 'Zurückziehen' })
    await expect.element(waiting).toBeVisible()
    const stale = waiting.element() as HTMLElement
    const speech = mine(room)[0]!.speech
    // Both press at once: the button is pressed while the chair's word is on its way to this screen.
    room.tell({ kind: 'speech-withdrawn', speech })
    stale.click()
    await expect.element(screen.getByText('Das ist schon so oder geht nicht mehr.').first()).toBeVisible()
  })
})

describe('a conflict of interest', () => {
  test('declared for the item that is open, it takes away floor and vote; taken back, it gives them again', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    await screen.getByRole('button', { name: /^Befangenheit erklären/ }).click()
    const dialog = screen.getByRole('dialog')
    await expect.element(dialog.getByText(/^Sie verlassen für diesen Punkt den Sitzungstisch/)).toBeVisible()
    await dialog.getByRole('textbox', { name: /^Grund/ }).fill('Meine Schwester bietet mit')
    await expectAccessible()
    await dialog.getByRole('button', { name: 'Erklären' }).click()
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(screen.getByText('Sie wirken an diesem Punkt nicht mit.')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeDisabled()
    expect(room.state.agenda[0]?.conflicts).toEqual([{ person: me, away: 'table' }])

    await screen.getByRole('button', { name: /^Befangenheit erklären/ }).click()
    await screen.getByRole('button', { name: `Erklärung zu „${items[0]!.name}“ zurücknehmen` }).click()
    await expect.poll(() => room.state.agenda[0]?.conflicts).toEqual([])
    await expect.element(screen.getByRole('button', { name: 'Zu Wort melden' })).toBeEnabled()
  })

  test('that the chair declared cannot be taken back here', async () => {
    const declared: EventBody = { kind: 'conflict-declared', person: me, item: itemIds.resolution, away: 'table' }
    const screen = await sitDown(roomWith([...running, declared]))
    await screen.getByRole('button', { name: /^Befangenheit erklären/ }).click()
    await expect.element(screen.getByRole('dialog')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: /zurücknehmen$/ })).not.toBeInTheDocument()
  })
})

describe('the vote', () => {
  const opened = (mode: 'devices' | 'roll-call' | 'paper'): EventBody => ({
    ...{ kind: 'vote-opened', vote: 'vote:1', item: itemIds.resolution, question: 'Brücke sanieren?' },
    ...{ subject: 'resolution', majority: 'simple', mode, secret: mode === 'paper' },
  })

  test('by device: the receipt counts, and the result stands in its tab', async () => {
    const room = roomWith([...running, opened('devices')])
    const screen = await sitDown(room)
    await screen.getByRole('button', { name: 'Ja' }).click()
    await expect.element(screen.getByText(/Ja: vom Hub empfangen/).first()).toBeVisible()
    room.tell({ kind: 'vote-closed', vote: 'vote:1' })
    await expect.element(screen.getByText(/^Die Stimmen werden ausgezählt/)).toBeVisible()
    room.seal('vote:1')
    await screen.getByRole('tab', { name: 'Ergebnisse' }).click()
    await expect.element(screen.getByText('Angenommen').first()).toBeVisible()
    await expectAccessible()
  })

  test('by roll call everybody may read the answer; a secret one takes place on paper alone', async () => {
    const room = roomWith([...running, opened('roll-call')])
    const screen = await sitDown(room)
    await screen.getByRole('button', { name: 'Nein' }).click()
    await expect.poll(() => room.state.votes.get('vote:1')?.called.get(me)).toBe('no')
    await screen.unmount()
    const secret = await sitDown(roomWith([...running, opened('paper')]))
    await expect.element(secret.getByText('Abgestimmt wird im Raum: Stimmzettel.')).toBeVisible()
    await expect.element(secret.getByRole('button', { name: 'Ja' })).not.toBeInTheDocument()
  })
})

test('an amendment is written against the proposal, shown by its lines, and handed in', async () => {
  const room = roomWith()
  const screen = await sitDown(room)
  await screen.getByRole('tab', { name: 'Anträge' }).click()
  await screen.getByRole('button', { name: 'Antrag stellen' }).click()
  await screen.getByRole('textbox', { name: /^Betreff/ }).fill('Früher bauen')
  await screen.getByRole('textbox', { name: /^Neue Fassung/ }).fill(proposal.replace('31. März', '28. Februar'))
  await expect.element(screen.getByRole('figure', { name: '2 Einfügungen, 2 Streichungen' })).toBeVisible()
  await expectAccessible()
  await screen.getByRole('button', { name: 'Einreichen' }).click()
  await expect.element(screen.getByRole('heading', { name: 'Früher bauen' })).toBeVisible()
  expect([...room.state.motions.values()]).toMatchObject([{ persons: [me], form: 'amendment', status: 'open' }])
})

describe('the paper of the item', () => {
  test('stands beside it at the page that its consultation names, and follows the chair', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    const place = screen.getByRole('textbox', { name: /^Seite von/ })
    await expect.element(place).toHaveValue('2')
    room.tell({ kind: 'item-closed', item: itemIds.resolution })
    room.tell({ kind: 'item-opened', item: itemIds.statute })
    await expect.element(screen.getByRole('heading', { name: 'TOP 2: Änderung der Friedhofssatzung' })).toBeVisible()
    await expect.element(place).toHaveValue('1')
  })

  test('stays when the member chose to stay, says what is open now, and goes there in one press', async () => {
    const room = roomWith()
    const screen = await sitDown(room)
    await screen.getByRole('switch', { name: 'Bei diesem Punkt bleiben' }).click()
    room.tell({ kind: 'item-closed', item: itemIds.resolution })
    room.tell({ kind: 'item-opened', item: itemIds.statute })
    await expect.element(screen.getByText('Aufgerufen ist jetzt TOP 2: Änderung der Friedhofssatzung')).toBeVisible()
    await expect.element(screen.getByRole('heading', { name: /^TOP 1: Sanierung/ })).toBeVisible()
    await expectAccessible()
    await screen.getByRole('button', { name: 'Zum aufgerufenen Punkt' }).click()
    await expect.element(screen.getByRole('heading', { name: /^TOP 2/ })).toBeVisible()
  })

  test('on a phone it is one tap away', async () => {
    const screen = await sitDown(roomWith(), 'phone')
    await expect.element(screen.getByRole('textbox', { name: /^Seite von/ })).not.toBeInTheDocument()
    await screen.getByRole('tab', { name: 'Unterlage' }).click()
    await expect.element(screen.getByRole('textbox', { name: /^Seite von/ })).toHaveValue('2')
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
  })
})

describe('notes', () => {
  test('say honestly where they are: being written, here alone, kept', async () => {
    const screen = await sitDown(roomWith())
    const note = screen.getByRole('textbox', { name: 'Notiz zu diesem Punkt' })
    screen.seat.phase = 'offline'
    const writing = onceShown('Wird gesichert, sobald Sie innehalten.')
    await note.fill('Nach den Kosten fragen')
    await writing
    await expect.element(screen.getByText(/^Auf diesem Gerät gesichert\. Wird gesendet, sobald/)).toBeVisible()
    screen.seat.phase = 'live'
    await note.fill('Nach den Kosten und Fristen fragen')
    await expect.element(screen.getByText(/^Gesichert, verschlüsselt/)).toBeVisible()
    await expectAccessible()
  })

  test('that cannot be kept stay on the screen, and can be kept later', async () => {
    const screen = await sitDown(roomWith())
    screen.seat.noteFault = 'locked'
    const note = screen.getByRole('textbox', { name: 'Notiz zur Sitzung' })
    await note.fill('Wichtig')
    await expect.element(screen.getByText(/^Die Notiz konnte auf diesem Gerät nicht gesichert werden/)).toBeVisible()
    await expect.element(note).toHaveValue('Wichtig')
    screen.seat.noteFault = undefined
    await screen.getByRole('button', { name: 'Erneut versuchen' }).click()
    await expect.element(screen.getByText(/^Gesichert, verschlüsselt/)).toBeVisible()
  })
})

/** Settles once a text is on the screen, however soon it is gone again. */
function onceShown(text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const observer = new MutationObserver(() => {
    if (!document.body.textContent.includes(text)) return
    observer.disconnect()
    resolve()
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  return promise
}

test('who only listens finds neither floor nor vote', async () => {
  const screen = await sitDown(new StagedRoom({ person: 'person:guest', events: running }))
  await expect.element(screen.getByText('Sie haben in diesem Gremium keinen Sitz.')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Ich bin da' })).not.toBeInTheDocument()
})
