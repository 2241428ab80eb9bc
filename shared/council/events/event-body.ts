import * as v from 'valibot'
import { idOf, line } from '../../oparl/record.ts'

/** What happened: a kind and what belongs to it. */
export const eventBody = <Kind extends string, Entries extends v.ObjectEntries>(kind: Kind, entries: Entries) =>
  v.strictObject({ kind: v.literal(kind), ...entries })

export const personId = idOf('person')
export const itemId = idOf('agenda-item')
export const organizationId = idOf('organization')
export const speechId = idOf('speech')
export const motionId = idOf('motion')
export const voteId = idOf('vote')
export const electionId = idOf('election')
export const candidateId = idOf('candidate')
export const disturbanceId = idOf('disturbance')

/** Wording of a motion: up to 50,000 characters. */
export const longText = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(50_000, 'is too long'),
)
export const count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must not be negative'))
export const seconds = v.pipe(count, v.minValue(1, 'must be a second or more'), v.maxValue(24 * 3600))
/** Why something was done, for the minutes; optional wherever the law asks for none. */
export const reason = v.optional(line)
