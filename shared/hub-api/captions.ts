import * as v from 'valibot'
import { captionId, captionText, captionTimeSchema, type CaptionTime } from '../council/caption.ts'
import type { CaptionRefusalReason } from '../rules/broadcast/captions.ts'
import type { VttFault } from '../rules/broadcast/webvtt.ts'
import type { ClosedBecause } from './broadcast.ts'
import type { ApiFailure } from './contract.ts'

/**
 * Captions of a transmitted meeting: routes for those who write them (signed in: whoever may transmit the meeting) and
 * for everybody. `meeting` is a record id, `key` what follows its colon.
 */
export const captionPaths = {
  /** `POST` a `CaptionRequest`; 204, or 409 with a `CaptionRefusal`. The same once more is the same. */
  captions: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/captions`,
  /** `GET` a `CaptionDesk` as server-sent events named `desk`, anew whenever it changes. Whoever follows is present. */
  desk: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/captions/desk`,
  /** `PUT` a `TurnRequest`; 204, or 409 when that account is not present. */
  turn: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/captions/turn`,
  /** `POST` a `CaptionImport`, get `CaptionsImported`; 400 with a `CaptionImportFailure`. */
  import: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/captions/import`,

  /**
   * Public: server-sent events `caption` (a `PublicCaption`) and `gone` (its id); who comes is told what is shown of
   * the last minute.
   */
  live: (key: string) => `/broadcast/${key}/captions`,
  /** All that may be shown, as `PublicCaption[]`, and as WebVTT on the recording's own timeline. */
  list: (key: string) => `/broadcast/${key}/captions.json`,
  file: (key: string) => `/broadcast/${key}/captions.vtt`,
} as const

const caption = captionId

/** Words for everybody, or what becomes of them. */
export const captionRequestSchema = v.variant('act', [
  v.strictObject({ act: v.literal('said'), caption, time: captionTimeSchema, text: captionText }),
  v.strictObject({ act: v.literal('corrected'), caption, text: captionText }),
  v.strictObject({ act: v.literal('taken-back'), caption }),
])
export type CaptionRequest = v.InferOutput<typeof captionRequestSchema>

/** Who writes from now on; null: nobody. */
export const turnRequestSchema = v.strictObject({ account: v.nullable(v.string()) })

/** A WebVTT file whose times count from the beginning of the recording. */
export const captionImportSchema = v.strictObject({ vtt: v.pipe(v.string(), v.maxLength(900_000)) })

/** Why words were refused. They are nowhere. */
export interface CaptionRefusal extends ApiFailure {
  readonly error: 'conflict'
  readonly reason: CaptionRefusalReason
}

export interface CaptionsImported {
  readonly imported: number
  /** Cues that were left out, as they do not lie within what is public; by the line of the file. */
  readonly left: readonly { readonly line: number; readonly reason: CaptionRefusalReason }[]
}

/** What is wrong with a file; nothing of it was taken. */
export interface CaptionImportFailure extends ApiFailure {
  readonly vtt: readonly VttFault[]
}

export interface PublicCaption {
  readonly caption: string
  readonly time: CaptionTime
  readonly text: string
}

/** A line as those see it who write. */
export interface DeskCaption extends PublicCaption {
  readonly by: string
  readonly name: string
  readonly corrected: boolean
  /** `waiting` for the picture of its time; `unseen`: that never came, or is not public any more. */
  readonly state: 'shown' | 'waiting' | 'unseen' | 'taken-back'
}

export interface Captioner {
  readonly account: string
  readonly name: string
}

/** How the desk of the captioners stands. */
export interface CaptionDesk {
  /** Whether words are taken; why not. */
  readonly open: boolean
  readonly because: readonly ClosedBecause[]
  readonly ended: boolean
  /** Seconds by which everything is shown later. */
  readonly delay: number
  /** The hub's clock; milliseconds since 1970. */
  readonly now: number
  readonly present: readonly Captioner[]
  /** Who of them writes now: a word between people, no permission. */
  readonly turn: string | null
  /** The last lines, the oldest first. */
  readonly lines: readonly DeskCaption[]
}
