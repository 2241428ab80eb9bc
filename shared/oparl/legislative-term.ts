import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, line } from './record.ts'

export const legislativeTermSchema = v.strictObject({
  ...envelope('legislative-term', 1),
  body: idOf('body'),
  name: line,
  startDate: day,
  endDate: v.optional(day),
})
export type LegislativeTerm = v.InferOutput<typeof legislativeTermSchema>

export const legislativeTerm = defineRecord({
  type: 'legislative-term',
  version: 1,
  schema: legislativeTermSchema,
  references: { body: ['body'] },
  migrations: [],
})
