/**
 * The grid that all media of a broadcast lie on. It never changes while one runs: players of Apple throw a stream away
 * whose parts exceed PART-TARGET or fall under 85 % of it, and 25 frames a second do not flicker under lamps on 50 Hz.
 * One part is a whole number of frames of the picture and of AAC and Opus alike. Source: RFC 8216bis, 4.4.3.7.
 */

/** Frames of the picture per second. */
export const frameRate = 25
export const framesPerPart = 8
export const partsPerSegment = 6
/** Frames from one key frame to the next: a segment begins with one. */
export const framesPerSegment = framesPerPart * partsPerSegment

/** Samples of sound per second. */
export const sampleRate = 48_000

/** Length of a part in milliseconds. */
export const partMs = (framesPerPart * 1000) / frameRate
/** Length of a frame of the picture in microseconds, as WebCodecs counts. */
export const frameUs = 1_000_000 / frameRate

/** Ticks per second in which the picture is timed. */
export const videoTimescale = 90_000
/** Ticks of one frame of the picture. */
export const frameTicks = videoTimescale / frameRate

/** Samples of sound in one part. */
export const samplesPerPart = (sampleRate * partMs) / 1000

/** Samples in one encoded frame of sound: AAC-LC has 1024 (15 to a part), Opus 20 ms (16 to a part). */
export const samplesPerFrame = { aac: 1024, opus: 960 } as const
