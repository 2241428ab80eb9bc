import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from './record.ts'

export const bodySchema = v.strictObject({
  ...envelope('body', 1),
  name: line,
  shortName: v.optional(line),
  website: v.optional(v.pipe(v.string(), v.url())),
  license: v.optional(v.pipe(v.string(), v.url())),
  /** Official municipality key of Germany, eight digits. */
  ags: v.optional(v.pipe(v.string(), v.regex(/^\d{8}$/))),
  /** Official regional key of Germany, twelve digits. */
  rgs: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/))),
  contactName: v.optional(line),
  contactEmail: v.optional(v.pipe(v.string(), v.email())),
  classification: v.optional(line),
  location: v.optional(idOf('location')),
})
export type Body = v.InferOutput<typeof bodySchema>

export const body = defineRecord({
  type: 'body',
  version: 1,
  schema: bodySchema,
  references: { location: ['location'] },
  migrations: [],
})
