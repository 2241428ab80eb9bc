import { sampleRate, videoTimescale } from './cadence.ts'

/** A track of H.264. `description` is its AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3). */
export interface VideoTrack {
  readonly kind: 'video'
  readonly codec: 'avc'
  readonly width: number
  readonly height: number
  readonly description: Uint8Array
}

/**
 * A track of sound at 48 kHz. `description` is for AAC its AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1), for Opus its
 * identification header (RFC 7845, 5.1).
 */
export interface AudioTrack {
  readonly kind: 'audio'
  readonly codec: 'aac' | 'opus'
  readonly channels: number
  readonly description: Uint8Array
}

export type Track = VideoTrack | AudioTrack

/** Ticks per second in which a track is timed. */
export const timescaleOf = (track: Track): number => (track.kind === 'video' ? videoTimescale : sampleRate)

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

/** Name of a track's format for playlists and players. Source: RFC 6381, 3.3. */
export function codecString(track: Track): string {
  if (track.codec === 'opus') return 'opus'
  if (track.codec === 'aac') return `mp4a.40.${(track.description[0] ?? 0) >> 3}`
  return `avc1.${[...track.description.subarray(1, 4)].map(hex).join('')}`
}
