import type { FastifyInstance, FastifyRequest } from 'fastify'
import { pino, type Logger, type LoggerOptions } from 'pino'

/** A fault without its message, which may quote contents: what it is and where it happened. */
function describeFault(fault: Error & { code?: unknown }): Record<string, unknown> {
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { type: fault.name, code: fault.code, at: frames.map((line) => line.trim()) }
}

/**
 * The hub's log: structured lines on stderr, with ids and never contents. Stdout belongs to the people at the terminal.
 * Whoever logs a fault gives a message of their own: pino would else take the fault's.
 */
export function makeLogger(level: string, destination: NodeJS.WritableStream = process.stderr): Logger {
  const options: LoggerOptions = { level, base: null, serializers: { err: describeFault }, messageKey: 'message' }
  return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}

/** One line per answer. The route's pattern stands for the address, which may hold a code, a ticket or a search. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const session = request.session
    const answer = {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    const asked = session ? { account: session.account.id, device: session.device.id } : {}
    app.log.info({ ...answer, ...asked }, 'answered')
  })
}

export const routeOf = (request: FastifyRequest): string | null => request.routeOptions.url ?? null
