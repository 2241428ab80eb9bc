import * as v from 'valibot'
import { choices } from '../council/events/vote.ts'
import { idOf, line } from '../oparl/record.ts'

/** A ballot on its way to the hub. `person` and `reason`: entered by who presides, for somebody whose device failed. */
export const ballotRequestSchema = v.strictObject({
  meeting: idOf('meeting'),
  choice: v.picklist(choices),
  person: v.optional(idOf('person')),
  reason: v.optional(line),
})
export type BallotRequest = v.InferOutput<typeof ballotRequestSchema>

/** The code that the room shows, as it was scanned or typed. */
export const presenceRequestSchema = v.strictObject({ code: v.pipe(v.string(), v.maxLength(32)) })
export type PresenceRequest = v.InferOutput<typeof presenceRequestSchema>
