import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { progressParts } from './pages/progress.ts'
import type { View } from './view.ts'

/** Proxies forget a connection on which nothing is said; milliseconds. */
const signOfLife = 25_000
/** Bytes that may wait for a slow reader. */
const largestBacklog = 1_048_576

/**
 * `GET /meeting/:key/live`: the course of a meeting as server-sent events (WHATWG HTML, section 9.2), each the parts of
 * its page that change. Reads what is public alone, as every page does.
 */
export function serveProgress(scope: FastifyInstance, viewOf: (request: FastifyRequest) => View): void {
  const open = new Set<PassThrough>()
  scope.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })
  scope.get('/meeting/:key/live', { compress: false }, (request, reply) => {
    const view = viewOf(request)
    const meeting = `meeting:${(request.params as { key: string }).key}`
    if (!view.catalogue.get('meeting', meeting) || !view.catalogue.progress(meeting)) return reply.callNotFound()
    const stream = new PassThrough()
    const tell = (): void => {
      const progress = view.catalogue.progress(meeting)
      if (!progress) return void stream.end()
      // Who does not keep up comes back and is told how it is by then.
      if (stream.writableLength > largestBacklog) return void stream.destroy()
      const lines = progressParts(view, progress).text.split('\n')
      stream.write(`event: progress\n${lines.map((line) => `data: ${line}`).join('\n')}\n\n`)
    }
    const unfollow = view.catalogue.onProgress(meeting, tell)
    const alive = setInterval(() => stream.write(': alive\n\n'), signOfLife)
    open.add(stream)
    stream.on('close', () => {
      open.delete(stream)
      clearInterval(alive)
      unfollow()
    })
    tell()
    return reply
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(stream)
  })
}
