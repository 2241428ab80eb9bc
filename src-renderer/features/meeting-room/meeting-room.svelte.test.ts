import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import { meetingEventId } from '../../../shared/council/meeting-event.ts'
import { formatClock } from '../../../shared/council/clock.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import { nobody } from '../../../shared/rules/access.ts'
import type { Data } from '../../data/contract.ts'
import { LiveMeeting, MeetingMirror } from '../../data/live-meeting.svelte.ts'
import { LiveQuery } from '../../data/live-query.svelte.ts'
import type { LogChange } from '../../data/worker/contract.ts'
import { MeetingRoom } from './meeting-room.svelte.ts'

const meeting = 'meeting:next'
const start = Date.parse('2026-12-01T17:00:00Z')
const stamps = { schema: 1, created: '2026-01-05T09:00:00Z', modified: '2026-01-05T09:00:00Z' } as const
const records = [
  { _id: meeting, type: 'meeting', ...stamps, name: 'Sitzung', organization: ['organization:main'] },
  { _id: 'agenda-item:1', type: 'agenda-item', ...stamps, meeting, name: 'Haushalt', order: 'a0', public: true },
  { _id: 'agenda-item:2', type: 'agenda-item', ...stamps, meeting, name: 'Wege', order: 'a1', public: true },
  { _id: 'person:guest', type: 'person', ...stamps, name: 'Greta Gast' },
] as unknown as AnyRecord[]

const prepared: EventBody = {
  kind: 'meeting-prepared',
  constitution: {
    ...{ organizations: ['organization:main'], rules: 'de-rp-2024', statutoryNumber: 1, factions: [] },
    seats: [{ person: 'person:chair', name: 'Frau Vorsitz', votes: true, elected: true }],
    ...{ presidents: ['person:chair'], call: 'first', constituent: false, hybrid: false, recording: 'none' },
    agenda: [
      { item: 'agenda-item:1', public: true, matter: 'ordinary' },
      { item: 'agenda-item:hidden', public: false, matter: 'ordinary' },
    ],
  },
}
const bodies: EventBody[] = [
  prepared,
  { kind: 'person-arrived', person: 'person:chair', mode: 'room', by: 'list' },
  { kind: 'meeting-opened' },
  { kind: 'item-opened', item: 'agenda-item:1' },
]
const log = bodies.map((body, place): MeetingEvent => {
  const clock = formatClock({ ms: start + place, count: 0, device: 'device00' })
  const author = { account: 'clerk', person: null, roles: ['clerk' as const], key: '0'.repeat(64) }
  return {
    ...{ _id: meetingEventId({ meeting, clock, author: 'clerk' }), type: 'event', schema: 1, author, body },
    ...{ place: place + 1, previous: null, signature: `${place}` },
  }
})

interface Opened {
  readonly room: MeetingRoom
  readonly tell: (change: LogChange) => void
  readonly isOpen: () => boolean
}

/** A room over the window's own classes; only the worker behind them is missing. */
function openRoom(principal: Partial<typeof nobody>): Opened {
  let tell: ((change: LogChange) => void) | undefined
  const mirror = new MeetingMirror(meeting, (onChange) => {
    tell = onChange
    return () => (tell = undefined)
  })
  const data = {
    session: { kind: 'signed-in', session: { principal: { ...nobody, ...principal } } },
    meeting: () => new LiveMeeting(meeting, mirror, {} as never),
    select: ({ type, ids }: { type: string; ids?: readonly string[] }) =>
      new LiveQuery((onChange) => {
        const found = records.filter((record) => record.type === type && (ids?.includes(record._id) ?? true))
        const changed = found.map((record) => ({ record, audience: 'public' as const, pending: false }))
        onChange({ state: 'ready', changed, order: found.map(({ _id }) => _id) })
        return () => {}
      }),
  } as unknown as Data
  return { room: new MeetingRoom(data, meeting), tell: (change) => tell?.(change), isOpen: () => tell !== undefined }
}

