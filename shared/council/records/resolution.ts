import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, instant, line } from '../../oparl/record.ts'
import { longText, voteId } from '../events/event-body.ts'
import { tallySchema } from '../events/vote.ts'

/** How far the administration is with it. `none`: there is nothing to be done, as with what was rejected. */
export const resolutionStates = ['none', 'open', 'in-progress', 'done'] as const
export type ResolutionState = (typeof resolutionStates)[number]

export const resolutionSchema = v.strictObject({
  ...envelope('resolution', 1),
  meeting: idOf('meeting'),
  term: idOf('legislative-term'),
  agendaItem: v.optional(idOf('agenda-item')),
  vote: voteId,
  /** What was put to the vote, and its exact wording. */
  question: v.optional(line),
  wording: longText,
  outcome: v.picklist(['accepted', 'rejected']),
  tally: v.optional(tallySchema),
  decided: instant,
  /** Whether the log proves that it was decided in public; whether the item is public, the item says. */
  public: v.boolean(),
  /** The excerpt of the minutes as PDF, of the public ones alone. */
  file: v.optional(idOf('file')),

  state: v.picklist(resolutionStates),
  due: v.optional(day),
  /** The unit of the administration that sees to it. */
  responsible: v.optional(line),
  /** How a resolution of the closed part is made known to everybody (GemO RLP §35 (1)); nothing else of it is. */
  announced: v.optional(v.strictObject({ day, wording: longText })),
})
/**
 * What a body decided, one per decided vote. The hub writes what the log says; the administration writes what becomes
 * of it (`state`, `due`, `responsible`, `announced`).
 */
export type Resolution = v.InferOutput<typeof resolutionSchema>

export const resolution = defineRecord({
  type: 'resolution',
  version: 1,
  schema: resolutionSchema,
  references: {
    meeting: ['meeting'],
    term: ['legislative-term'],
    agendaItem: ['agenda-item'],
    file: ['file'],
  },
  migrations: [],
})

/** Fields of a resolution that the administration writes; all others are the hub's. */
export const administeredFields: readonly (keyof Resolution)[] = ['state', 'due', 'responsible', 'announced']

/** The id of the resolution that a vote made. */
export const resolutionId = (vote: string): `resolution:${string}` => `resolution:${vote.slice(vote.indexOf(':') + 1)}`
