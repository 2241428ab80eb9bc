import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Deed, EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { meetingEventId, readMeetingEvent } from '../../../shared/council/meeting-event.ts'
import { formatClock } from '../../../shared/council/clock.ts'
import type { Constitution } from '../../../shared/council/events/constitution.ts'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import type { MeetingState, Speech } from '../../../shared/rules/meeting/state.ts'
import { placeAt } from '../../ui/reorder/place.ts'
import { orderList, requestAgain, requestSpeech, setSpeakingTime, startSpeech, stopSpeech } from './speaker-commands.ts'
import { moved, speakerBoard } from './speaker-list.ts'
import { suggestions } from './suggested-order.ts'
import { clockText, factionTimes } from './time/speaking-time.ts'

const meeting = 'meeting:m'
const item = 'agenda-item:1'
const people = ['a', 'b', 'c', 'd', 'e']
const constitution: Constitution = {
  ...{ organizations: ['organization:o'], rules: 'de-rp-2024', statutoryNumber: 5, call: 'first' },
  seats: people.map((key, index) => ({
    ...{ person: `person:${key}`, name: key, votes: true, elected: true },
    faction: index < 3 ? 'organization:large' : 'organization:small',
  })),
  factions: [
    { organization: 'organization:large', name: 'Large' },
    { organization: 'organization:small', name: 'Small' },
  ],
  presidents: ['person:a'],
  agenda: [{ item, public: true, matter: 'ordinary' }],
  ...{ constituent: false, hybrid: false, recording: 'none' },
}
const opening: EventBody[] = [
  { kind: 'meeting-prepared', constitution },
  ...people.map((key): EventBody => ({ kind: 'person-arrived', person: `person:${key}`, mode: 'room', by: 'list' })),
  { kind: 'meeting-opened' },
  { kind: 'item-opened', item },
]

/** One event a second, from the first on. */
const eventsOf = (bodies: readonly EventBody[]): MeetingEvent[] =>
  bodies.map((body, index) => ({
    _id: meetingEventId({
      ...{ meeting, author: 'clerk' },
      clock: formatClock({ ms: 1_000_000 + index * 1000, count: 0, device: '0000test' }),
    }),
    ...{ type: 'event', schema: 1, body, place: index + 1, previous: null, signature: '' },
    author: { account: 'clerk', person: null, roles: ['clerk'], key: 'a'.repeat(64) },
  }))
const after = (...bodies: EventBody[]): MeetingState => {
  const state = reduceMeeting(meeting, eventsOf([...opening, ...bodies]))
  expect(state.refused).toEqual([])
  return state
}
const ask = (key: string, more: Partial<Parameters<typeof requestSpeech>[0]> = {}) =>
  requestSpeech({ item, speaker: { person: `person:${key}` }, form: 'speech', ...more })
const idOf = (body: EventBody): string => (body as Extract<Deed, { kind: 'speech-requested' }>).speech
const whoOf = (speeches: readonly Speech[]): string[] =>
  speeches.map(({ speaker }) => ('person' in speaker ? speaker.person.slice(7) : speaker.guest))

test('every command of the list is an event that may be written', () => {
  const bodies = [
    ask('a', { stance: 'pro', about: ' Dach ' }),
    ask('b', { about: '  ', stance: undefined }),
    ask('c', { speaker: { guest: 'Rosa Wehrmann' } }),
    setSpeakingTime(null, { per: 'faction', faction: 'organization:large' }, 60),
    setSpeakingTime(item, { per: 'speech' }, null),
    orderList(null, []),
  ]
  const read = eventsOf(bodies).map((event) => readMeetingEvent({ ...event, signature: 'x' }))
  expect(read.map((outcome) => outcome.ok)).toEqual(bodies.map(() => true))
  expect(bodies[0]).toMatchObject({ stance: 'pro', about: 'Dach' })
  expect(Object.keys(bodies[1] ?? {})).not.toContain('about')
})

test('a point of order stands first, the chair’s order before the time of the requests', () => {
  const [a, b, c] = [ask('a'), ask('b'), ask('c')]
  const state = after(a, b, c, orderList(item, [idOf(c), idOf(a)]), ask('d', { form: 'point-of-order' }))
  expect(whoOf(speakerBoard(state, item).waiting)).toEqual(['d', 'c', 'a', 'b'])
})

