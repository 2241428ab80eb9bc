import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { sendFailure } from './failure.ts'

/** The body of a request as its schema says; answers with every fault and returns undefined when it does not fit. */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  request: FastifyRequest,
  reply: FastifyReply,
): v.InferOutput<Schema> | undefined {
  const outcome = v.safeParse(schema, request.body)
  if (outcome.success) return outcome.output
  const faults = outcome.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message }))
  sendFailure(reply, { error: 'bad-request', message: 'The body does not fit.', faults })
  return undefined
}
