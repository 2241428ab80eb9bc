import { moveChunk } from '../../../shared/media/media-time.ts'
import type { ByteSpan, RecordedPart } from '../../../shared/rules/broadcast/recording.ts'

/** One file that plays anywhere: an initialization segment, and parts that follow each other without a gap. */
export interface Download {
  readonly size: number
  /** Its bytes; fails when something of it was taken back meanwhile. */
  readonly bytes: () => AsyncGenerator<Buffer>
}

/** An initialization segment, and where it lies. */
export interface RecordedInit extends ByteSpan {
  readonly bytes: Buffer
}

interface Recorded {
  /** Makes what reads one span after the other. */
  readonly reader: () => (span: ByteSpan) => Promise<Buffer>
  /** By stream. */
  readonly inits: ReadonlyMap<string, RecordedInit>
  readonly parts: readonly RecordedPart[]
  /** Whether a part is still recorded at this moment. */
  readonly isPublic: (part: RecordedPart) => boolean
}

/** What can be downloaded of a recorded rendition: another initialization segment begins another file. */
export function downloadsOf({ reader, inits, parts, isPublic }: Recorded): Download[] {
  const groups: { readonly init: Buffer; readonly parts: RecordedPart[] }[] = []
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const init = inits.get(part.stream)?.bytes
    if (!init) continue
    const group = groups.at(-1)
    if (group?.init.equals(init)) group.parts.push(part)
    else groups.push({ init, parts: [part] })
  }
  return groups.map(({ init, parts: grouped }) => ({
    size: grouped.reduce((sum, { length }) => sum + length, init.length),
    bytes: () => bytesOf(reader(), init, grouped, isPublic),
  }))
}

async function* bytesOf(
  read: (span: ByteSpan) => Promise<Buffer>,
  init: Buffer,
  parts: readonly RecordedPart[],
  isPublic: Recorded['isPublic'],
): AsyncGenerator<Buffer> {
  let seconds = 0
  for (const [place, part] of parts.entries()) {
    const chunk = await read(part)
    if (!isPublic(part)) throw new Error('What is downloaded was taken back.')
    moveChunk(chunk, init, seconds)
    // Now it is known that there are bytes to follow.
    if (place === 0) yield init
    seconds += part.duration
    yield chunk
  }
}
