import * as v from 'valibot'
import { idOf, instant, line } from '../oparl/record.ts'
import { choices } from './events/vote.ts'

const keyOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** Who entered a ballot in another person's place, and why. */
export const enteredSchema = v.strictObject({ by: v.string(), reason: line })

/** A ballot as the hub keeps it until the vote is sealed, in the vote's box, which nobody reads. */
export const storedBallotSchema = v.strictObject({
  _id: v.pipe(v.string(), v.regex(/^ballot:/)),
  _rev: v.optional(v.string()),
  type: v.literal('ballot'),
  schema: v.literal(1),
  vote: idOf('vote'),
  person: idOf('person'),
  choice: v.picklist(choices),
  /** When the hub stored it, by its clock. */
  received: instant,
  /** Whether it took the place of an earlier one of the same person. */
  replaced: v.boolean(),
  entered: v.optional(enteredSchema),
})
export type StoredBallot = v.InferOutput<typeof storedBallotSchema>

/** One ballot for each person and vote: a later one takes the place of the earlier. */
export const ballotId = (vote: string, person: string): string => `ballot:${keyOf(vote)}:${keyOf(person)}`

/** What a box is for, and since when its vote is over. */
export const ballotBoxSchema = v.strictObject({
  _id: v.literal('box'),
  _rev: v.optional(v.string()),
  type: v.literal('ballot-box'),
  schema: v.literal(1),
  vote: idOf('vote'),
  meeting: idOf('meeting'),
  /** When the hub sealed the vote, or saw that it was cancelled. */
  over: v.optional(instant),
})
export type BallotBox = v.InferOutput<typeof ballotBoxSchema>
