import { open, type FileHandle } from 'node:fs/promises'
import { moveChunk } from '../../../shared/media/media-time.ts'
import type { ByteSpan, RecordedPart } from '../../../shared/rules/broadcast/recording.ts'

/** One file that plays anywhere: an initialization segment, and parts that follow each other without a gap. */
export interface Download {
  readonly size: number
  /** Its bytes; fails when something of it was taken back meanwhile. */
  readonly bytes: () => AsyncGenerator<Buffer>
}

interface Recorded {
  readonly path: string
  /** By stream. */
  readonly inits: ReadonlyMap<string, ByteSpan>
  readonly parts: readonly RecordedPart[]
  /** Whether a part is still recorded at this moment. */
  readonly isPublic: (part: RecordedPart) => boolean
}

/** What can be downloaded of a recorded rendition: another initialization segment begins another file. */
export async function downloadsOf({ path, inits, parts, isPublic }: Recorded): Promise<Download[]> {
  const file = await open(path, 'r')
  try {
    const known = new Map<string, Buffer>()
    for (const [stream, span] of inits) known.set(stream, await readSpan(file, span))
    const groups: { readonly init: Buffer; readonly parts: RecordedPart[] }[] = []
    for (const part of parts.toSorted((a, b) => a.from - b.from)) {
      const init = known.get(part.stream)
      if (!init) continue
      const group = groups.at(-1)
      if (group?.init.equals(init)) group.parts.push(part)
      else groups.push({ init, parts: [part] })
    }
    return groups.map(({ init, parts: grouped }) => ({
      size: grouped.reduce((sum, { length }) => sum + length, init.length),
      bytes: () => bytesOf(path, init, grouped, isPublic),
    }))
  } finally {
    await file.close()
  }
}

async function* bytesOf(
  path: string,
  init: Buffer,
  parts: readonly RecordedPart[],
  isPublic: Recorded['isPublic'],
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    yield init
    let seconds = 0
    for (const part of parts) {
      const chunk = await readSpan(file, part)
      if (!isPublic(part)) throw new Error('What is downloaded was taken back.')
      moveChunk(chunk, init, seconds)
      seconds += part.duration
      yield chunk
    }
  } finally {
    await file.close()
  }
}

async function readSpan(file: FileHandle, { offset, length }: ByteSpan): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, offset)
  if (bytesRead < length) throw new Error('A recording is shorter than its journal says.')
  return bytes
}
