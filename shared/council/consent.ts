import * as v from 'valibot'
import { day, idOf, instant, line } from '../oparl/record.ts'
import { personId } from './events/event-body.ts'

/** What somebody may agree to, each for itself: to be seen or heard, while it happens or in what remains of it. */
export const consentUses = ['live-picture', 'live-sound', 'recording-picture', 'recording-sound'] as const
export type ConsentUse = (typeof consentUses)[number]

/** Whose consent it is: a person, for every meeting; or somebody from outside by name, for one meeting alone. */
const consentSubjectSchema = v.union([
  v.strictObject({ person: personId }),
  v.strictObject({ guest: line, meeting: idOf('meeting') }),
])
export type ConsentSubject = v.InferOutput<typeof consentSubjectSchema>

/** Somebody agreed, or did so no more. Acts are added and never changed: of a use the last one holds. */
export const consentActSchema = v.strictObject({
  subject: consentSubjectSchema,
  use: v.picklist(consentUses),
  given: v.boolean(),
  /** By the hub's clock; nothing holds from before. */
  at: instant,
  /** The account that entered it. */
  by: line,
  /** By the person in the app, or on paper with the day on which it was signed. */
  way: v.variant('kind', [
    v.strictObject({ kind: v.literal('own') }),
    v.strictObject({ kind: v.literal('form'), signed: day }),
  ]),
  /** Version of the rules under which it was asked for. */
  rules: line,
})
export type ConsentAct = v.InferOutput<typeof consentActSchema>
