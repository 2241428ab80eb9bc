import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  captionImportSchema,
  captionRequestSchema,
  turnRequestSchema,
  type Captioner,
  type CaptionImportFailure,
  type CaptionRefusal,
} from '../../../../shared/hub-api/captions.ts'
import { readWebVtt } from '../../../../shared/rules/broadcast/webvtt.ts'
import { readBody } from '../../body.ts'
import { eventStreams } from '../../event-stream.ts'
import { sendFailure } from '../../failure.ts'
import { signedIn } from '../../signed-in.ts'
import { isTransmitter, transmitter, type ByMeeting, type TransmitterOptions } from '../permission.ts'
import type { Captioned, MeetingCaptions } from './meeting-captions.ts'

interface CaptioningOptions extends TransmitterOptions {
  readonly captions: MeetingCaptions
}

const captionerOf = ({ session }: ByMeeting): Captioner => ({
  account: session?.account.id ?? '',
  name: session?.account.name ?? '',
})

/** Routes for those who write captions of a meeting: whoever may transmit it. */
export function captioningRoutes(app: FastifyInstance, options: CaptioningOptions): void {
  wordRoutes(app, options)
  deskRoutes(app, options)
}

async function captioned(
  request: ByMeeting,
  reply: FastifyReply,
  options: CaptioningOptions,
): Promise<Captioned | undefined> {
  if (!(await transmitter(request, reply, options))) return undefined
  const found = await options.captions.find(request.params.meeting)
  if (!found) sendFailure(reply, { error: 'not-found', message: 'There is no such broadcast.' })
  return found
}

function wordRoutes(app: FastifyInstance, options: CaptioningOptions): void {
  app.post('/api/broadcasts/:meeting/captions', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(captionRequestSchema, request, reply)
    const found = body && (await captioned(request, reply, options))
    if (!found) return reply
    const reason = await found.captions.take(body, captionerOf(request))
    if (reason === undefined) return reply.code(204).send()
    const refusal: CaptionRefusal = { error: 'conflict', message: 'The words were dropped.', reason }
    return sendFailure(reply, refusal)
  })

  app.post('/api/broadcasts/:meeting/captions/import', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(captionImportSchema, request, reply)
    const found = body && (await captioned(request, reply, options))
    if (!found) return reply
    const { cues, faults } = readWebVtt(body.vtt)
    if (faults.length === 0) return reply.send(await found.captions.bring(cues, captionerOf(request)))
    const failure: CaptionImportFailure = { error: 'bad-request', message: 'This is no WebVTT file.', vtt: faults }
    return sendFailure(reply, failure)
  })
}

function deskRoutes(app: FastifyInstance, options: CaptioningOptions): void {
  const open = eventStreams(app)
  const path = '/api/broadcasts/:meeting/captions/desk'
  app.get(path, { onRequest: signedIn, compress: false, exposeHeadRoute: false }, async (request: ByMeeting, reply) => {
    const found = await captioned(request, reply, options)
    if (!found) return reply
    const stream = open()
    // Who may not write any more hears nothing more.
    const tell = async (): Promise<void> => {
      if (!(await isTransmitter(request, options))) return stream.end()
      stream.tell({ event: 'desk', data: JSON.stringify(found.desk.state) })
    }
    const leave = found.desk.enter(captionerOf(request), () => void tell().catch(stream.end))
    stream.onClose(leave)
    return stream.sendTo(reply)
  })

  app.put('/api/broadcasts/:meeting/captions/turn', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(turnRequestSchema, request, reply)
    const found = body && (await captioned(request, reply, options))
    if (!found) return reply
    if (found.desk.setTurn(body.account)) return reply.code(204).send()
    return sendFailure(reply, { error: 'conflict', message: 'That account does not write here.' })
  })
}