test('requests made between items stand above the list of the item, and none gets lost', () => {
  const close: EventBody = { kind: 'item-closed', item }
  const open: EventBody = { kind: 'item-opened', item }
  const [a, b] = [ask('a', { item: null }), ask('b', { item: null, form: 'point-of-order' })]
  const board = (...more: EventBody[]) => speakerBoard(after(close, a, open, ask('c'), ...more), item)
  const names = ({ general, waiting, next }: ReturnType<typeof board>) => [
    whoOf(general),
    whoOf(waiting),
    whoOf(next ? [next] : []),
  ]
  expect(names(board())).toEqual([['a'], ['c'], ['c']])
  expect(names(board(b))).toEqual([['b', 'a'], ['c'], ['b']])
  expect(names(board(b, startSpeech(idOf(b))))).toEqual([['a'], ['c'], ['c']])
  const between = speakerBoard(after(close, a), null)
  expect(names(between)).toEqual([[], ['a'], ['a']])
  expect(names(speakerBoard(after(close, a, open), item))).toEqual([['a'], [], ['a']])
})

test('who is interrupted waits behind who speaks, and who has spoken can ask again', () => {
  const [a, b] = [ask('a'), ask('b', { form: 'question' })]
  const during = speakerBoard(after(a, startSpeech(idOf(a)), b, startSpeech(idOf(b))), item)
  expect([whoOf([during.speaking!]), whoOf(during.interrupted)]).toEqual([['b'], ['a']])
  const done = after(a, startSpeech(idOf(a)), stopSpeech(idOf(a)))
  const again = requestAgain(speakerBoard(done, item).done[0]!)
  expect(whoOf(speakerBoard(after(a, startSpeech(idOf(a)), stopSpeech(idOf(a)), again), item).waiting)).toEqual(['a'])
})

test('suggested orders name everybody who waits once; factions take turns whatever the chair ordered before', () => {
  const requests = people.map((key) => ask(key, { stance: key < 'c' ? 'pro' : 'contra' }))
  const state = after(...requests, orderList(item, requests.map(idOf).reverse()))
  const all = suggestions(state, item)
  for (const { order } of all) expect([...order].sort()).toEqual(requests.map(idOf).sort())
  const byBalance = new Map(all.map(({ balance, order }) => [balance, order.map((id) => state.speeches.get(id)!)]))
  expect(whoOf(byBalance.get('requests') ?? [])).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(whoOf(byBalance.get('factions') ?? [])).toEqual(['a', 'd', 'b', 'e', 'c'])
  expect(whoOf(byBalance.get('alternating') ?? [])).toEqual(['a', 'c', 'b', 'd', 'e'])
})

test('moving one place and back leaves the list as it was, and nobody gets lost', () => {
  const list = fc
    .integer({ min: 1, max: 8 })
    .chain((length) => fc.tuple(fc.nat(length - 1), fc.nat(length - 1), fc.constant(length)))
  fc.assert(
    fc.property(list, ([from, to, length]) => {
      const waiting = Array.from({ length }, (_, n) => ({ speech: `speech:${n}` }) as Speech)
      const there = moved(waiting, from, to)
      expect([...there].sort()).toEqual(waiting.map(({ speech }) => speech).sort())
      expect(there[to]).toBe(`speech:${from}`)
      const back = moved(
        there.map((speech) => ({ speech }) as Speech),
        to,
        from,
      )
      expect(back).toEqual(waiting.map(({ speech }) => speech))
    }),
  )
})

test('a dragged row lands where the pointer is among the others', () => {
  const rows = [0, 1, 2, 3].map((n) => ({ top: n * 50, bottom: n * 50 + 50 }))
  expect([-10, 60, 80, 130, 500].map((y) => placeAt(y, rows, 0))).toEqual([0, 0, 1, 2, 3])
  expect([-10, 30, 60, 130].map((y) => placeAt(y, rows, 3))).toEqual([0, 1, 1, 3])
})

test('times of factions add up running and finished speeches, with their budgets', () => {
  const [a, d] = [ask('a'), ask('d')]
  const budget = setSpeakingTime(null, { per: 'faction', faction: 'organization:small' }, 90)
  const state = after(a, startSpeech(idOf(a)), stopSpeech(idOf(a)), budget, d, startSpeech(idOf(d)))
  const now = 1_000_000 + (opening.length + 5) * 1000 + 30_000
  expect(factionTimes(state, null, now)).toEqual([
    { faction: 'organization:large', name: 'Large', used: 1000, limit: undefined, speeches: 1 },
    { faction: 'organization:small', name: 'Small', used: 30_000, limit: 90_000, speeches: 1 },
  ])
})

test('clocks read as minutes and seconds', () => {
  expect([0, 999, 61_000, 3_600_000, -5000].map(clockText)).toEqual(['0:00', '0:00', '1:01', '60:00', '0:05'])
})
