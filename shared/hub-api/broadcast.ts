import * as v from 'valibot'
import {
  largestDelay,
  pictureOf,
  renditionSchema,
  secondLimits,
  secondRendition,
  streamId,
  type Rendition,
} from '../council/broadcast.ts'
import type { MeetingProgress } from '../council/meeting-progress.ts'
import { line } from '../oparl/record.ts'
import type { HeldTime } from '../rules/broadcast/recording.ts'
import type { ApiFailure } from './contract.ts'

/**
 * Broadcasts of meetings: routes for whoever transmits (signed in: the administration, or who presides over the
 * meeting) and for everybody. `meeting` is a record id such as `meeting:01J…`, `key` what follows its colon.
 */
export const broadcastPaths = {
  /** `GET` how it stands (`BroadcastStatus`); `DELETE` ends the transmission for good. */
  broadcast: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}`,
  /** `POST` an `Announcement`, get a `Lease`. A changed encoder or device is announced anew. */
  streams: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/streams`,
  /** `POST` a `LeaseRequest`, get a `Lease`, every `renewLeaseMs`. */
  lease: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/lease`,
  /** `PUT` a part with `partHeaders`; 204, or 409 with a `PartRefusal`. */
  parts: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/parts`,
  /** `PUT` a `GateRequest`, get a `BroadcastStatus`: the direct way beside the meeting's log. */
  gate: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/gate`,
  /** `GET` what was public when and why, as `ReportEntry[]`. */
  report: (meeting: string) => `/api/broadcasts/${encodeURIComponent(meeting)}/report`,

  /** Public: the page, the state (`PublicBroadcast`), playlists live and from the beginning. */
  watch: (key: string) => `/meeting/${key}/watch`,
  /** What the page shows beside the picture (`WatchedMeeting`); the site's words in its usual language. */
  watched: (key: string) => `/meeting/${key}/watch.json`,
  state: (key: string) => `/broadcast/${key}/state`,
  live: (key: string) => `/broadcast/${key}/live.m3u8`,
  recording: (key: string) => `/broadcast/${key}/recording.m3u8`,
  /** The playlist of one rendition, such as the second picture's. */
  rendition: (key: string, rendition: string, kind: 'live' | 'recording') =>
    `/broadcast/${key}/${rendition}/${kind}.m3u8`,
  /** A file of what was public, counted from 1, once the transmission is over. */
  download: (key: string, rendition: string, file: number) => `/broadcast/${key}/${rendition}/download/${file}`,
} as const

/** Headers of a part; its body is one CMAF chunk (`moof`, `mdat`) as `video/mp4`. */
export const partHeaders = {
  /** A `PartHead` as JSON, ASCII alone. */
  head: 'broadcast-part',
  /** HMAC-SHA-256 of `macInput` in base 64. */
  mac: 'broadcast-mac',
} as const
export const partType = 'video/mp4'

/** One picture at most: that of the room in its renditions, or the second one alone, small and without sound. */
const isOnePicture = (list: readonly Rendition[]): boolean => {
  const [second] = list.filter(({ rendition }) => pictureOf(rendition) === 'second')
  if (!second) return true
  const { width, height } = second.picture ?? { width: Infinity, height: Infinity }
  const isSmall = Math.max(width, height) <= secondLimits.side && second.bandwidth <= secondLimits.bandwidth
  return list.length === 1 && isSmall && !second.codecs.includes(',')
}

/** What a capture client begins with: its renditions with their initialization segments (`ftyp`, `moov`) in base 64. */
export const announcementSchema = v.strictObject({
  renditions: v.pipe(
    v.array(
      v.strictObject({
        ...renditionSchema.entries,
        init: v.pipe(v.string(), v.base64(), v.maxLength(65_536)),
      }),
    ),
    v.minLength(1),
    v.maxLength(4),
    v.check((list) => new Set(list.map(({ rendition }) => rendition)).size === list.length, 'names must differ'),
    v.check((list) => isOnePicture(list), `"${secondRendition}" is announced alone, small and without sound`),
  ),
  /** Seconds by which everything is shown later; 0 unless given. The second picture has the delay of the first. */
  delay: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(largestDelay)), 0),
  /** Who is to be seen in the second picture; those whom the register of consent knows need theirs. */
  interpreters: v.optional(v.pipe(v.array(line), v.maxLength(4)), []),
})
export type Announcement = v.InferInput<typeof announcementSchema>

export const leaseRequestSchema = v.strictObject({ stream: streamId })
export type LeaseRequest = v.InferOutput<typeof leaseRequestSchema>

/**
 * What a client may do for the next `forMs`. Without `key` nothing may be sent: the part is closed. Another epoch than
 * before: what was captured under the old one is refused.
 */
export interface Lease {
  readonly stream: string
  readonly epoch: number
  /** 32 bytes in base 64, to be known for this epoch alone; only while the gate is open. */
  readonly key?: string
  /** Milliseconds from the sending of the request. */
  readonly forMs: number
  /** The hub's clock at the answer; milliseconds since 1970. */
  readonly now: number
  /** Clients that wait for the next part, of everything that is watched. */
  readonly watchers: number
  /** Milliseconds since the capture of the newest part that is shown, without the delay that was asked for. */
  readonly lastPartAge?: number
}

/** `closed` stops at once, whatever the log says; `open` takes that back, and then the log decides. */
export const gateRequestSchema = v.variant('state', [
  v.strictObject({
    state: v.literal('closed'),
    /** Drops what is held back by the delay and was not shown yet. */
    drop: v.boolean(),
    /** When it was asked for, by the hub's clock; never later than now. */
    at: v.optional(v.pipe(v.number(), v.minValue(0))),
  }),
  v.strictObject({ state: v.literal('open') }),
])
export type GateRequest = v.InferOutput<typeof gateRequestSchema>

/** Why nothing is let through; empty: it is. */
export type ClosedBecause = 'not-begun' | 'log' | 'consent' | 'direct' | 'restarted' | 'ended'

export interface BroadcastStatus {
  readonly open: boolean
  /** Since when it is; milliseconds since 1970. */
  readonly since?: number
  readonly because: readonly ClosedBecause[]
  readonly epoch: number
  readonly stream?: string
  readonly watchers: number
  /** Seconds. */
  readonly delay: number
  /** Parts that the delay still holds back. */
  readonly held: number
  /** Milliseconds since 1970. */
  readonly now: number
}

export type PartRefusalReason =
  /** The gate is closed. */
  | 'closed'
  /** Captured under another epoch than the one that is on. */
  | 'epoch'
  | 'mac'
  /** The lease ran out before the part was here. */
  | 'lease'
  /** Captured before the gate opened, in the future, or before what came already. */
  | 'interval'
  /** Was there already. */
  | 'sequence'
  /** Not the stream or rendition that was announced last. */
  | 'stream'
  /** No head, or no CMAF chunk. */
  | 'malformed'

/** Why a part was dropped. Its bytes are nowhere any more. */
export interface PartRefusal extends ApiFailure {
  readonly error: 'conflict'
  readonly reason: PartRefusalReason
}

/** The second picture, for whoever knows that there is one. */
export interface PublicSecondPicture {
  readonly rendition: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Somebody is to be seen in it now. */
  readonly isShown: boolean
  /** Whether there is something of it to be seen again. */
  readonly recorded: boolean
}

/** What everybody may know of a broadcast. */
export interface PublicBroadcast {
  /** `waiting`: announced and not begun; `closed`: the closed part is on; `silent`: nothing comes from the room. */
  readonly status: 'none' | 'waiting' | 'live' | 'closed' | 'silent' | 'ended'
  readonly watchers: number
  /** Seconds by which everything is shown later. */
  readonly delay: number
  readonly renditions: readonly Rendition[]
  /** Sign language beside the main picture; its playlists lie where those of a rendition do. */
  readonly second?: PublicSecondPicture
  /** Whether there is something to be seen again. */
  readonly recorded: boolean
  /** Of which times the recording holds everything by now, in order. */
  readonly held: readonly HeldTime[]
  /** Marks of public chapters that were moved, by `itemChapter` and `speechChapter`; milliseconds since 1970. */
  readonly chapters?: Readonly<Record<string, number>>
  /** What can be downloaded: one file, or as many as there were settings of the encoder. */
  readonly download?: { readonly rendition: string; readonly files: number }
  /** The hub's clock; milliseconds since 1970. */
  readonly now: number
  /** Until when the recording is kept; an instant. */
  readonly keptUntil?: string
}

/** A file that everybody may open. */
export interface WatchedDocument {
  readonly name: string
  readonly href: string
  readonly mimeType: string
  /** Bytes. */
  readonly size: number
  readonly pages?: number
}

/** What the page shows beside the picture, all of it public. `GET /meeting/<key>/watch.json` */
export interface WatchedMeeting {
  readonly town: string
  readonly name: string
  /** Instant at which it is called. */
  readonly start: string
  /** IANA name of the town's time zone. */
  readonly timeZone: string
  /** Said before anything plays; of the town's own wording. */
  readonly notice?: string
  readonly items: readonly {
    readonly item: string
    readonly number: number
    readonly name: string
    readonly href: string
    /** What it is about. */
    readonly paper?: { readonly name: string; readonly reference?: string; readonly href: string }
    readonly documents: readonly WatchedDocument[]
  }[]
  /** How it goes; null before its opening. */
  readonly progress: MeetingProgress | null
}

export interface ReportEntry {
  /** Instant by the hub's clock. */
  readonly at: string
  readonly what:
    | 'announced'
    | 'opened'
    | 'closed'
    /** Closed directly while it was closed already, or left to the log again. */
    | 'direct'
    | 'slate'
    | 'resumed'
    | 'withheld'
    | 'dropped'
    /** Overwritten in the recording, as somebody in it did not agree, or does so no more. */
    | 'unconsented'
    | 'refused'
    | 'restarted'
    | 'removed'
    /** Where media lies elsewhere than at the hub: all of it is there, what was taken back or removed is not any more, or
     * something of that cannot be done yet. */
    | 'moved'
    | 'overwritten'
    | 'emptied'
    | 'stuck'
    /** Corrections after the end: a cut, taken back or made final, and a mark that was moved or is the log's again. */
    | 'cut'
    | 'cut-undone'
    | 'cut-final'
    | 'chapter'
    | 'ended'
  readonly epoch: number
  /** Of the second picture alone. */
  readonly picture?: 'second'
  /** Causes of a close, the reason of a refusal, numbers of parts. */
  readonly because?: readonly string[]
  readonly parts?: number
  /** Of media that lies elsewhere. */
  readonly objects?: number
  /** Who corrected the recording, which cut, and which time of it; milliseconds since 1970. */
  readonly name?: string
  readonly cut?: string
  readonly from?: number
  readonly to?: number
}
