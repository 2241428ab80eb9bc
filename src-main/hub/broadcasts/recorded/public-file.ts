import type { FastifyReply, FastifyRequest } from 'fastify'
import { partType } from '../../../../shared/hub-api/broadcast.ts'
import { readByteRange } from '../../byte-range.ts'
import { blank } from '../depot/rendition-bytes.ts'
import type { PublicFile } from '../recording.ts'
import { begunBytes, type GuardedBytes } from './begun-bytes.ts'

/** Sends a file or a range of it; what may not be read of it is zeros, also when that turns out on the way. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, mayRead }: { readonly file: PublicFile; readonly mayRead: GuardedBytes['mayRead'] },
): Promise<FastifyReply> {
  const { size } = file
  const range = readByteRange(request.headers.range, size)
  // While a recording grows, and after a cut, the same address has other bytes.
  const headers = { 'accept-ranges': 'bytes', 'cache-control': 'no-cache' }
  if (range === 'unsatisfiable')
    return reply
      .code(416)
      .headers({ ...headers, 'content-range': `bytes */${size}` })
      .type(partType)
      .send()
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const bytes = await begunBytes(request, reply, { bytes: bytesOf(file, start, end), mayRead })
  if (!bytes) return reply
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  return reply
    .headers({ ...headers, 'content-length': end - start + 1 })
    .type(partType)
    .send(bytes)
}

async function* bytesOf({ read, hidden }: PublicFile, start: number, end: number): AsyncGenerator<Buffer> {
  let place = start
  for await (const chunk of read(start, end)) {
    blank(chunk, place, hidden())
    place += chunk.length
    yield chunk
  }
}
