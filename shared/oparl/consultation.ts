import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from './record.ts'

export const consultationSchema = v.strictObject({
  ...envelope('consultation', 1),
  paper: idOf('paper'),
  term: idOf('legislative-term'),
  meeting: v.optional(idOf('meeting')),
  agendaItem: v.optional(idOf('agenda-item')),
  organization: v.pipe(v.array(idOf('organization')), v.minLength(1, 'needs at least one organization')),
  /** True where this organization decides; others advise. */
  authoritative: v.optional(v.boolean()),
  role: v.optional(line),
})
export type Consultation = v.InferOutput<typeof consultationSchema>

export const consultation = defineRecord({
  type: 'consultation',
  version: 1,
  schema: consultationSchema,
  references: {
    paper: ['paper'],
    term: ['legislative-term'],
    meeting: ['meeting'],
    agendaItem: ['agenda-item'],
    organization: ['organization'],
  },
  migrations: [],
})
