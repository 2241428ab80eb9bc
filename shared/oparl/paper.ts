import * as v from 'valibot'
import { day, defineRecord, envelope, idOf, line, publicationSchema } from './record.ts'

export const paperSchema = v.strictObject({
  ...envelope('paper', 1),
  term: idOf('legislative-term'),
  name: line,
  reference: v.optional(line),
  date: v.optional(day),
  paperType: v.optional(line),
  mainFile: v.optional(idOf('file')),
  auxiliaryFile: v.optional(v.array(idOf('file'))),
  originatorPerson: v.optional(v.array(idOf('person'))),
  originatorOrganization: v.optional(v.array(idOf('organization'))),
  underDirectionOf: v.optional(v.array(idOf('organization'))),
  relatedPaper: v.optional(v.array(idOf('paper'))),
  /** False: for the organizations that consult it only. */
  public: v.boolean(),
  publication: publicationSchema,
})
export type Paper = v.InferOutput<typeof paperSchema>

export const paper = defineRecord({
  type: 'paper',
  version: 1,
  schema: paperSchema,
  references: {
    term: ['legislative-term'],
    mainFile: ['file'],
    auxiliaryFile: ['file'],
    originatorPerson: ['person'],
    originatorOrganization: ['organization'],
    underDirectionOf: ['organization'],
    relatedPaper: ['paper'],
  },
  migrations: [],
})
