import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from './record.ts'

/** Fields of a person that the person may release; everything else but the name stays inside the administration. */
export const releasableFields = ['email', 'phone', 'location', 'life', 'status'] as const

export const personSchema = v.strictObject({
  ...envelope('person', 1),
  body: idOf('body'),
  name: line,
  familyName: line,
  givenName: v.optional(line),
  formOfAddress: v.optional(line),
  affix: v.optional(line),
  title: v.optional(v.array(line)),
  gender: v.optional(line),
  email: v.optional(v.array(v.pipe(v.string(), v.email()))),
  phone: v.optional(v.array(line)),
  location: v.optional(idOf('location')),
  status: v.optional(v.array(line)),
  life: v.optional(line),
  /** Fields that the person released for everybody. */
  released: v.array(v.picklist(releasableFields)),
})
export type Person = v.InferOutput<typeof personSchema>

export const person = defineRecord({
  type: 'person',
  version: 1,
  schema: personSchema,
  references: { body: ['body'], location: ['location'] },
  migrations: [],
})
