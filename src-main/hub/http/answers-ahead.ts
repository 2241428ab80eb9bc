import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ApiFailure } from '../../../shared/hub-api/contract.ts'
import type { AnswerAhead, NoAnswer, PublicAnswer } from '../answer-ahead.ts'
import { statusOf } from '../failure.ts'

/** @param headers names and values that every answer has */
export function allowAnswersAhead(app: FastifyInstance, headers: readonly (readonly [string, string])[]): void {
  const common = [...headers.flat(), 'vary', 'Origin']
  const send = (request: IncomingMessage, response: ServerResponse, asked: number, given: PublicAnswer | NoAnswer) => {
    const { status, type, cacheControl, body } = 'failure' in given ? failed(given.failure) : { ...given, status: 200 }
    const own = ['content-type', type, 'cache-control', cacheControl, 'content-length', String(body.length)]
    response.writeHead(status, [...common, ...own])
    response.end(body)
    const { method } = request
    app.log.info({ method, route: given.route, status, ms: Math.round(performance.now() - asked) }, 'answered')
  }
  const tell = (fault: unknown): void => app.log.error({ err: fault }, 'an answer ahead of the router failed')
  /** What fails here is for the router. */
  const find = (work: () => ReturnType<AnswerAhead>): ReturnType<AnswerAhead> => {
    try {
      return work()
    } catch (fault) {
      return void tell(fault)
    }
  }
  app.decorate('answerAhead', (answer: AnswerAhead) => {
    const [router] = app.server.listeners('request')
    if (!router) throw new Error('The server has no router yet.')
    app.server.removeListener('request', router as () => void)
    app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const asked = performance.now()
      const onLeave = (leave: () => void): void => void response.once('close', leave)
      const found = isForAll(request) ? find(() => answer(request.url ?? '', onLeave)) : undefined
      if (!found) Reflect.apply(router, app.server, [request, response])
      else if (!(found instanceof Promise)) send(request, response, asked, found)
      else
        found
          .then((given) => void (response.destroyed || send(request, response, asked, given)))
          .catch((fault: unknown) => {
            tell(fault)
            response.destroy()
          })
    })
  })
}

/** Nothing in it makes its answer another than that of everybody. */
const isForAll = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.origin === undefined && headers.authorization === undefined

const failed = (failure: ApiFailure) => ({
  ...{ status: statusOf[failure.error], type: 'application/json; charset=utf-8', cacheControl: 'no-store' },
  body: Buffer.from(JSON.stringify(failure)),
})
