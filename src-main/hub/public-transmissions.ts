import type { PublicBroadcast } from '../../shared/hub-api/broadcast.ts'
import type { HeldTime } from '../../shared/rules/broadcast/recording.ts'

/** What everybody may know of the transmission of a public meeting. */
export interface Transmission {
  readonly status: PublicBroadcast['status']
  /** What its recording holds by now, in order; empty: there is nothing to be seen again. */
  readonly held: readonly HeldTime[]
  /** Marks that were moved, by chapter; milliseconds since 1970. */
  readonly chapters: ReadonlyMap<string, number>
  /** Until when the recording is kept; milliseconds since 1970. */
  readonly keptUntil?: number
}

/** Answers undefined where nothing is, was or soon will be transmitted, and for meetings that are not public. */
export type TransmissionOf = (meeting: string) => Transmission | undefined
