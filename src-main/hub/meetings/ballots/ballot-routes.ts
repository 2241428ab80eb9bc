import type { FastifyInstance } from 'fastify'
import { ballotRequestSchema } from '../../../../shared/hub-api/meetings.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import type { Sessions } from '../../session.ts'
import { principalNow, signedIn } from '../../signed-in.ts'
import { failureOf } from './ballot-failures.ts'
import type { BallotOffice } from './ballot-office.ts'

/** `PUT /api/ballots/<vote>`: in only, and nobody reads a box. For devices whose live socket does not answer. */
export function ballotRoutes(
  app: FastifyInstance,
  { office, sessions }: { office: BallotOffice; sessions: Sessions },
): void {
  app.put<{ Params: { vote: string } }>('/api/ballots/:vote', { onRequest: signedIn }, async (request, reply) => {
    const body = readBody(ballotRequestSchema, request, reply)
    if (!body) return reply
    const principal = principalNow(request, sessions)
    if (!principal) return sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    const receipt = await office.cast(principal, request.params.vote, body)
    if (!receipt.ok) return sendFailure(reply, failureOf(receipt.failure))
    return reply.header('cache-control', 'no-store').send(receipt.value)
  })
}