/** Runs in an effect what a component would read, and what it read last. */
function read<Value>(get: () => Value): { value: () => Value; runs: () => number; end: () => void } {
  let [value, runs] = [undefined as Value, 0]
  const end = $effect.root(() => {
    $effect(() => {
      value = get()
      runs += 1
    })
  })
  flushSync()
  return { value: () => (flushSync(), value), runs: () => (flushSync(), runs), end }
}

const whole: LogChange = {
  state: 'ready',
  all: true,
  changed: log.map((event) => ({ event, pending: false })),
  gone: [],
}

beforeEach(() => void vi.useFakeTimers({ now: start }))
afterEach(() => void vi.useRealTimers())

test('the log and its records are one: names, numbers, who is who', () => {
  const { room, tell } = openRoom({ person: 'person:chair', roles: ['member'] })
  const shown = read(() => ({
    phase: room.phase,
    current: room.currentItem?.name,
    names: ['agenda-item:1', 'agenda-item:2', 'agenda-item:hidden'].map((id) => room.itemName(id)),
    number: room.itemNumber('agenda-item:2'),
    persons: ['person:chair', 'person:guest', 'person:nobody'].map((id) => room.personName(id)),
    mine: room.mySeat?.name,
  }))
  expect(shown.value()).toMatchObject({ phase: 'loading', current: undefined, mine: undefined })
  tell(whole)
  expect(shown.value()).toEqual({
    ...{ phase: 'ready', current: 'Haushalt', names: ['Haushalt', 'Wege', undefined], number: 2 },
    ...{ persons: ['Frau Vorsitz', undefined, undefined], mine: 'Frau Vorsitz' },
  })
  shown.end()
})

test('who runs the meeting does by role, or as one of those who preside', () => {
  const may = (principal: Partial<typeof nobody>): boolean => {
    const { room, tell } = openRoom(principal)
    const shown = read(() => room.mayPreside)
    tell(whole)
    const value = shown.value()
    shown.end()
    return value
  }
  expect(may({ roles: ['clerk'] })).toBe(true)
  expect(may({ roles: ['member'], person: 'person:chair' })).toBe(true)
  expect(may({ roles: ['member'], person: 'person:other' })).toBe(false)
  expect(may({ roles: ['staff'] })).toBe(false)
})

test('the clock ticks once a second while somebody reads it, and rests otherwise', () => {
  const { room, tell } = openRoom({})
  const clock = read(() => room.now)
  tell(whole)
  const before = clock.runs()
  for (let second = 1; second <= 3; second += 1) {
    vi.advanceTimersByTime(1000)
    expect(clock.value()).toBe(start + second * 1000)
  }
  expect(clock.runs() - before).toBe(3)
  clock.end()
  flushSync()
  vi.advanceTimersByTime(1000)
  expect(vi.getTimerCount()).toBe(0)
})

test('a log goes on for its readers when the component is gone that asked for it first', () => {
  let first: Opened | undefined
  const end = $effect.root(() => {
    first = openRoom({})
  })
  const { room, tell } = first!
  const shown = read(() => room.live.events.length)
  tell(whole)
  end()
  tell({ state: 'ready', changed: [], gone: [log[3]!._id] })
  expect(shown.value()).toBe(log.length - 1)
  shown.end()
})

test('an event that the hub refused is no part of the state any more; the log closes with its last reader', async () => {
  const { room, tell, isOpen } = openRoom({})
  const shown = read(() => ({ current: room.state.current, count: room.live.events.length }))
  tell({ ...whole, changed: log.map((event, place) => ({ event, pending: place === 3 })) })
  expect(shown.value()).toEqual({ current: 'agenda-item:1', count: 4 })
  tell({ state: 'ready', changed: [{ event: log[3]!, pending: false, refusal: { reason: 'role' } }], gone: [] })
  expect(shown.value()).toEqual({ current: undefined, count: 4 })
  tell({ state: 'ready', changed: [], gone: [log[3]!._id] })
  expect(shown.value()).toEqual({ current: undefined, count: 3 })
  expect(isOpen()).toBe(true)
  shown.end()
  vi.useRealTimers()
  await expect.poll(isOpen).toBe(false)
})
