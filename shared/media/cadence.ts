import {
  audioFramesPerPart,
  frameRate,
  framesPerPart,
  partsPerSegment,
  partSeconds,
  sampleRate,
  samplesPerAudioFrame,
} from '../council/broadcast.ts'

/**
 * The grid that all media of a broadcast lie on. It never changes while one runs: players of Apple throw a stream away
 * whose parts exceed PART-TARGET or fall under 85 % of it. One part is a whole number of frames of the picture, and of
 * AAC and Opus alike. Source: RFC 8216bis, 4.4.3.7.
 */
export { frameRate, framesPerPart, partsPerSegment, sampleRate }

/** Frames from one key frame to the next: a segment begins with one. */
export const framesPerSegment = framesPerPart * partsPerSegment

/** Length of a part in milliseconds. */
export const partMs = partSeconds * 1000
/** Length of a frame of the picture in microseconds, as WebCodecs counts. */
export const frameUs = 1_000_000 / frameRate

/** Ticks per second in which the picture is timed. */
export const videoTimescale = 90_000
/** Ticks of one frame of the picture. */
export const frameTicks = videoTimescale / frameRate

/** Samples of sound in one part. */
export const samplesPerPart = audioFramesPerPart * samplesPerAudioFrame

/** Samples in one encoded frame of sound: 15 of AAC-LC make a part, or 16 of Opus (20 ms). */
export const samplesPerFrame = { aac: samplesPerAudioFrame, opus: 960 } as const
