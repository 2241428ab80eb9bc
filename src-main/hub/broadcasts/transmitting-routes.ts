import type { FastifyInstance } from 'fastify'
import { largestPart } from '../../../shared/council/broadcast.ts'
import {
  announcementSchema,
  gateRequestSchema,
  leaseRequestSchema,
  partHeaders,
  partType,
  type PartRefusal,
} from '../../../shared/hub-api/broadcast.ts'
import { isInit } from '../../../shared/media/read-boxes.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import { signedIn } from '../signed-in.ts'
import { permitted, type ByMeeting, type PermissionOptions } from './permission.ts'
import { reportOf } from './remembered.ts'

/** Routes for whoever transmits a meeting: the administration, or who presides over it. */
export function transmittingRoutes(app: FastifyInstance, options: PermissionOptions): void {
  app.addContentTypeParser(partType, { parseAs: 'buffer', bodyLimit: largestPart }, (_request, body, done) =>
    done(null, body),
  )
  captureRoutes(app, options)
  deskRoutes(app, options)
}

/** What a capture client asks for: to begin, to go on, and to have a part taken. */
function captureRoutes(app: FastifyInstance, options: PermissionOptions): void {
  app.post('/api/broadcasts/:meeting/streams', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(announcementSchema, request, reply)
    if (!body) return reply
    if (!body.renditions.every(({ init }) => isInit(Buffer.from(init, 'base64'))))
      return sendFailure(reply, { error: 'bad-request', message: 'An initialization segment is none.' })
    const broadcast = await permitted(request, reply, { ...options, isNew: true })
    if (!broadcast) return reply
    const { renditions, ...announced } = body
    const { stream } = broadcast.announce(renditions, announced)
    // Whether those named may be shown is known once log and register were asked.
    const { meeting } = request.params
    await options.broadcasts.follow(meeting, await options.stateOf(meeting))
    return reply.code(201).send(broadcast.lease(stream))
  })

  app.post('/api/broadcasts/:meeting/lease', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(leaseRequestSchema, request, reply)
    const broadcast = body && (await permitted(request, reply, options))
    if (!broadcast) return reply
    if (!broadcast.isStream(body.stream))
      return sendFailure(reply, { error: 'conflict', message: 'Another stream was announced since.' })
    return reply.send(broadcast.lease(body.stream))
  })

  app.put('/api/broadcasts/:meeting/parts', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply, options)
    if (!broadcast) return reply
    const [head, mac] = [request.headers[partHeaders.head], request.headers[partHeaders.mac]].map(String)
    const media = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const reason = broadcast.receive(head ?? '', mac ?? '', media)
    if (reason === undefined) return reply.code(204).send()
    const refusal: PartRefusal = { error: 'conflict', message: 'The part was dropped.', reason }
    return sendFailure(reply, refusal)
  })
}

/** What the broadcast desk and the chair's screen ask for. */
function deskRoutes(app: FastifyInstance, options: PermissionOptions): void {
  app.get('/api/broadcasts/:meeting', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply, options)
    return broadcast ? reply.send(broadcast.status) : reply
  })

  app.delete('/api/broadcasts/:meeting', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply, options)
    if (!broadcast) return reply
    await broadcast.end()
    return reply.code(204).send()
  })

  app.put('/api/broadcasts/:meeting/gate', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(gateRequestSchema, request, reply)
    const broadcast = body && (await permitted(request, reply, { ...options, isNew: true }))
    if (!broadcast) return reply
    const isClose = body.state === 'closed'
    await broadcast.setDirect(isClose, isClose ? { drop: body.drop, at: body.at } : { drop: false })
    return reply.send(broadcast.status)
  })

  app.get('/api/broadcasts/:meeting/report', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply, options)
    return broadcast ? reply.send(reportOf(broadcast.told)) : reply
  })
}
