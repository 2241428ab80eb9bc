import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiFailureCode } from '../../../shared/hub-api/contract.ts'
import type { Principal } from '../../../shared/rules/access.ts'
import { sendFailure } from '../failure.ts'
import type { Sessions } from '../session.ts'
import { principalNow } from '../signed-in.ts'

/** Answers with what an act comes to for whoever asks, as they are by then, or says in a sentence why it was not done. */
export const answering =
  <Refusal extends ApiFailureCode>(sessions: Sessions, messages: Readonly<Record<Refusal, string>>) =>
  async (
    request: FastifyRequest,
    reply: FastifyReply,
    act: (principal: Principal) => Promise<object | Refusal>,
  ): Promise<FastifyReply> => {
    const principal = principalNow(request, sessions)
    if (!principal) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    const outcome = await act(principal)
    if (typeof outcome === 'string') return sendFailure(reply, { error: outcome, message: messages[outcome] })
    return reply.header('cache-control', 'no-store').send(outcome)
  }
