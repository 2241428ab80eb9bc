import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import { eventStreams, type StreamEvent } from '../../event-stream.ts'
import type { PublicCatalogue } from '../../public-catalogue.ts'

/** What a stream says of a meeting's course; each reader has one of its own, told of every change from the first on. */
type Teller = (progress: MeetingProgress) => readonly StreamEvent[]

/**
 * The course of a meeting as server-sent events under a path with `:key`, as long as it is public; 404 where there is
 * nothing to tell. Reads what is public alone.
 *
 * @param tellerFor makes the teller of one reader
 */
export function streamProgress(
  scope: FastifyInstance,
  path: string,
  catalogueOf: (request: FastifyRequest) => PublicCatalogue,
  tellerFor: (request: FastifyRequest) => Teller,
): void {
  const open = eventStreams(scope)
  scope.get(path, { compress: false, exposeHeadRoute: false }, (request, reply) => {
    const catalogue = catalogueOf(request)
    const meeting = `meeting:${(request.params as { key: string }).key}`
    if (!catalogue.get('meeting', meeting) || !catalogue.progress(meeting)) return reply.callNotFound()
    const stream = open()
    const teller = tellerFor(request)
    const tell = (): void => {
      const progress = catalogue.progress(meeting)
      if (!progress) return stream.end()
      for (const event of teller(progress)) stream.tell(event)
    }
    stream.onClose(catalogue.onProgress(meeting, tell))
    tell()
    return stream.sendTo(reply)
  })
}
