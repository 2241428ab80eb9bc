import { readFileSync } from 'node:fs'
import { partSeconds, partsPerSegment } from '../../../shared/council/broadcast.ts'
import { decodeTimesOf, setDecodeTimes } from '../../../shared/media/media-time.ts'
import { readBoxes } from '../../../shared/media/read-boxes.ts'
import type { ShownPart } from '../../../shared/rules/broadcast/live-window.ts'

/** What is shown while nothing may or can be shown; a file made once, see `slate/README.md`. */
export class Slate {
  readonly init: Buffer
  readonly #parts: readonly Buffer[]

  constructor(name: 'picture' | 'sound' | 'second') {
    const boxes = readBoxes(readFileSync(new URL(`./slate/${name}.mp4`, import.meta.url)))
    if (!boxes) throw new Error(`The slate ${name}.mp4 is damaged.`)
    const first = boxes.findIndex(({ type }) => type === 'moof')
    this.init = Buffer.concat(boxes.slice(0, first).map(({ bytes }) => bytes))
    const media = boxes.slice(first).map(({ bytes }) => bytes)
    this.#parts = Array.from({ length: media.length / 2 }, (_, place) =>
      Buffer.concat(media.slice(2 * place, 2 * place + 2)),
    )
  }

  /** The media of the part at a place, counted from the slate's beginning: the file again and again, in later time. */
  media(place: number): Buffer {
    const length = this.#parts.length
    const part = Buffer.from(this.#parts[place % length] ?? Buffer.alloc(0))
    const [first, second] = [0, 1].map((each) => decodeTimesOf(this.#parts[each] ?? part))
    const loops = BigInt(Math.floor(place / length))
    const later = decodeTimesOf(part).map((time, track) => {
      const partLength = (second?.[track] ?? 0n) - (first?.[track] ?? 0n)
      return time + loops * BigInt(length) * partLength
    })
    setDecodeTimes(part, later)
    return part
  }
}

/** The slate's part at a place, for a slate that began at `start`; milliseconds since 1970. */
export const slatePart = (start: number, place: number): ShownPart => ({
  duration: partSeconds,
  independent: place % partsPerSegment === 0,
  from: start + place * partSeconds * 1000,
  to: start + (place + 1) * partSeconds * 1000,
  last: place % partsPerSegment === partsPerSegment - 1,
})
