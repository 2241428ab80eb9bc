import type { PublicBroadcast } from '../../shared/hub-api/broadcast.ts'
import type { PublicCaption } from '../../shared/hub-api/captions.ts'
import type { HeldTime } from '../../shared/rules/broadcast/recording.ts'

/** What everybody may know of the transmission of a public meeting. */
export interface Transmission {
  readonly status: PublicBroadcast['status']
  /** What its recording holds by now, in order; empty: there is nothing to be seen again. */
  readonly held: readonly HeldTime[]
  /** Marks that were moved, by chapter; milliseconds since 1970. */
  readonly chapters: ReadonlyMap<string, number>
  /** What everybody may read of what was said in it, the earliest first. */
  readonly captions: () => readonly PublicCaption[]
  /** Until when the recording is kept; milliseconds since 1970. */
  readonly keptUntil?: number
}

/** A file of a recording that everybody can download, or could once. */
export interface RecordedFile {
  /** As records have them. */
  readonly id: string
  readonly meeting: string
  /** Counted from 1; of how many there are. */
  readonly number: number
  readonly of: number
  /** Milliseconds since 1970. */
  readonly created: number
  readonly modified: number
  /** Its address on the hub. */
  readonly path: string
  /** Bytes; undefined: it is not there any more. */
  readonly size: number | undefined
}

/** Files of recordings, and what of a public meeting its recording holds. */
export interface Recordings {
  files(): readonly RecordedFile[]
  held(meeting: string): readonly HeldTime[]
}

/** Answers undefined where nothing is, was or soon will be transmitted, and for meetings that are not public. */
export type TransmissionOf = (meeting: string) => Transmission | undefined
