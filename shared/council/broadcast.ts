import * as v from 'valibot'

/** Frames per second of every rendition; at 50 Hz mains lamps do not flicker in them. */
export const frameRate = 25
/** Audio samples per second of every rendition, the slate's included. */
export const sampleRate = 48_000
/** Samples of one AAC-LC frame (ISO/IEC 14496-3, 4.5.1.1). */
export const samplesPerAudioFrame = 1024
/** Frames of a part; they last exactly as long as its audio frames. */
export const framesPerPart = 8
export const audioFramesPerPart = 15
/** Seconds that a full part lasts: 8 / 25 = 15 · 1024 / 48,000 = 0.32. */
export const partSeconds = framesPerPart / frameRate
/** A segment begins with a key frame, and so do its first part's frames. */
export const partsPerSegment = 6
/** Seconds that a full segment lasts: 1.92. */
export const segmentSeconds = partSeconds * partsPerSegment

/** Milliseconds for which an upload is allowed without being allowed again. */
export const leaseMs = 2500
/** Milliseconds after which a client asks for its lease anew. */
export const renewLeaseMs = 800
/** Milliseconds by which the end of an interval may lie ahead of the hub's clock. */
export const clockToleranceMs = 250
/** Milliseconds after which a part is too old to be shown live; it is taken for the recording alone. */
export const liveAgeMs = 5000
/** Milliseconds without a part after which the hub shows its slate. */
export const silenceMs = 1000
/** Seconds by which the chair may have everything shown later. */
export const largestDelay = 60
/** Bytes of a part at most: 0.32 s of 25 Mbit/s. */
export const largestPart = 1_048_576

/** Names one start of a capture client, with its encoders' settings; made by the hub. */
export const streamId = v.pipe(v.string(), v.regex(/^stream:[0-9A-HJKMNP-TV-Z]{26}$/))
/** Names a rendition in addresses. */
export const renditionName = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,16}$/))

/** Which picture of a transmission: that of the room, or beside it that of an interpreter of sign language. */
export type BroadcastPicture = 'main' | 'second'
/** The one rendition of the second picture. It has no sound. */
export const secondRendition = 'sign'
/** Pixels on a side, and bits per second, of the second picture at most. */
export const secondLimits = { side: 640, bandwidth: 2_000_000 } as const

/** The picture that a rendition is of. */
export const pictureOf = (rendition: string): BroadcastPicture => (rendition === secondRendition ? 'second' : 'main')

/**
 * A rendition is complete in itself: video with its sound (two tracks of one file), or sound alone. So a part is
 * taken or refused as a whole, and watchers ask half as often as for tracks apart.
 */
export const renditionSchema = v.strictObject({
  rendition: renditionName,
  /** As in RFC 6381, such as `avc1.42c01f,mp4a.40.2`. */
  codecs: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.]+(,[A-Za-z0-9.]+)?$/)),
  /** Bits per second at most, container included. */
  bandwidth: v.pipe(v.number(), v.integer(), v.minValue(8_000), v.maxValue(25_000_000)),
  /** Pixels; absent where there is sound alone. */
  picture: v.optional(
    v.strictObject({
      width: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(3840)),
      height: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(2160)),
    }),
  ),
})
export type Rendition = v.InferOutput<typeof renditionSchema>
