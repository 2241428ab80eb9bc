import type { BroadcastPicture } from '../../../shared/council/broadcast.ts'

/** What the window and the worker that composes and encodes tell each other. Times are `machineTime`. */

/** Milliseconds since 1970 by a clock that never jumps while the page lives; the same in window and worker. */
export const machineTime = (): number => performance.timeOrigin + performance.now()

/** A rendition as it is encoded; without `picture` it is sound alone. */
export interface RenditionPlan {
  readonly rendition: string
  readonly picture?: { readonly width: number; readonly height: number; readonly bitrate: number }
}

export type SoundFormat = 'os-aac' | 'wasm-aac' | 'opus'

/** Everything that the encoders of one broadcast need to know; measured before the start. */
export interface EncodingPlan {
  readonly renditions: readonly RenditionPlan[]
  /** Null: the second picture, which has none. */
  readonly sound: SoundFormat | null
}

/** What a rendition announces itself with. */
export interface RenditionInit {
  readonly rendition: string
  readonly codecs: string
  readonly init: Uint8Array<ArrayBuffer>
}

/** What the measurement before the start found. */
export interface Measurement {
  readonly plan: EncodingPlan
  readonly inits: readonly RenditionInit[]
  /** Share of the time of a frame that its composition and encoding take, in all renditions together. */
  readonly load: number
}

/** What stands over the picture at its lower edge. */
export interface LowerThird {
  readonly title: string
  readonly detail: string
}

/** A page of words, drawn as large as it fits: the projector's view, and what is shown where there is no picture. */
export interface Card {
  readonly strip: string
  readonly heading: string
  readonly detail: string
}

export type Layout = 'one' | 'inset' | 'beside'

/** What the picture is made of. Sources are named by the window; one that gives nothing yet shows as `fallback`. */
export interface Scene {
  readonly layout: Layout
  readonly main: string | null
  readonly side: string | null
  readonly lowerThird: LowerThird | null
  /** Null: while the main source gives nothing, nothing goes out. */
  readonly fallback: Card | null
}

/** The smallest thing that goes out: one part of one rendition. */
export interface EncodedPart {
  /** Which opening of the gate it was captured under. */
  readonly generation: number
  readonly rendition: string
  /** Counted from 0 by the encoders; after a break they begin anew. */
  readonly index: number
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly from: number
  readonly to: number
  readonly independent: boolean
  readonly lastOfSegment: boolean
}

/** How well the machine keeps up, once a second while it transmits. */
export interface EncodingHealth {
  readonly generation: number
  /** Frames of the picture that should have been encoded since the last time, and that were left out. */
  readonly frames: number
  readonly dropped: number
  /** Milliseconds of sound that did not come and were filled with silence. */
  readonly silence: number
}

export type ToCapture =
  /** The preview: the very canvas whose picture is encoded. */
  | { readonly tell: 'stage'; readonly canvas: OffscreenCanvas }
  | { readonly tell: 'measure'; readonly picture: BroadcastPicture }
  | { readonly tell: 'scene'; readonly scene: Scene }
  | { readonly tell: 'frames'; readonly source: string; readonly readable: ReadableStream<VideoFrame> }
  | { readonly tell: 'still'; readonly source: string; readonly picture: ImageBitmap }
  | { readonly tell: 'card'; readonly source: string; readonly card: Card }
  | { readonly tell: 'drop'; readonly source: string }
  | { readonly tell: 'sound'; readonly readable: ReadableStream<AudioData> }
  | { readonly tell: 'begin'; readonly generation: number; readonly plan: EncodingPlan }
  /** Ends encoding without its rest, and purges every frame that was captured until now. */
  | { readonly tell: 'close' }

export type FromCapture =
  | { readonly tell: 'measured'; readonly measurement: Measurement }
  | { readonly tell: 'unable'; readonly reason: 'no-h264' | 'no-sound' }
  | { readonly tell: 'part'; readonly part: EncodedPart }
  | { readonly tell: 'inits'; readonly generation: number; readonly inits: readonly RenditionInit[] }
  | { readonly tell: 'health'; readonly health: EncodingHealth }
  /** Some times a second: browsers slow the timers of windows that nobody looks at, and not those of workers. */
  | { readonly tell: 'beat' }
  /** The first frame of a source is on the picture. */
  | { readonly tell: 'shown'; readonly source: string }
  | { readonly tell: 'failed'; readonly message: string }
