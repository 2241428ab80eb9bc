import type { FastifyInstance } from 'fastify'
import { minutesActSchema } from '../../../shared/hub-api/minutes.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import type { Sessions } from '../session.ts'
import { MinutesOffice, type OfficeParts } from './minutes-office.ts'

export interface MinutesOptions extends Omit<OfficeParts, 'office'> {
  readonly sessions: Sessions
}

export interface MinutesService {
  /** Draws the conclusions of a meeting's log; to be called again until it settles. */
  conclude(meeting: string): Promise<void>
}

/** Minutes of a long meeting have about 300 kB. */
const bodyLimit = 4 * 1024 * 1024

/** What remains of meetings: minutes from draft to publication, objections, resolutions. */
export async function startMinutes(app: FastifyInstance, options: MinutesOptions): Promise<MinutesService> {
  const office = new MinutesOffice({ ...options, office: await options.store.open('office') })
  const notSignedIn = { error: 'not-signed-in', message: 'Sign in first.' } as const
  app.post<{ Params: { meeting: string } }>(
    '/api/minutes/:meeting',
    {
      bodyLimit,
      onRequest: async (request, reply) => (request.session ? undefined : sendFailure(reply, notSignedIn)),
    },
    async (request, reply) => {
      const act = readBody(minutesActSchema, request, reply)
      if (!act) return reply
      // The body may have taken its time, and the session may have ended meanwhile.
      const session = request.session && options.sessions.currentSession(request.session.device.id)
      if (!session) return sendFailure(reply, notSignedIn)
      const { principal, account } = session
      const actor = { principal, account: account.id, name: account.name }
      const outcome = await office.act(request.params.meeting, actor, act)
      return outcome.ok ? reply.code(204).send() : sendFailure(reply, outcome.failure)
    },
  )
  app.get<{ Params: { meeting: string } }>('/api/minutes/:meeting/presented', async (request, reply) => {
    if (!request.session) return sendFailure(reply, notSignedIn)
    const outcome = await office.presented(request.params.meeting, request.principal)
    if (!outcome.ok) return sendFailure(reply, outcome.failure)
    return reply.header('cache-control', 'no-store').send(outcome.value)
  })
  return { conclude: (meeting) => office.conclude(meeting) }
}
