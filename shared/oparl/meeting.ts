import * as v from 'valibot'
import { defineRecord, envelope, idOf, instant, line, publicationSchema } from './record.ts'

export const meetingSchema = v.strictObject({
  ...envelope('meeting', 1),
  name: line,
  term: idOf('legislative-term'),
  /** The bodies that meet; more than one in a joint meeting. */
  organization: v.pipe(v.array(idOf('organization')), v.minLength(1, 'needs at least one organization')),
  start: instant,
  end: v.optional(instant),
  cancelled: v.optional(v.boolean()),
  location: v.optional(idOf('location')),
  invitation: v.optional(idOf('file')),
  auxiliaryFile: v.optional(v.array(idOf('file'))),
  /** False: even the fact of the meeting is for its organizations only. */
  public: v.boolean(),
  publication: publicationSchema,
})
export type Meeting = v.InferOutput<typeof meetingSchema>

export const meeting = defineRecord({
  type: 'meeting',
  version: 1,
  schema: meetingSchema,
  references: {
    term: ['legislative-term'],
    organization: ['organization'],
    location: ['location'],
    invitation: ['file'],
    auxiliaryFile: ['file'],
  },
  migrations: [],
})
