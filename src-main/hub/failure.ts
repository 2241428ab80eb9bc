import type { FastifyReply } from 'fastify'
import type { ApiFailure, ApiFailureCode } from '../../shared/hub-api/contract.ts'

/** The status that belongs to a failure of the contract. */
export const statusOf: Readonly<Record<ApiFailureCode, number>> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  revoked: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-late': 409,
  'at-rest': 409,
  'too-many-requests': 429,
  'too-large': 413,
  'unsupported-type': 415,
  'wrong-digest': 422,
  'not-ready': 503,
  internal: 500,
}

/** Answers a request with a failure of the contract, with the status that belongs to its code. */
export function sendFailure(reply: FastifyReply, failure: ApiFailure): FastifyReply {
  if (failure.retryAfter !== undefined) void reply.header('retry-after', failure.retryAfter)
  return reply.code(statusOf[failure.error]).header('cache-control', 'no-store').send(failure)
}
