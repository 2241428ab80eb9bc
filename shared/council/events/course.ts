import * as v from 'valibot'
import { line } from '../../oparl/record.ts'
import { agendaEntrySchema, constitutionSchema } from './constitution.ts'
import { eventBody, itemId, personId, reason, voteId } from './event-body.ts'

/** The course of the meeting: its beginning and end, its agenda, and whether the public is in. */
export const courseBodies = [
  /** Before the opening a later one replaces an earlier one. */
  eventBody('meeting-prepared', { constitution: constitutionSchema }),
  eventBody('meeting-opened', {}),
  eventBody('meeting-paused', { reason }),
  eventBody('meeting-resumed', {}),
  eventBody('meeting-closed', {}),
  eventBody('presidency-handed', { person: personId, reason }),
  eventBody('item-opened', { item: itemId }),
  eventBody('item-closed', { item: itemId }),
  eventBody('item-deferred', { item: itemId, reason }),
  eventBody('item-withdrawn', { item: itemId, reason }),
  /** `vote`: the one that allowed the extension of the agenda. */
  eventBody('item-added', { entry: agendaEntrySchema, before: v.nullable(itemId), vote: v.optional(voteId) }),
  /** `before` null: to the end. */
  eventBody('item-moved', { item: itemId, before: v.nullable(itemId), vote: v.optional(voteId) }),
  eventBody('part-closed', { reason, vote: v.optional(voteId) }),
  eventBody('part-opened', {}),
  /** A note for the minutes. */
  eventBody('note-added', { text: line, item: v.optional(itemId) }),
] as const
