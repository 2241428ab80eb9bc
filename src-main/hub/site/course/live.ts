import type { FastifyInstance, FastifyRequest } from 'fastify'
import { agendaPart } from '../pages/mirror.ts'
import { nowParts, resultsPart } from '../pages/progress.ts'
import { streamProgress } from './progress-stream.ts'
import type { View } from '../view.ts'

/** `GET /meeting/:key/live`: the parts that change of a meeting's page and of its text mirror, each time they do. */
export function serveProgress(scope: FastifyInstance, viewOf: (request: FastifyRequest) => View): void {
  streamProgress(
    scope,
    '/meeting/:key/live',
    (request) => viewOf(request).catalogue,
    (request) => {
      const view = viewOf(request)
      return (progress) => [
        {
          event: 'progress',
          data: [nowParts, agendaPart, resultsPart].map((part) => part(view, progress).text).join(''),
        },
      ]
    },
  )
}
