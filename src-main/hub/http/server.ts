import cors from '@fastify/cors'
import { fastify, LogController, type FastifyError, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { ApiFailureCode } from '../../../shared/hub-api/contract.ts'
import type { HubConfig } from '../config.ts'
import { sendFailure } from '../failure.ts'
import { allowAnswersAhead } from './answers-ahead.ts'
import { logAnswers, routeOf } from './logging.ts'
import { setSecurityHeaders, siteHeaders } from './security-headers.ts'

/** JSON bodies; uploads stream and have a limit of their own, replication sets its own per route. */
const bodyLimit = 1024 * 1024
/** How long a request may take to arrive with its headers and body, so that slow senders do not pile up. */
const requestTimeout = 300_000

export interface ServerOptions {
  readonly log: Logger
  /** Absent: plain HTTP. `own`: no authority vouches for the certificate. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly own: boolean }
}

/** A server that answers nothing yet, with what every answer has in common. */
export async function makeServer(config: HubConfig, { log, tls }: ServerOptions): Promise<FastifyInstance> {
  const common = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    routerOptions: { maxParamLength: 2048 },
    // What has no body is not read as if it had one: a tenth of what an answer costs.
    http: { optimizeEmptyRequests: true },
  }
  const app = (tls
    ? fastify({ ...common, https: { ...common.http, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } })
    : fastify(common)) as unknown as FastifyInstance
  const strictTransport = tls ? !tls.own : config.publicUrl?.startsWith('https:') === true
  setSecurityHeaders(app, { strictTransport })
  allowAnswersAhead(app, siteHeaders({ strictTransport }))
  answerFaults(app)
  logAnswers(app)
  await app.register(cors, {
    origin: config.appOrigins,
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ETag',
      'Content-Range',
      'Accept-Ranges',
      'Retry-After',
      'Location',
      'Upload-Offset',
      'Upload-Complete',
    ],
    maxAge: 600,
  })
  return app
}

const codeOf: Readonly<Record<number, ApiFailureCode>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-type',
  429: 'too-many-requests',
  503: 'not-ready',
}

/** The one place that unexpected faults reach. What went wrong inside is for the log, not for whoever asked. */
function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((fault: FastifyError, request, reply) => {
    const status = fault.statusCode ?? 500
    const where = { method: request.method, route: routeOf(request) }
    if (status < 500) {
      request.log.info({ ...where, code: fault.code }, 'refused')
      return sendFailure(reply, { error: codeOf[status] ?? 'bad-request', message: 'The request cannot be read.' })
    }
    request.log.error({ ...where, err: fault }, 'failed')
    return sendFailure(reply, { error: codeOf[status] ?? 'internal', message: 'The hub failed; its log says where.' })
  })
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, { error: 'not-found', message: 'Not found.' }))
}
