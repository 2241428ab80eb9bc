import type { PublicCaption } from '../../../../shared/hub-api/captions.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'
import type { RecordedFile, Recordings, Transmission, TransmissionOf } from '../../public-transmissions.ts'
import type { Broadcast } from '../broadcast.ts'
import type { Broadcasts } from '../broadcasts.ts'
import { recordedFilesOf } from './recorded-files.ts'

export interface Published {
  readonly broadcasts: Broadcasts
  readonly catalogue: PublicCatalogue
  /** Whether everybody may know of the meeting. */
  readonly isPublic: (meeting: string) => boolean
  /** Until when a recording is kept; undefined: without an end. */
  readonly keptUntil: (broadcast: Broadcast) => number | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** What everybody may read of what was said, the earliest first. */
  readonly recorded: (meeting: string) => readonly PublicCaption[]
}

/** Transmissions and recordings as site and open data tell of them. */
export function publishedOf(published: Published): { transmissionOf: TransmissionOf; recordings: Recordings } {
  const { broadcasts, isPublic } = published
  const begun = (meeting: string): Broadcast | undefined => (isPublic(meeting) ? broadcasts.begun(meeting) : undefined)
  return {
    transmissionOf: (meeting) => {
      const broadcast = begun(meeting)
      return broadcast && transmissionFrom(meeting, broadcast, published)
    },
    recordings: {
      files: () => broadcasts.allBegun.flatMap(([meeting, broadcast]) => filesOf(meeting, broadcast, published)),
      held: (meeting) => {
        const broadcast = begun(meeting)
        return broadcast?.recording.watchable(broadcast.hasEnded) ?? []
      },
    },
  }
}

function filesOf(
  meeting: string,
  broadcast: Broadcast,
  { catalogue, isPublic, keptUntil, now }: Published,
): RecordedFile[] {
  const files = recordedFilesOf(meeting, broadcast, { until: keptUntil(broadcast), now: now() })
  if (isPublic(meeting)) return files
  // Of a meeting that is public no more its files are told to be deleted, as it is.
  const modified = Date.parse(catalogue.tombstone(meeting)?.modified ?? '')
  return Number.isNaN(modified) ? [] : files.map((file) => ({ ...file, modified, size: undefined }))
}

function transmissionFrom(
  meeting: string,
  broadcast: Broadcast,
  { keptUntil, now, recorded }: Published,
): Transmission {
  const until = keptUntil(broadcast)
  // Between the end of its time and the next tidying a recording is there, and is offered no more.
  const held = (until ?? Infinity) <= now() ? [] : broadcast.recording.watchable(broadcast.hasEnded)
  return {
    ...{ status: broadcast.publicState.status, held, chapters: broadcast.corrections.chapters },
    captions: () => recorded(meeting),
    ...(until === undefined ? {} : { keptUntil: until }),
  }
}
