import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ObjectStoreFault } from '../../../../shared/ports/object-store.ts'
import { sendFailure } from '../../failure.ts'

/** Seconds after which it is worth asking again for what could not be fetched. */
const retryAfter = 30

/** What an answer needs of bytes that lie elsewhere, or 503 where the store does not give them at the moment. */
export async function fetched<Value>(reply: FastifyReply, asked: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked()
  } catch (fault) {
    if (!(fault instanceof ObjectStoreFault)) throw fault
    const message = 'The recording cannot be fetched at the moment. Try again later.'
    sendFailure(reply, { error: 'not-ready', message, retryAfter })
    return undefined
  }
}

/** Bytes for somebody who may have them at this moment. */
export interface GuardedBytes {
  readonly bytes: AsyncGenerator<Buffer>
  /** Asked again once they are here, and before each further chunk. */
  readonly mayRead: () => boolean | Promise<boolean>
}

/**
 * Bytes as a stream once the first of them are here: only then is it known that there is something to promise. Who asks
 * with `HEAD` gets none, and none are fetched.
 */
export async function begunBytes(
  { method }: Pick<FastifyRequest, 'method'>,
  reply: FastifyReply,
  { bytes, mayRead }: GuardedBytes,
): Promise<Readable | undefined> {
  if (method === 'HEAD') return Readable.from([], { objectMode: false })
  const first = await fetched(reply, () => bytes.next())
  if (!first) return undefined
  if (await mayRead()) {
    const sent = Readable.from(goneOnWith(first, { bytes, mayRead }), { objectMode: false })
    // Also where nobody ever began to read it.
    return sent.once('close', () => void bytes.return(undefined))
  }
  await bytes.return(undefined)
  sendFailure(reply, { error: 'not-found', message: 'There is no such broadcast.' })
  return undefined
}

async function* goneOnWith(first: IteratorResult<Buffer>, { bytes, mayRead }: GuardedBytes): AsyncGenerator<Buffer> {
  for (let next = first; !next.done; next = await bytes.next()) {
    if (!(await mayRead())) throw new Error('What is sent was taken back.')
    yield next.value
  }
}
