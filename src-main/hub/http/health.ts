import type { FastifyInstance } from 'fastify'

/** What has to work before the hub takes part: a word for it, and a check that throws while it does not. */
export type Readiness = Readonly<Record<string, () => Promise<void>>>

/** What takes longer lags behind: whoever asks is told so rather than kept waiting. */
const longestMs = 5000

async function inTime(check: Promise<void>, limitMs: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('It takes too long.')), limitMs)
  try {
    await Promise.race([check, promise])
  } finally {
    clearTimeout(timer)
  }
}

interface HealthOptions {
  readonly limitMs?: number
  /** What does not work at the moment though everybody can be served: no reason to send them elsewhere. */
  readonly impaired?: () => readonly string[]
}

/** `/healthz`: the process answers. `/readyz`: it can do its work, and what is impaired; 503 names what cannot. */
export function healthRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  { limitMs = longestMs, impaired = () => [] }: HealthOptions = {},
): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }))
  app.get('/readyz', async (request, reply) => {
    const failing: string[] = []
    for (const [what, check] of Object.entries(readiness))
      await inTime(check(), limitMs).catch((fault: unknown) => {
        request.log.error({ what, err: fault }, 'not ready')
        failing.push(what)
      })
    const ready = failing.length === 0
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, failing, impaired: impaired() })
  })
}
