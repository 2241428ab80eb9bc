import type { FastifyInstance } from 'fastify'
import { encoderRequestSchema, type EncoderRefusal } from '../../../../shared/hub-api/encoder.ts'
import { readBody } from '../../body.ts'
import { sendFailure } from '../../failure.ts'
import { signedIn } from '../../signed-in.ts'
import { transmitter, type ByMeeting, type TransmitterOptions } from '../permission.ts'
import type { Encoders } from './encoders.ts'

/** Routes for whoever transmits a meeting from a source that the hub reads. No answer holds its address. */
export function encoderRoutes(
  app: FastifyInstance,
  { encoders, ...options }: TransmitterOptions & { readonly encoders: Encoders },
): void {
  const path = '/api/broadcasts/:meeting/encoder'

  app.get(path, { onRequest: signedIn }, async (request: ByMeeting, reply) =>
    (await transmitter(request, reply, options)) ? reply.send(encoders.statusOf(request.params.meeting)) : reply,
  )

  app.put(path, { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    if (!(await transmitter(request, reply, options))) return reply
    const body = readBody(encoderRequestSchema, request, reply)
    if (!body) return reply
    const started = await encoders.start(request.params.meeting, body)
    if (started.ok) return reply.send(started.value)
    const { failure: fault } = started
    const isAddress = fault === 'scheme' || fault === 'host' || fault === 'file'
    const refusal: EncoderRefusal = isAddress
      ? { error: 'bad-request', message: 'That is no address of an encoder.', fault }
      : { error: 'conflict', message: 'Nothing can be read from there.', fault }
    return sendFailure(reply, refusal)
  })

  app.delete(path, { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    if (!(await transmitter(request, reply, options))) return reply
    await encoders.stopOf(request.params.meeting)
    return reply.code(204).send()
  })
}
