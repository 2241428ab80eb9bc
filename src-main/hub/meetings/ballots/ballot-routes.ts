import type { FastifyInstance } from 'fastify'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import { ballotRequestSchema } from '../../../../shared/hub-api/meetings.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import type { Sessions } from '../../session.ts'
import { principalNow, signedIn } from '../../signed-in.ts'
import type { BallotFault, BallotOffice } from './ballot-office.ts'

const failures: Readonly<Record<BallotFault, ApiFailure>> = {
  'no-such-vote': { error: 'not-found', message: 'There is no such vote.' },
  'not-yours': { error: 'forbidden', message: 'A ballot is given by its person, or entered by who presides.' },
  'no-reason': { error: 'bad-request', message: 'A ballot that is entered for somebody needs a reason.' },
  'no-device-vote': { error: 'conflict', message: 'This vote takes no ballots from devices.' },
  closed: { error: 'conflict', message: 'This vote is not open.' },
  'not-entitled': { error: 'forbidden', message: 'This person had no vote when the vote was opened.' },
}

/** `PUT /api/ballots/<vote>`: in only, and nobody reads a box. */
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
    if (!receipt.ok) return sendFailure(reply, failures[receipt.failure])
    return reply.header('cache-control', 'no-store').send(receipt.value)
  })
}
