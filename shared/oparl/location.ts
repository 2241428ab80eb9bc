import * as v from 'valibot'
import { defineRecord, envelope, line } from './record.ts'

export const locationSchema = v.strictObject({
  ...envelope('location', 1),
  description: v.optional(line),
  streetAddress: v.optional(line),
  room: v.optional(line),
  postalCode: v.optional(line),
  locality: v.optional(line),
})
/** A place; the DOM owns the short name. */
export type OparlLocation = v.InferOutput<typeof locationSchema>

export const location = defineRecord({
  type: 'location',
  version: 1,
  schema: locationSchema,
  references: {},
  migrations: [],
})
