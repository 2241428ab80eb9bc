import { findBoxes, readBoxes, type ReadBox } from './read-boxes.ts'

/** Where the time stands in the content of a `tfdt` of version 1. Source: ISO/IEC 14496-12, 8.8.12. */
const timeOffset = 4

const timesIn = (chunk: Uint8Array): DataView[] =>
  findBoxes(readBoxes(chunk) ?? [], 'tfdt')
    .filter(({ content }) => content[0] === 1)
    .map(({ content }) => new DataView(content.buffer, content.byteOffset, content.byteLength))

/** When each track of a chunk begins, in its own ticks. */
export const decodeTimesOf = (chunk: Uint8Array): bigint[] =>
  timesIn(chunk).map((time) => time.getBigUint64(timeOffset))

/** Writes into a chunk when each of its tracks begins. */
export function setDecodeTimes(chunk: Uint8Array, times: readonly bigint[]): void {
  for (const [track, time] of timesIn(chunk).entries()) time.setBigUint64(timeOffset, times[track] ?? 0n)
}

const numberAt = ({ content }: ReadBox, at: number): number =>
  new DataView(content.buffer, content.byteOffset, content.byteLength).getUint32(at)

/** Ticks per second of each track of an initialization segment, by its number. Source: ISO/IEC 14496-12, 8.3.2 and 8.4.2. */
function timescalesOf(init: Uint8Array): ReadonlyMap<number, number> {
  const wide = ({ content }: ReadBox): boolean => content[0] === 1
  return new Map(
    findBoxes(readBoxes(init) ?? [], 'trak').flatMap(({ children }) => {
      const [header] = findBoxes(children, 'tkhd')
      const [media] = findBoxes(children, 'mdhd')
      return header && media
        ? [[numberAt(header, wide(header) ? 20 : 12), numberAt(media, wide(media) ? 20 : 12)] as const]
        : []
    }),
  )
}

/** Moves a chunk within its stream: all of its tracks begin after so many seconds. */
export function moveChunk(chunk: Uint8Array, init: Uint8Array, seconds: number): void {
  const timescales = timescalesOf(init)
  const tracks = findBoxes(readBoxes(chunk) ?? [], 'tfhd').map((head) => timescales.get(numberAt(head, 4)) ?? 0)
  setDecodeTimes(
    chunk,
    tracks.map((timescale) => BigInt(Math.round(seconds * timescale))),
  )
}

/** Seconds of its stream at which a chunk begins; undefined where it does not say so. `head`: its `moof` alone will do. */
export function startOf(head: Uint8Array, init: Uint8Array): number | undefined {
  const boxes = readBoxes(head) ?? []
  const [time] = decodeTimesOf(head)
  const [track] = findBoxes(boxes, 'tfhd')
  const timescale = track && timescalesOf(init).get(numberAt(track, 4))
  return time === undefined || !timescale ? undefined : Number(time) / timescale
}
