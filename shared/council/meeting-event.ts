import * as v from 'valibot'
import { idOf, line } from '../oparl/record.ts'
import type { RecordFault } from '../oparl/index.ts'
import { failed, success, type Result } from '../result.ts'
import { clockSchema, readClock } from './clock.ts'
import { attendanceBodies } from './events/attendance.ts'
import { courseBodies } from './events/course.ts'
import { electionBodies } from './events/election.ts'
import { count, eventBody } from './events/event-body.ts'
import { speechBodies } from './events/speech.ts'
import { voteBodies } from './events/vote.ts'
import { keyCertificateSchema } from './key-certificate.ts'
import { roles } from './role.ts'

/** Author of what the hub itself puts on record: receipts of ballots, and sealed votes. */
export const hubAccount = 'hub'

const eventPattern = /^event:([0-9A-Za-z][0-9A-Za-z_-]{0,63}):([0-9a-z-]{25}):([0-9A-Za-z_-]{1,64})$/
const eventId = v.pipe(v.string(), v.regex(eventPattern, 'must look like "event:<meeting key>:<clock>:<account>"'))

const deed = v.variant('kind', [
  ...courseBodies,
  ...attendanceBodies,
  ...speechBodies,
  ...voteBodies,
  ...electionBodies,
])
/** What happened, other than the correction of an earlier event. */
export type Deed = v.InferOutput<typeof deed>
export type DeedKind = Deed['kind']
export type DeedOf<Kind extends DeedKind> = Extract<Deed, { kind: Kind }>

/**
 * An event never disappears: a correction names the one that it replaces, and says what holds instead. Without
 * `instead` the replaced event did not happen. The event keeps its place in the log; `at`, in milliseconds since 1970,
 * says when what holds instead really was.
 */
const correction = eventBody('corrected', {
  replaces: eventId,
  instead: v.optional(deed),
  at: v.optional(count),
  reason: v.optional(line),
})
export type Correction = v.InferOutput<typeof correction>
export type EventBody = Deed | Correction

const authorSchema = v.strictObject({
  account: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,64}$/)),
  person: v.nullable(idOf('person')),
  /** Held when the event was written; the hub takes no others. */
  roles: v.array(v.picklist(roles)),
  /** SHA-256 of the device's public key, in hexadecimal digits. */
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})
export type Author = v.InferOutput<typeof authorSchema>

/**
 * What happens in a meeting is an append-only log of events, one document each. Every event is signed by its author's
 * device key, and names the digest of the one that the same key wrote before it in the same meeting and audience.
 */
export const meetingEventSchema = v.strictObject({
  _id: eventId,
  _rev: v.optional(v.string()),
  type: v.literal('event'),
  schema: v.literal(1),
  author: authorSchema,
  /** The device had no contact with the hub when this was written: it is shown as late. */
  offline: v.optional(v.literal(true)),
  body: v.variant('kind', [...deed.options, correction]),
  /** Place in the chain of this key in this meeting and audience, from 1. */
  place: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Digest of the event before it in the chain; null at place 1, which carries the key's certificate. */
  previous: v.nullable(v.string()),
  certificate: v.optional(keyCertificateSchema),
  /** Ed25519 (RFC 8032) over the canonical text of everything but `_rev` and `signature`, in base 64. */
  signature: v.string(),
})
export type MeetingEvent = v.InferOutput<typeof meetingEventSchema>

export interface MeetingEventId {
  readonly meeting: string
  /** As text it sorts as time does. */
  readonly clock: string
  readonly author: string
}

/** Reads the id of an event document; undefined when the text is none. */
export function parseMeetingEventId(id: string): MeetingEventId | undefined {
  const [, meeting, clock, author] = eventPattern.exec(id) ?? []
  if (!meeting || !clock || !author || !v.is(clockSchema, clock)) return undefined
  return { meeting: `meeting:${meeting}`, clock, author }
}

/** The id of an event: events of one meeting sort by it as they happened. */
export const meetingEventId = ({ meeting, clock, author }: MeetingEventId): string =>
  `event:${meeting.slice(meeting.indexOf(':') + 1)}:${clock}:${author}`

/** First and last id that an event of the meeting can have. */
export const meetingEventRange = (meeting: string): { startKey: string; endKey: string } => {
  const prefix = `event:${meeting.slice(meeting.indexOf(':') + 1)}:`
  return { startKey: prefix, endKey: `${prefix}\ufff0` }
}

/** Milliseconds since 1970 at which an event was written, by its author's clock. */
export function timeOfEvent({ _id }: Pick<MeetingEvent, '_id'>): number {
  const clock = parseMeetingEventId(_id)?.clock
  return (clock === undefined ? undefined : readClock(clock)?.ms) ?? Number.NaN
}

/** Reads an event document; fails with every fault found, never throws on bad input. */
export function readMeetingEvent(document: unknown): Result<MeetingEvent, RecordFault[]> {
  const outcome = v.safeParse(meetingEventSchema, document)
  if (outcome.success) return success(outcome.output)
  return failed(outcome.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message })))
}
