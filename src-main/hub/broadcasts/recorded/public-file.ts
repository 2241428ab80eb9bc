import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { partType } from '../../../../shared/hub-api/broadcast.ts'
import { readByteRange } from '../../byte-range.ts'
import type { PublicFile } from '../recording.ts'

/** Sends a file or a range of it; what may not be read of it is zeros, also when that turns out on the way. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: PublicFile): FastifyReply {
  const range = readByteRange(request.headers.range, file.size)
  // While a recording grows, and after a cut, the same address has other bytes.
  void reply.headers({ 'accept-ranges': 'bytes', 'cache-control': 'no-cache' }).type(partType)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  const { start, end } = range ?? { start: 0, end: file.size - 1 }
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${file.size}`)
  return reply
    .header('content-length', end - start + 1)
    .send(Readable.from(bytesOf(file, start, end), { objectMode: false }))
}

async function* bytesOf({ path, hidden }: PublicFile, start: number, end: number): AsyncGenerator<Buffer> {
  let place = start
  for await (const chunk of createReadStream(path, { start, end }) as AsyncIterable<Buffer>) {
    for (const { offset, length } of hidden())
      if (offset < place + chunk.length && offset + length > place)
        chunk.fill(0, Math.max(0, offset - place), Math.min(chunk.length, offset + length - place))
    place += chunk.length
    yield chunk
  }
}
