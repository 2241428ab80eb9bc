import { startOf } from '../../../../shared/media/media-time.ts'
import type { ByteSpan, RecordedPart } from '../../../../shared/rules/broadcast/recording.ts'

/** Bytes in which the head of a part ends as a rule. */
const usualHead = 4096

interface Held {
  readonly bytes: (span: ByteSpan) => Promise<Buffer>
  /** By stream. */
  readonly inits: ReadonlyMap<string, { readonly bytes: Buffer }>
}

/** Seconds of its stream at which a recorded part begins, as it says itself; 0 where it does not. */
export async function mediaStart({ bytes, inits }: Held, part: RecordedPart): Promise<number> {
  const init = inits.get(part.stream)
  if (!init) return 0
  const { offset, length } = part
  const begin = await bytes({ offset, length: Math.min(length, usualHead) })
  const size = Math.min(begin.length < 4 ? 0 : begin.readUInt32BE(), length)
  const head = size <= begin.length ? begin.subarray(0, size) : await bytes({ offset, length: size })
  return startOf(head, init.bytes) ?? 0
}
