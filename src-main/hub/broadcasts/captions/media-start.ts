import { open, type FileHandle } from 'node:fs/promises'
import { startOf } from '../../../../shared/media/media-time.ts'
import type { ByteSpan, RecordedPart } from '../../../../shared/rules/broadcast/recording.ts'

interface Held {
  readonly path: string
  /** By stream. */
  readonly inits: ReadonlyMap<string, ByteSpan>
}

/** Seconds of its stream at which a recorded part begins, as it says itself; 0 where it does not. */
export async function mediaStart({ path, inits }: Held, part: RecordedPart): Promise<number> {
  const init = inits.get(part.stream)
  if (!init) return 0
  const file = await open(path, 'r')
  try {
    const size = (await read(file, { offset: part.offset, length: 4 })).readUInt32BE()
    const head = await read(file, { offset: part.offset, length: Math.min(size, part.length) })
    return startOf(head, await read(file, init)) ?? 0
  } finally {
    await file.close()
  }
}

async function read(file: FileHandle, { offset, length }: ByteSpan): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, offset)
  return bytes
}
