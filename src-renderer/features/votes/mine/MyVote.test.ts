import { beforeEach, describe, expect, test } from 'vitest'
import type { EventBody } from '../../../../shared/council/meeting-event.ts'
import type { VoteMode } from '../../../../shared/council/events/vote.ts'
import MyVote from './MyVote.svelte'
import { expectAccessible, expectTouchTargets } from '../testing/accessible.ts'
import { councilOf53, itemIds, opening, personAt } from '../testing/council.ts'
import { StagedRoom } from '../testing/stage.svelte.ts'
import { stage } from '../testing/staged.ts'

const vote = 'vote:1'
const opened = (mode: VoteMode, item: string = itemIds.resolution): EventBody => ({
  kind: 'vote-opened',
  vote,
  item,
  question: 'Brücke sanieren?',
  subject: 'resolution',
  majority: 'simple',
  mode,
  secret: false,
})
const me = personAt(3)
const roomWith = (mode: VoteMode): StagedRoom =>
  new StagedRoom({ person: me, events: [...opening(councilOf53()), opened(mode)] })
const open = (room: StagedRoom) => stage(MyVote, { room })

beforeEach(() => {
  document.documentElement.dataset['density'] = 'touch'
})

describe('a ballot', () => {
  test('counts from the hub’s receipt on, to the second, and can be changed while the vote is open', async () => {
    const room = roomWith('devices')
    let arrive = (): void => {}
    room.wait = new Promise((resolve) => (arrive = resolve))
    const screen = await open(room)
    await expectAccessible()
    expectTouchTargets()
    await screen.getByRole('button', { name: 'Ja' }).click()
    await expect.element(screen.getByText('Wird gesendet …')).toBeVisible()
    expect(room.state.votes.get(vote)?.received.size).toBe(0)
    arrive()
    await expect.element(screen.getByText(/Ja: vom Hub empfangen um 19:0\d:\d\d Uhr/).first()).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Ja' })).toHaveAttribute('aria-pressed', 'true')
    await expect.element(screen.getByRole('status')).toMatchTextContent(/^Ja: vom Hub empfangen/)
    await screen.getByRole('button', { name: 'Nein' }).click()
    await expect.element(screen.getByText(/Nein: vom Hub empfangen/).first()).toBeVisible()
    await expectAccessible()
    room.tell({ kind: 'vote-closed', vote })
    room.seal(vote)
    expect(room.state.votes.get(vote)?.ballots).toEqual([{ person: me, choice: 'no' }])
  })

  test('that does not arrive says so, says what still counts, and can be sent again', async () => {
    const room = roomWith('devices')
    const screen = await open(room)
    await screen.getByRole('button', { name: 'Enthaltung' }).click()
    await expect.element(screen.getByText(/Enthaltung: vom Hub empfangen/).first()).toBeVisible()
    room.fault = 'offline'
    await screen.getByRole('button', { name: 'Ja' }).click()
    await expect
      .element(screen.getByRole('alert'))
      .toMatchTextContent(
        /Ihre Stimme „Ja“ ist nicht angekommen und zählt nicht\. Es gibt gerade keine Verbindung zum Hub\..*Es zählt weiter „Enthaltung“/,
      )
    await expectAccessible()
    expectTouchTargets()
    room.fault = undefined
    await screen.getByRole('button', { name: 'Erneut versuchen' }).click()
    await expect.element(screen.getByText(/Ja: vom Hub empfangen/).first()).toBeVisible()
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument()
  })

  test('is not forgotten when the panel is left and opened again, nor shown to another window', async () => {
    const room = roomWith('devices')
    const first = await open(room)
    await first.getByRole('button', { name: 'Ja' }).click()
    await expect.element(first.getByText(/Ja: vom Hub/).first()).toBeVisible()
    await first.unmount()
    const again = await open(room)
    await expect.element(again.getByText(/Ja: vom Hub/).first()).toBeVisible()
    await again.unmount()
    const elsewhere = new StagedRoom({ person: me, events: [...opening(councilOf53()), opened('devices')] })
    elsewhere.receive(vote, me, 'no')
    const other = await open(elsewhere)
    await expect.element(other.getByText(/^Ihre Stimme ist beim Hub/)).toBeVisible()
    for (const button of other.getByRole('button').elements())
      if (button.hasAttribute('aria-pressed')) expect(button.getAttribute('aria-pressed')).toBe('false')
  })

  test('entered by the chair is told with its reason', async () => {
    const room = roomWith('devices')
    const screen = await open(room)
    room.receive(vote, me, 'yes', { by: 'chair', reason: 'Akku leer' })
    await expect.element(screen.getByText('Der Vorsitz hat Ihre Stimme eingegeben: Akku leer')).toBeVisible()
  })
})

test('who may not vote reads the plain reason, and finds no buttons', async () => {
  const room = new StagedRoom({
    person: personAt(52),
    events: [...opening(councilOf53(), { remote: 2, item: itemIds.statute }), opened('devices', itemIds.statute)],
  })
  const screen = await open(room)
  await expect.element(screen.getByText(/^Bei dieser Abstimmung zählen nur Mitglieder im Raum/)).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Ja' })).not.toBeInTheDocument()
  await expectAccessible()
})

test('a roll call can be answered on the device; while the vote is taken by hand nothing can be pressed', async () => {
  const room = roomWith('roll-call')
  const screen = await open(room)
  await screen.getByRole('button', { name: 'Nein' }).click()
  await expect.element(screen.getByText('Für Sie ist „Nein“ festgehalten.').last()).toBeVisible()
  expect(room.state.votes.get(vote)?.called).toEqual(new Map([[me, 'no']]))
  await expectAccessible()
  await screen.unmount()
  const hands = await open(roomWith('hand'))
  await expect.element(hands.getByText('Abgestimmt wird im Raum: Handzeichen.')).toBeVisible()
  await expect.element(hands.getByRole('button')).not.toBeInTheDocument()
})

test('an objection is one press', async () => {
  const room = roomWith('no-objection')
  const screen = await open(room)
  await expectAccessible()
  expectTouchTargets()
  await screen.getByRole('button', { name: 'Ich widerspreche' }).click()
  await expect.element(screen.getByText('Ihr Widerspruch ist festgehalten. Es wird gezählt.')).toBeVisible()
  expect(room.state.votes.get(vote)?.objections).toEqual([me])
})
