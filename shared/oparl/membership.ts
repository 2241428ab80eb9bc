import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, line } from './record.ts'

export const membershipSchema = v.strictObject({
  ...envelope('membership', 1),
  person: idOf('person'),
  organization: idOf('organization'),
  role: v.optional(line),
  votingRight: v.boolean(),
  startDate: v.optional(day),
  endDate: v.optional(day),
  onBehalfOf: v.optional(idOf('organization')),
})
export type Membership = v.InferOutput<typeof membershipSchema>

export const membership = defineRecord({
  type: 'membership',
  version: 1,
  schema: membershipSchema,
  references: { person: ['person'], organization: ['organization'], onBehalfOf: ['organization'] },
  migrations: [],
})

/** Whether a membership runs on a calendar day (`yyyy-mm-dd`); both its days count. */
export const isRunning = (entry: Pick<Membership, 'startDate' | 'endDate' | 'deleted'>, today: string): boolean =>
  !entry.deleted && (!entry.startDate || entry.startDate <= today) && (!entry.endDate || entry.endDate >= today)
