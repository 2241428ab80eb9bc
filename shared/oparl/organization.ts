import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, line } from './record.ts'

export const organizationTypes = ['council', 'committee', 'advisory-board', 'faction', 'administration'] as const

export const organizationSchema = v.strictObject({
  ...envelope('organization', 1),
  body: idOf('body'),
  name: line,
  shortName: v.optional(line),
  organizationType: v.picklist(organizationTypes),
  classification: v.optional(line),
  startDate: v.optional(day),
  endDate: v.optional(day),
  subOrganizationOf: v.optional(idOf('organization')),
  location: v.optional(idOf('location')),
})
export type Organization = v.InferOutput<typeof organizationSchema>

export const organization = defineRecord({
  type: 'organization',
  version: 1,
  schema: organizationSchema,
  references: { body: ['body'], subOrganizationOf: ['organization'], location: ['location'] },
  migrations: [],
})
