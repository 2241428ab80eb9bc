import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../../shared/rules/access.ts'
import { sendFailure } from './failure.ts'
import type { Sessions } from './session.ts'

/** Route hook: only for those who are signed in. */
export const signedIn = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
  request.session ? undefined : sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })

/** Who asks now that the body is here, which may have taken its time; undefined when the session ended meanwhile. */
export const principalNow = (request: FastifyRequest, sessions: Sessions): Principal | undefined =>
  request.session ? sessions.currentSession(request.session.device.id)?.principal : undefined
