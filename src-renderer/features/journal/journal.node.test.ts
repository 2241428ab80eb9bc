import { expect, test } from 'vitest'
import type { Deed, DeedKind, EventBody } from '../../../shared/council/meeting-event.ts'
import { m, overwriteGetLocale } from '../../../shared/i18n/index.ts'
import { reduceMeeting } from '../../../shared/rules/meeting/log.ts'
import {
  chair,
  closedPart,
  eventAt,
  items,
  meetingId,
  minute,
  person,
  seats,
  start,
} from '../cockpit/testing/town-council.ts'
import { correctionFields, withValues } from './correction-fields.ts'
import { fitsFilter, isCorrectable, journalOf } from './journal.ts'
import { causeWords } from './words/cause-words.ts'
import { deedWords } from './words/event-words.ts'
import { namesIn } from './words/names.ts'

overwriteGetLocale(() => 'en')

function roomAfter(more: readonly (readonly [EventBody, number?])[] = []) {
  const events = closedPart().map(({ after, body, by, offline }, index) =>
    eventAt(Math.round(start + after * minute), index, body, by ?? chair, offline),
  )
  for (const [body, of] of more) {
    const replaced = of === undefined ? body : { ...body, replaces: events[of]?._id ?? '' }
    events.push(eventAt(start + 60 * minute, events.length, replaced))
  }
  const state = reduceMeeting(meetingId, events)
  const nameOf = (id: string): string => seats.find((seat) => seat.person === id)?.name ?? 'somebody'
  return { state, nameOf, live: { events: events.map((event) => ({ event, pending: false })) }, events }
}

test('every event of a meeting is one line, the newest first, in words without ids', () => {
  const room = roomAfter()
  const lines = journalOf(room)
  expect(lines.map(({ event }) => event._id)).toEqual(room.events.map(({ _id }) => _id).reverse())
  for (const { words, who } of lines) {
    expect(words).not.toMatch(/undefined|\{|person:|speech:|agenda-item:/)
    expect(who).not.toBe('')
  }
})

test('refused, late and corrected events are told apart, and only what holds can be corrected', () => {
  const note = closedPart().findIndex(({ body }) => body.kind === 'note-added')
  const room = roomAfter([[{ kind: 'corrected', replaces: '' }, note]])
  const lines = journalOf(room)
  expect(lines.filter((line) => fitsFilter(line, 'refused')).map(({ cause }) => cause)).toEqual(['unknown'])
  expect(lines.filter((line) => fitsFilter(line, 'late'))).toHaveLength(1)
  const corrected = lines.filter((line) => fitsFilter(line, 'corrected'))
  expect(corrected.map(({ event }) => event.body.kind)).toEqual(['corrected', 'note-added'])
  expect(corrected[1]?.replaced?.words).toBeUndefined()
  expect(corrected.some(isCorrectable)).toBe(false)
  expect(lines.filter(isCorrectable).length).toBe(lines.length - 4)
})

test('a correction says what holds instead', () => {
  const left = closedPart().findIndex(({ body }) => body.kind === 'called-to-order')
  const instead: Deed = { kind: 'called-to-order', person: person(18) }
  const [correction, ...lines] = journalOf(roomAfter([[{ kind: 'corrected', replaces: '', instead }, left]]))
  const words = deedWords(instead, namesIn(roomAfter()))
  expect(correction?.words).toBe(m.cockpit_event_corrected({ instead: words }))
  expect(lines.find(({ replaced }) => replaced)?.replaced?.words).toBe(words)
})

test('what a form changes is in the deed, what it leaves empty is not', () => {
  const room = roomAfter()
  const deed: Deed = { kind: 'votes-counted', vote: 'vote:1', tally: { yes: 1, no: 2, abstain: 3, invalid: 0 } }
  const fields = correctionFields(deed, room.state, namesIn(room))
  expect(fields.map(({ path, value }) => [path.join('.'), value])).toEqual([
    ...[
      ['tally.yes', '1'],
      ['tally.no', '2'],
      ['tally.abstain', '3'],
      ['tally.invalid', '0'],
    ],
  ])
  expect(withValues(deed, [{ path: ['tally', 'yes'], value: 7 }])).toEqual({
    ...deed,
    tally: { ...deed.tally, yes: 7 },
  })
  expect(deed.tally.yes).toBe(1)
  const paused: Deed = { kind: 'meeting-paused' }
  expect(correctionFields(paused, room.state, namesIn(room)).map(({ path }) => path)).toEqual([['reason']])
  expect(withValues(paused, [{ path: ['reason'], value: '' }])).toEqual(paused)
})

test('persons and items of a correction are chosen by name', () => {
  const room = roomAfter()
  const deed: Deed = { kind: 'conflict-declared', person: person(3), item: items[0]?._id ?? '', away: 'room' }
  const [who, what, where] = correctionFields(deed, room.state, namesIn(room))
  expect(who?.options).toHaveLength(seats.length)
  expect(what?.options?.[4]?.label).toBe(m.cockpit_item_number({ number: 5 }))
  expect(where?.options?.map(({ value }) => value)).toEqual(['table', 'room'])
})

test('every cause of a refusal has a sentence of its own', () => {
  const sentences = Object.values(causeWords).map((say) => say())
  expect(new Set(sentences).size).toBe(sentences.length)
  const kinds: DeedKind[] = ['meeting-opened', 'part-opened', 'meeting-closed']
  expect(kinds.map((kind) => deedWords({ kind } as Deed, namesIn(roomAfter())))).toEqual([
    ...[m.cockpit_event_opened(), m.cockpit_event_part_opened(), m.cockpit_event_closed()],
  ])
})

test('who is in no roster is named by the register, else by role, never by an id', () => {
  const room = roomAfter()
  const stranger = { ...chair, account: 'clerk', person: 'person:clerk', roles: ['clerk'] as const }
  const event = eventAt(start + 90 * minute, 900, { kind: 'part-opened' }, { ...stranger, roles: [...stranger.roles] })
  const live = { events: [...room.live.events, { event, pending: false }] }
  const whoIn = (nameOf: (id: string) => string) => journalOf({ ...room, live, nameOf })[0]?.who
  expect([whoIn((id) => id), whoIn(() => 'Konrad Federkiel')]).toEqual([m.account_role_clerk(), 'Konrad Federkiel'])
})
