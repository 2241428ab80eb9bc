import * as v from 'valibot'
import { minutesDocumentSchema } from '../council/minutes.ts'
import { day, instant } from '../oparl/record.ts'

const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text))
/** A language and perhaps where it is spoken, such as `de` or `en-GB`. */
const language = /^[a-z]{2,3}(-[A-Z]{2})?$/

/** Minutes in a language that they can be printed in. */
export const printableMinutes = v.pipe(
  minutesDocumentSchema,
  v.check((document) => language.test(document.language), 'must be in a language such as "de" or "en-GB"'),
)

/** Minutes to be set as PDF. `POST /api/documents/minutes`, answered with `application/pdf` */
export const minutesPdfRequestSchema = v.strictObject({
  document: printableMinutes,
  /** PDF/A-2a for the archive; else PDF/UA-1, to be handed out. Both are tagged. */
  archived: v.boolean(),
  /** The day of the meeting: it stands on every page. */
  day: v.pipe(day, v.check(isInstant, 'must be a day that there is')),
  /** When the minutes became what they are. The PDF says so; no clock is asked. */
  made: v.pipe(instant, v.check(isInstant, 'must be an instant that there is')),
})
export type MinutesPdfRequest = v.InferOutput<typeof minutesPdfRequestSchema>
