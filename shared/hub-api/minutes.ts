import * as v from 'valibot'
import { signatories } from '../council/minutes.ts'
import { longText, voteId } from '../council/events/event-body.ts'
import { sha256 } from '../council/records/minutes.ts'
import { idOf, line } from '../oparl/record.ts'
import { printableMinutes } from './documents.ts'

/**
 * What somebody does with the minutes of a meeting. `POST /api/minutes/<meeting>`, answered with 204 once the records
 * (`minutes`, `objection`, `resolution`) say so; they come by sync.
 */
export const minutesActSchema = v.variant('act', [
  /** Who prepares meetings: freezes a document to be signed. Presented anew, it is to be signed anew. */
  v.strictObject({ act: v.literal('present'), document: printableMinutes }),
  /** Who prepares meetings: back to the draft, as long as not both have signed. */
  v.strictObject({ act: v.literal('take-back') }),
  /** Who presided, or who prepares meetings; never one account for both. `digest`: of the record that was read. */
  v.strictObject({ act: v.literal('sign'), by: v.picklist(signatories), digest: sha256 }),
  /** Who prepares meetings: everybody reads the public part of what was signed. */
  v.strictObject({ act: v.literal('publish') }),
  /** A member of the body, or who was there as one: finds a section wrong. */
  v.strictObject({ act: v.literal('object'), section: line, wished: longText, reason: v.optional(longText) }),
  /** Who prepares meetings: puts an objection on the agenda of a later meeting of the body. */
  v.strictObject({ act: v.literal('table'), objection: idOf('objection'), agendaItem: idOf('agenda-item') }),
  /** Who prepares meetings: enters which vote decided; what it decided, the log of its meeting says. */
  v.strictObject({
    act: v.literal('decide'),
    objection: idOf('objection'),
    vote: voteId,
    correction: v.optional(longText),
  }),
])
export type MinutesAct = v.InferOutput<typeof minutesActSchema>
