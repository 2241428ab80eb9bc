import type { AudioTrack } from '../../../../shared/media/track.ts'
import { bytesOf } from './bytes-of.ts'

/** Bits per second; one voice at a time, and a room. */
export const soundBitrate = 64_000

export type OnSound = (bytes: Uint8Array, track: AudioTrack | undefined) => void

/** Encodes one channel at 48 kHz, sample after sample without gaps. */
export interface SoundEncoder {
  encode(samples: Float32Array): void
  /** Throws away what it has not given yet. */
  close(): void
}

/** The track that an encoder's first output describes. */
export function audioTrack(
  codec: AudioTrack['codec'],
  metadata: EncodedAudioChunkMetadata | undefined,
): AudioTrack | undefined {
  const description = metadata?.decoderConfig?.description
  return description ? { kind: 'audio', codec, channels: 1, description: bytesOf(description) } : undefined
}
