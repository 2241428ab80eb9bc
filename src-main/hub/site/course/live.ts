import type { FastifyInstance, FastifyRequest } from 'fastify'
import { progressParts } from '../pages/progress.ts'
import { streamProgress } from './progress-stream.ts'
import type { View } from '../view.ts'

/** `GET /meeting/:key/live`: the parts of the page of a meeting that change, each time they do. */
export function serveProgress(scope: FastifyInstance, viewOf: (request: FastifyRequest) => View): void {
  streamProgress(
    scope,
    '/meeting/:key/live',
    (request) => viewOf(request).catalogue,
    (request) => {
      const view = viewOf(request)
      return (progress) => [{ event: 'progress', data: progressParts(view, progress).text }]
    },
  )
}
