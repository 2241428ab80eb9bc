import * as v from 'valibot'
import { day, line } from '../../oparl/record.ts'
import { count, itemId, organizationId, personId } from './event-body.ts'

/**
 * What an item is about, as far as the law asks: who counts for it and which votes are possible depend on it
 * (GemO RLP §35a: remote members do not count for statutes and elections).
 */
export const matters = ['ordinary', 'statute', 'election', 'information'] as const
export type Matter = (typeof matters)[number]

export const agendaEntrySchema = v.strictObject({ item: itemId, public: v.boolean(), matter: v.picklist(matters) })
export type AgendaEntry = v.InferOutput<typeof agendaEntrySchema>

/** One seat of the body that meets. */
export const seatSchema = v.strictObject({
  person: personId,
  /** As the chair calls the person. */
  name: line,
  faction: v.optional(organizationId),
  /** Whether the person has a vote in this body. */
  votes: v.boolean(),
  /** False for who belongs to the body by another office, such as a full-time mayor. */
  elected: v.boolean(),
})
export type Seat = v.InferOutput<typeof seatSchema>

export const factionSchema = v.strictObject({ organization: organizationId, name: line })

/**
 * Everything about a meeting that its course is judged by, frozen when the meeting is prepared: later edits of
 * memberships or agenda never change what happened. Names of items are not in it: who may not read an item learns
 * nothing of it from the log.
 */
export const constitutionSchema = v.strictObject({
  organizations: v.pipe(v.array(organizationId), v.minLength(1)),
  /** Id of the rule set that holds, such as `de-rp-2024`. */
  rules: v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/, 'must be the id of a rule set')),
  /** Number of members that the law gives the body, whether or not all seats are taken. */
  statutoryNumber: v.pipe(count, v.minValue(1)),
  seats: v.pipe(v.array(seatSchema), v.maxLength(500)),
  factions: v.array(factionSchema),
  /** Who may preside: the chair, then the deputies in their order. */
  presidents: v.pipe(v.array(personId), v.minLength(1)),
  agenda: v.pipe(v.array(agendaEntrySchema), v.maxLength(500)),
  /** `second`: called again over the same matters because the first meeting was not quorate. */
  call: v.picklist(['first', 'second']),
  /** The first meeting of a newly elected body. */
  constituent: v.boolean(),
  /** Whether the rules of procedure allow members to take part from elsewhere. */
  hybrid: v.boolean(),
  /** How sound and picture may be recorded: by statute, when all present agree, or not at all. */
  recording: v.picklist(['statute', 'poll', 'none']),
  invitation: v.optional(v.strictObject({ sent: day, meeting: day, urgent: v.boolean(), urgency: v.optional(line) })),
})
export type Constitution = v.InferOutput<typeof constitutionSchema>
