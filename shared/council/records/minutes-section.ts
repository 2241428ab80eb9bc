import * as v from 'valibot'
import { defineRecord, envelope, idOf, line } from '../../oparl/record.ts'
import { sectionSchema } from '../minutes.ts'

export const minutesSectionSchema = v.strictObject({
  ...envelope('minutes-section', 1),
  minutes: idOf('minutes'),
  meeting: idOf('meeting'),
  term: idOf('legislative-term'),
  /** The closed item that it is about: whoever is kept out of the item never gets the section. */
  agendaItem: idOf('agenda-item'),
  section: sectionSchema,
  /** Keys of the sections before it, nearest first: it stands after the first of them that its reader has. */
  after: v.array(line),
})
/**
 * What signed minutes say of a closed item, for the circle of those who were let in where a conflict of interest kept
 * somebody out (GemO RLP §22). The minutes that the whole body reads are without it then.
 */
export type MinutesSection = v.InferOutput<typeof minutesSectionSchema>

export const minutesSection = defineRecord({
  type: 'minutes-section',
  version: 1,
  schema: minutesSectionSchema,
  references: {
    minutes: ['minutes'],
    meeting: ['meeting'],
    term: ['legislative-term'],
    agendaItem: ['agenda-item'],
  },
  migrations: [],
})
