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
import { possibleInstant, possibleTimes } from './corrected-time.ts'
import { canTakeBack, fitsFilter, isCorrectable, journalOf } from './journal.ts'
import { causeSentence, causeWords } from './words/cause-words.ts'
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

test('what cannot be taken back says why: what the hub wrote, and the close of a vote whose ballots are known', () => {
  const question = { item: items[12]?._id ?? '', question: 'Grundstück?', subject: 'resolution' } as const
  const room = roomAfter([
    [{ kind: 'vote-opened', vote: 'vote:1', ...question, majority: 'simple', mode: 'devices', secret: false }],
    [{ kind: 'vote-closed', vote: 'vote:1' }],
  ])
  const hub = { account: 'hub', person: null, roles: [], key: 'c'.repeat(64) }
  const seal = eventAt(start + 61 * minute, 0, { kind: 'vote-sealed', vote: 'vote:1', ballots: [], digest: 'f' }, hub)
  const events = [...room.events, seal]
  const lines = journalOf({
    ...room,
    state: reduceMeeting(meetingId, events),
    live: { events: events.map((event) => ({ event, pending: false })) },
  })
  expect(lines.slice(0, 3).map(({ fixed }) => fixed)).toEqual(['hub', 'ballots-known', undefined])
  expect(lines.slice(0, 3).map(canTakeBack)).toEqual([false, false, true])
  // Its time can be corrected all the same.
  expect(lines.slice(0, 3).map(isCorrectable)).toEqual([false, true, true])
  expect(journalOf(room)[0]?.fixed).toBeUndefined()
})

test('a correction can be taken back, and what it replaced is struck no more', () => {
  const note = closedPart().findIndex(({ body }) => body.kind === 'note-added')
  const room = roomAfter([[{ kind: 'corrected', replaces: '' }, note]])
  const [correction] = journalOf(room)
  expect(correction && [canTakeBack(correction), isCorrectable(correction)]).toEqual([true, false])
  const again = roomAfter([
    [{ kind: 'corrected', replaces: '' }, note],
    [{ kind: 'corrected', replaces: '' }, room.events.length - 1],
  ])
  const lines = journalOf(again)
  expect(lines.find(({ event }) => event.body.kind === 'note-added')?.replaced).toBeUndefined()
  expect(lines.slice(0, 2).map(canTakeBack)).toEqual([true, false])
})

test('a corrected time is the last one that the clock shows it at, within its bounds', () => {
  const at = (text: string): number => Date.parse(`2026-11-30T${text}+01:00`)
  const written = at('17:40:20.500')
  const possible = possibleTimes({ ...roomAfter().state, opened: at('17:01:00.250') }, written)
  expect(possible).toEqual({ from: at('17:01:00.250'), to: written })
  const instants = ['17:30', '17:40:20', '17:01:00', '17:00:59', '17:41', '23:00'].map((time) =>
    possibleInstant(time, possible),
  )
  expect(instants).toEqual([at('17:30:00'), at('17:40:20'), possible.from, undefined, undefined, undefined])
  const night = { from: at('20:00:00'), to: Date.parse('2026-12-01T00:10:00+01:00') }
  expect(possibleInstant('23:58:00', night)).toBe(at('23:58:00'))
})

test('the journal says when an event really was, and why a time is impossible', () => {
  const open = closedPart().findIndex(({ body }) => body.kind === 'item-opened')
  const instead = closedPart()[open]?.body as Deed
  const at = start + 7 * minute
  const correction: EventBody = { kind: 'corrected', replaces: '', instead, at }
  const lines = journalOf(roomAfter([[correction, open]]))
  expect(lines[0]?.words).toMatch(/17:07:00/)
  expect(lines.find(({ replaced }) => replaced)?.replaced?.at).toBe(at)
  const refused = journalOf(roomAfter([[{ ...correction, at: start + 20 * minute }, open]]))
  expect(refused[0]?.cause).toBe('implausible')
  expect(causeSentence('implausible', refused[0]?.event.body)).toBe(m.cockpit_cause_time())
  expect(causeSentence('implausible')).not.toBe(m.cockpit_cause_time())
})
