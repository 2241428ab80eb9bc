import * as v from 'valibot'
import { framesPerPart, frameRate, renditionName, streamId } from './broadcast.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
/** Milliseconds since 1970 by the hub's clock, which a lease tells. */
const hubTime = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/** What goes with every part on its way to the hub. */
export const partHeadSchema = v.pipe(
  v.strictObject({
    stream: streamId,
    /** That of the lease under which all of the part was captured. */
    epoch: count,
    rendition: renditionName,
    /** Counts the parts of a rendition from 0; what is left out interrupts the picture (EXT-X-DISCONTINUITY). */
    sequence: count,
    /** When its first frame or sample was captured, and when its last had been. */
    captured: v.pipe(
      v.strictObject({ from: hubTime, to: hubTime }),
      v.check(({ from, to }) => from < to, 'must end after its beginning'),
    ),
    /** Seconds of media, with six decimals at most; the last part of an epoch or device may be shorter. */
    duration: v.pipe(
      v.number(),
      v.gtValue(0),
      v.maxValue(framesPerPart / frameRate),
      v.check((seconds) => seconds === Number(seconds.toFixed(6)), 'has more than six decimals'),
    ),
    /** It begins with a key frame. */
    independent: v.boolean(),
    /** The next part begins a segment. */
    last: v.boolean(),
  }),
  v.check(({ sequence, independent }) => sequence > 0 || independent, 'the first part begins with a key frame'),
)
export type PartHead = v.InferOutput<typeof partHeadSchema>

/** The part head that a header's text holds; undefined when it is none. */
export function readPartHead(text: unknown): PartHead | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const outcome = v.safeParse(partHeadSchema, JSON.parse(text))
    return outcome.success ? outcome.output : undefined
  } catch {
    return undefined
  }
}

/**
 * The bytes over which a part's MAC is made (HMAC with SHA-256 and the epoch's key): the head's text exactly as it is
 * sent (ASCII), a line feed, and the media.
 */
export function macInput(headText: string, media: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = Uint8Array.from(`${headText}\n`, (letter) => letter.charCodeAt(0))
  const bytes = new Uint8Array(head.length + media.length)
  bytes.set(head)
  bytes.set(media, head.length)
  return bytes
}
