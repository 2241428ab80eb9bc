import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Proxies forget a connection on which nothing is said; milliseconds. */
const signOfLife = 25_000
/** Bytes that may wait for a slow reader. */
const largestBacklog = 1_048_576

/** An event of a stream, as its name and its text. */
export interface StreamEvent {
  readonly event: string
  readonly data: string
}

/** Server-sent events (WHATWG HTML, section 9.2) for one reader. */
export interface EventStream {
  readonly tell: (event: StreamEvent) => void
  /** Whether a slow reader has not taken yet what was told. */
  readonly isFull: () => boolean
  /** Settles when it has, or is gone. */
  readonly drained: () => Promise<void>
  readonly end: () => void
  /** Calls back once the reader is gone. */
  readonly onClose: (listener: () => void) => void
  readonly sendTo: (reply: FastifyReply) => FastifyReply
}

/** Opens streams of events that end with the server at the latest. */
export function eventStreams(scope: FastifyInstance): () => EventStream {
  const open = new Set<PassThrough>()
  scope.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  return () => {
    const stream = new PassThrough()
    const live = (): void => void stream.write(': alive\n\n')
    const alive = setInterval(live, signOfLife)
    // With the first byte the reader knows that it is heard.
    live()
    open.add(stream)
    stream.on('close', () => {
      open.delete(stream)
      clearInterval(alive)
    })
    return {
      tell: (event) => {
        // Who does not keep up comes back and is told how it is by then.
        if (stream.writableLength > largestBacklog) stream.destroy()
        else if (stream.writable) stream.write(toText(event))
      },
      isFull: () => stream.writableNeedDrain,
      drained: () => roomIn(stream),
      end: () => void stream.end(),
      onClose: (listener) => void stream.on('close', listener),
      sendTo: (reply) =>
        reply
          .header('cache-control', 'no-store')
          .header('x-accel-buffering', 'no')
          .type('text/event-stream; charset=utf-8')
          .send(stream),
    }
  }
}

function roomIn(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writableNeedDrain) return resolve()
    const settle = (): void => {
      stream.off('drain', settle).off('close', settle)
      resolve()
    }
    stream.on('drain', settle).on('close', settle)
  })
}

const toText = ({ event, data }: StreamEvent): string =>
  `event: ${event}\n${data
    .split('\n')
    .map((line) => `data: ${line}`)
    .join('\n')}\n\n`
