import { frameRate, framesPerSegment, frameUs } from '../../../../shared/media/cadence.ts'
import type { VideoTrack } from '../../../../shared/media/track.ts'
import type { RenditionPlan } from '../capture-contract.ts'
import { bytesOf } from './bytes-of.ts'

export type Picture = NonNullable<RenditionPlan['picture']>

export interface EncodedPicture {
  /** Number of the frame on the grid of 25 a second. */
  readonly slot: number
  readonly bytes: Uint8Array
  readonly key: boolean
}

/** Levels of H.264 by what a frame of them holds. Source: ITU-T H.264, table A-1, at 25 frames a second. */
const levels = [
  { macroblocks: 1620, level: '1e' },
  { macroblocks: 3600, level: '1f' },
  { macroblocks: 8192, level: '28' },
]
const constrainedBaseline = '42e0'

/** How a picture is encoded; constrained baseline plays everywhere and delays nothing. */
export function pictureConfig({ width, height, bitrate }: Picture): VideoEncoderConfig {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  const level = levels.find((one) => macroblocks <= one.macroblocks)?.level ?? '33'
  const codec = `avc1.${constrainedBaseline}${level}`
  return { codec, width, height, bitrate, framerate: frameRate, latencyMode: 'realtime', avc: { format: 'avc' } }
}

/** The picture of a moment, which encoders read and do not keep: whoever makes it closes it. */
export const frameOf = (picture: OffscreenCanvas | VideoFrame, slot: number): VideoFrame =>
  new VideoFrame(picture, { timestamp: slot * frameUs, duration: frameUs })

/** H.264 of one rendition. Key frames lie where segments begin, and nowhere else. */
export class PictureEncoder {
  readonly #encoder: VideoEncoder
  readonly #picture: Picture

  constructor(
    picture: Picture,
    onPicture: (picture: EncodedPicture, track: VideoTrack | undefined) => void,
    onFailure: (fault: DOMException) => void,
  ) {
    this.#picture = picture
    this.#encoder = new VideoEncoder({
      output: (chunk, metadata) => onPicture(encodedPicture(chunk), this.#track(metadata)),
      error: onFailure,
    })
    this.#encoder.configure(pictureConfig(picture))
  }

  /** It has more to do than it keeps up with. */
  get isBusy(): boolean {
    return this.#encoder.encodeQueueSize > 2
  }

  /** Brings a picture of another size to its own. */
  encode(frame: VideoFrame, slot: number): void {
    this.#encoder.encode(frame, { keyFrame: slot % framesPerSegment === 0 })
  }

  async flush(): Promise<void> {
    await this.#encoder.flush()
  }

  /** Throws away what it has not given yet. */
  close(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close()
  }

  #track(metadata: EncodedVideoChunkMetadata | undefined): VideoTrack | undefined {
    const description = metadata?.decoderConfig?.description
    if (!description) return undefined
    const { width, height } = this.#picture
    return { kind: 'video', codec: 'avc', width, height, description: bytesOf(description) }
  }
}

function encodedPicture(chunk: EncodedVideoChunk): EncodedPicture {
  const bytes = new Uint8Array(chunk.byteLength)
  chunk.copyTo(bytes)
  return { slot: Math.round(chunk.timestamp / frameUs), bytes, key: chunk.type === 'key' }
}
