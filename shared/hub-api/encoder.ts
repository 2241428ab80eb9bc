import * as v from 'valibot'
import { largestDelay } from '../council/broadcast.ts'
import { largestAddress, type AddressFault } from '../rules/broadcast/encoder-address.ts'
import type { ApiFailure } from './contract.ts'

/**
 * An external encoder that the hub reads itself, for whoever transmits the meeting. `GET` an `EncoderStatus`, `PUT` an
 * `EncoderRequest` to start or change it, `DELETE` stops it; the transmission itself goes on, with the slate.
 */
export const encoderPath = (meeting: string): string => `/api/broadcasts/${encodeURIComponent(meeting)}/encoder`

/** Seconds by which a source may be said to lag behind the room. */
export const largestLag = 30

/** Messages of its own throughout: those of the library quote what was given, and an address may hold a password. */
export const encoderRequestSchema = v.strictObject(
  {
    address: v.pipe(v.string('must be a text'), v.maxLength(largestAddress, 'is too long')),
    /** Seconds by which pictures reach the hub after they were taken, at most. */
    lag: v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must not be negative'),
      v.maxValue(largestLag, `must be ${largestLag} at most`),
    ),
    /** Seconds by which everything is shown later. */
    delay: v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must not be negative'),
      v.maxValue(largestDelay, `must be ${largestDelay} at most`),
    ),
  },
  'must hold address, lag and delay, and nothing else',
)
export type EncoderRequest = v.InferOutput<typeof encoderRequestSchema>

/** Why nothing comes of a source. */
export type EncoderTrouble =
  /** There is no ffmpeg on the hub, or it cannot write H.264 and AAC. */
  | 'not-installed'
  | 'no-encoder'
  /** Nobody answers there; or does, and wants another user or password; or has nothing under that name. */
  | 'unreachable'
  | 'denied'
  | 'not-found'
  /** What comes cannot be read, has no picture, or has no sound. */
  | 'codec'
  | 'no-picture'
  | 'no-sound'
  /** Nothing more came, or later and later. */
  | 'stalled'
  | 'failed'

export interface EncoderStatus {
  /**
   * `off`; `checking` the source; `waiting`: the gate is closed, and nothing is read; `connecting`; `live`; `retrying`
   * after a loss; `failed`: given up; `over`: the file was played to its end; `replaced`: another device transmits.
   */
  readonly state: 'off' | 'checking' | 'waiting' | 'connecting' | 'live' | 'retrying' | 'failed' | 'over' | 'replaced'
  /** The source without anything that could be secret. */
  readonly label?: string
  readonly trouble?: EncoderTrouble
}

export interface EncoderRefusal extends ApiFailure {
  readonly fault: AddressFault | EncoderTrouble
}
