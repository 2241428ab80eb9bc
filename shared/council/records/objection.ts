import * as v from 'valibot'
import { defineRecord, envelope, idOf, instant, line } from '../../oparl/record.ts'
import { longText, voteId } from '../events/event-body.ts'

/** `raised`; `tabled`: on the agenda of a later meeting of the body; then what that meeting decided. */
export const objectionStates = ['raised', 'tabled', 'accepted', 'rejected'] as const

export const objectionSchema = v.strictObject({
  ...envelope('objection', 1),
  minutes: idOf('minutes'),
  meeting: idOf('meeting'),
  term: idOf('legislative-term'),
  /** Key of the section that it is about, and the item where it is about one. */
  section: line,
  agendaItem: v.optional(idOf('agenda-item')),
  /** Who raised it, and under which name. */
  person: idOf('person'),
  name: line,
  /** How the section should read, and why. */
  wished: longText,
  reason: v.optional(longText),
  raised: instant,
  state: v.picklist(objectionStates),
  /** The item under which a later meeting of the body decides about it. */
  tabled: v.optional(idOf('agenda-item')),
  /** The vote that decided, and the wording that it agreed on. */
  vote: v.optional(voteId),
  correction: v.optional(longText),
  decided: v.optional(instant),
})
/** That a member finds minutes wrong. Written by the hub alone; for the administration and those who may read the section. */
export type Objection = v.InferOutput<typeof objectionSchema>

export const objection = defineRecord({
  type: 'objection',
  version: 1,
  schema: objectionSchema,
  references: {
    minutes: ['minutes'],
    meeting: ['meeting'],
    term: ['legislative-term'],
    agendaItem: ['agenda-item'],
    person: ['person'],
    tabled: ['agenda-item'],
  },
  migrations: [],
})
