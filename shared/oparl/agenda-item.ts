import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from './record.ts'

export const agendaItemSchema = v.strictObject({
  ...envelope('agenda-item', 1),
  meeting: idOf('meeting'),
  term: idOf('legislative-term'),
  /** Fractional key: items of a meeting sort by it; public items stand before closed ones. */
  order: v.pipe(v.string(), v.regex(/^[0-9A-Za-z]+$/, 'must be a fractional key')),
  name: line,
  public: v.boolean(),
  /** Why the item is closed, for its organization and the administration (GemO RLP §35 (1)). */
  closedReason: v.optional(line),
  /** Neutral wording under which everybody may know that a closed item exists; none: it is not mentioned. */
  publicTitle: v.optional(line),
  /**
   * Persons who are kept out of a closed item by a conflict of interest (GemO RLP §22); written by the hub, as the log
   * of the meeting says. Empty when everybody was let in again. Nobody outside the administration sees it.
   */
  excluded: v.optional(v.array(idOf('person'))),
  consultation: v.optional(idOf('consultation')),
  auxiliaryFile: v.optional(v.array(idOf('file'))),
  result: v.optional(line),
  resolutionText: v.optional(line),
  resolutionFile: v.optional(idOf('file')),
})
export type AgendaItem = v.InferOutput<typeof agendaItemSchema>

export const agendaItem = defineRecord({
  type: 'agenda-item',
  version: 1,
  schema: agendaItemSchema,
  references: {
    meeting: ['meeting'],
    term: ['legislative-term'],
    consultation: ['consultation'],
    auxiliaryFile: ['file'],
    resolutionFile: ['file'],
  },
  migrations: [],
})
