import * as v from 'valibot'
import { correctionReason } from '../council/recording-correction.ts'
import type { RecordingCut } from '../rules/broadcast/corrections.ts'
import type { HeldTime } from '../rules/broadcast/recording.ts'
import type { ApiFailure } from './contract.ts'

const of = (meeting: string): string => `/api/broadcasts/${encodeURIComponent(meeting)}/recording`

/** What is corrected of a recording once its transmission is over, by whoever may transmit the meeting. */
export const recordingPaths = {
  /** `GET` what is recorded and what was corrected (`RecordingDesk`). */
  desk: of,
  /** `POST` a `CutRequest`, get a `RecordingDesk`. */
  cuts: (meeting: string) => `${of(meeting)}/cuts`,
  /** `DELETE` takes a cut back as long as it is not final; get a `RecordingDesk`. */
  cut: (meeting: string, cut: string) => `${of(meeting)}/cuts/${encodeURIComponent(cut)}`,
  /** `POST` removes what was cut from the disk for good; get a `RecordingDesk`. */
  final: (meeting: string, cut: string) => `${of(meeting)}/cuts/${encodeURIComponent(cut)}/final`,
  /** `PUT` a `ChapterRequest`, get a `RecordingDesk`. */
  chapters: (meeting: string) => `${of(meeting)}/chapters`,
  /** `GET` the media of one of `held`, of `longestPiece` at most, as a file of its own: to be heard and drawn. */
  piece: (meeting: string, { from, to }: HeldTime) => `${of(meeting)}/piece?from=${from}&to=${to}`,
} as const

/** Milliseconds of media that are asked for at once. */
export const longestPiece = 300_000

/** Milliseconds since 1970 by the hub's clock. */
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

export const cutRequestSchema = v.pipe(
  v.strictObject({ from: moment, to: moment, reason: correctionReason }),
  v.check(({ from, to }) => from < to, 'must end after its beginning'),
)
export type CutRequest = v.InferOutput<typeof cutRequestSchema>

/** `to` is null: where the log has it. */
export const chapterRequestSchema = v.strictObject({ chapter: v.string(), to: v.nullable(moment) })
export type ChapterRequest = v.InferOutput<typeof chapterRequestSchema>

export const pieceQuerySchema = v.pipe(
  v.object({
    from: v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number)),
    to: v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number)),
  }),
  v.check(({ from, to }) => from < to, 'must end after its beginning'),
  v.check(({ from, to }) => to - from <= longestPiece, `must last ${longestPiece / 1000} seconds at most`),
)

/** A mark of an item or of who spoke. */
export interface Chapter {
  readonly chapter: string
  readonly kind: 'item' | 'speech'
  readonly name: string
  /** Where it is, and where the log has it; milliseconds since 1970. */
  readonly at: number
  readonly logged: number
}

export interface RecordingDesk {
  /** Nothing is corrected before. */
  readonly ended: boolean
  /** What everybody can watch, without what was cut; in order. */
  readonly held: readonly HeldTime[]
  readonly cuts: readonly RecordingCut[]
  readonly chapters: readonly Chapter[]
}

/** Why a correction was not made. */
export type CorrectionRefusalReason =
  /** It is still transmitted. */
  | 'running'
  /** Nothing is recorded of that time, or it was cut already. */
  | 'nothing'
  /** There is no such cut or mark, or it is not there any more. */
  | 'unknown'
  /** What was cut is gone for good. */
  | 'final'
  /** Further from where the log has it than marks are moved. */
  | 'far'

export interface CorrectionRefusal extends ApiFailure {
  readonly error: 'conflict'
  readonly reason: CorrectionRefusalReason
}
