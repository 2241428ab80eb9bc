import * as v from 'valibot'
import { instant, line } from '../oparl/record.ts'

/** Letters of a caption at most: what can be read in a few seconds. */
export const longestCaption = 300
/** Milliseconds that the words of a caption last at most. */
export const longestCaptionMs = 60_000

export const captionId = v.pipe(v.string(), v.regex(/^caption:[0-9A-HJKMNP-TV-Z]{26}$/))

/** Milliseconds since 1970 by the hub's clock: the EXT-X-PROGRAM-DATE-TIME of the stream. */
const hubTime = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/** When the words of a caption were spoken. */
export const captionTimeSchema = v.pipe(
  v.strictObject({ from: hubTime, to: hubTime }),
  v.check(({ from, to }) => from < to, 'must end after its beginning'),
  v.check(({ from, to }) => to - from <= longestCaptionMs, `lasts longer than ${longestCaptionMs / 1000} seconds`),
)
export type CaptionTime = v.InferOutput<typeof captionTimeSchema>

/** Lines without control characters and space around them; none is empty, as an empty line ends a cue of WebVTT. */
export const tidyCaption = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((each) => each.replace(/[\p{Cc}\s]+/gu, ' ').trim())
    .filter((each) => each !== '')
    .join('\n')

export const captionText = v.pipe(
  v.string(),
  v.transform(tidyCaption),
  v.minLength(1, 'must not be empty'),
  v.maxLength(longestCaption, `is longer than ${longestCaption} letters`),
)

/** By which account, with the name that it had, and when by the hub's clock. */
const signed = { by: line, name: line, at: instant }

/** What was done to a caption. Acts are added and never changed: the last one holds. */
export const captionActSchema = v.variant('act', [
  v.strictObject({
    ...{ act: v.literal('said'), caption: captionId, time: captionTimeSchema, text: captionText },
    ...signed,
  }),
  v.strictObject({ act: v.literal('corrected'), caption: captionId, text: captionText, ...signed }),
  v.strictObject({ act: v.literal('taken-back'), caption: captionId, ...signed }),
])
export type CaptionAct = v.InferOutput<typeof captionActSchema>
