import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import {
  chair,
  constitution,
  eventAt,
  meetingId,
  minute,
  person,
  prepared,
  seats,
  start,
} from '../cockpit/testing/town-council.ts'
import { arrive, leave, restoreConnection, toggle } from './attendance-commands.ts'
import { arrivalsOf, nameFits, presenceOf, rosterOf, totalsOf } from './roster.ts'

const events = prepared().map(({ after, body, by }, index) => eventAt(start + after * minute, index, body, by ?? chair))
const state = reduceMeeting(meetingId, events)

test('the roster names every seat once, by faction in the order of the constitution', () => {
  const groups = rosterOf(state)
  const listed = groups.flatMap(({ lines }) => lines.map(({ seat }) => seat.person))
  expect([...listed].sort()).toEqual(seats.map((seat) => seat.person).sort())
  expect(groups.map(({ faction }) => faction)).toEqual([
    undefined,
    ...constitution.factions.map(({ organization }) => organization),
  ])
})

test('totals count each member in one place', () => {
  const totals = totalsOf(state)
  expect(totals).toEqual({ seats: 53, room: 35, remote: 5, cutOff: 0, here: 40 })
})

test('an excluded member is shown as excluded, a cut off one as cut off, wherever they were', () => {
  const base = { person: 'person:x', mode: 'remote', here: true, cutOff: true, stays: [], callsToOrder: 3 } as const
  expect(presenceOf({ ...base, excluded: true })).toBe('excluded')
  expect(presenceOf({ ...base, excluded: false })).toBe('cut-off')
  expect(presenceOf({ ...base, excluded: false, here: false })).toBe('left')
  expect(presenceOf(undefined)).toBe('absent')
})

test('one tap: comes, changes place, leaves; a broken connection is restored', () => {
  const [seat] = seats
  if (!seat) throw new Error('no seat')
  const tap = (presence: Parameters<typeof toggle>[0]['presence'], mode: 'room' | 'remote') =>
    toggle({ seat, presence }, mode)
  expect([tap('absent', 'room'), tap('remote', 'room'), tap('left', 'remote'), tap('room', 'remote')]).toEqual([
    ...[arrive(seat.person, 'room'), arrive(seat.person, 'room')],
    ...[arrive(seat.person, 'remote'), arrive(seat.person, 'remote')],
  ])
  expect([tap('room', 'room'), tap('remote', 'remote')]).toEqual([leave(seat.person), leave(seat.person)])
  expect([tap('cut-off', 'remote'), tap('cut-off', 'room')]).toEqual([
    restoreConnection(seat.person),
    arrive(seat.person, 'room'),
  ])
})

test('who came by what is read from the log', () => {
  const arrivals = arrivalsOf(events.map((event) => ({ event, pending: false })))
  expect(arrivals.get(person(40))).toEqual({ by: 'self', account: 'account-40' })
  expect(arrivals.get(person(0))?.account).toBe('chair')
})

test('a search finds a name by the beginnings of its words, without accents, in any order', () => {
  expect([nameFits('Jörg Müller-Öztürk', 'mull jorg'), nameFits('Jörg Müller', 'uller'), nameFits('A', '')]).toEqual([
    ...[true, false, true],
  ])
  fc.assert(
    fc.property(fc.constantFrom(...seats), fc.nat(), ({ name }, pick) => {
      const words = name.split(' ')
      const word = words[pick % words.length] ?? ''
      expect(nameFits(name, word.slice(0, 1 + (pick % word.length)).toUpperCase())).toBe(true)
    }),
  )
})
