import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'

/** Proxies forget a connection on which nothing is said; milliseconds. */
const signOfLife = 25_000
/** Bytes that may wait for a slow reader. */
const largestBacklog = 1_048_576

/** An event of a stream, as its name and its text. */
export interface StreamEvent {
  readonly event: string
  readonly data: string
}

/** What a stream says of a meeting's course; each reader has one of its own, told of every change from the first on. */
type Teller = (progress: MeetingProgress) => readonly StreamEvent[]

/**
 * The course of a meeting as server-sent events (WHATWG HTML, section 9.2) under a path with `:key`, as long as it is
 * public; 404 where there is nothing to tell. Reads what is public alone.
 *
 * @param tellerFor makes the teller of one reader
 */
export function streamProgress(
  scope: FastifyInstance,
  path: string,
  catalogueOf: (request: FastifyRequest) => PublicCatalogue,
  tellerFor: (request: FastifyRequest) => Teller,
): void {
  const open = new Set<PassThrough>()
  scope.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  scope.get(path, { compress: false }, (request, reply) => {
    const catalogue = catalogueOf(request)
    const meeting = `meeting:${(request.params as { key: string }).key}`
    if (!catalogue.get('meeting', meeting) || !catalogue.progress(meeting)) return reply.callNotFound()
    const stream = new PassThrough()
    const teller = tellerFor(request)
    const tell = (): void => {
      const progress = catalogue.progress(meeting)
      if (!progress) return void stream.end()
      // Who does not keep up comes back and is told how it is by then.
      if (stream.writableLength > largestBacklog) return void stream.destroy()
      for (const event of teller(progress)) stream.write(toText(event))
    }
    const unfollow = catalogue.onProgress(meeting, tell)
    const alive = setInterval(() => stream.write(': alive\n\n'), signOfLife)
    open.add(stream)
    stream.on('close', () => {
      open.delete(stream)
      clearInterval(alive)
      unfollow()
    })
    tell()
    return send(reply, stream)
  })
}

const toText = ({ event, data }: StreamEvent): string =>
  `event: ${event}\n${data
    .split('\n')
    .map((line) => `data: ${line}`)
    .join('\n')}\n\n`

const send = (reply: FastifyReply, stream: PassThrough): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .type('text/event-stream; charset=utf-8')
    .send(stream)
