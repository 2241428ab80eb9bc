import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { largestPart } from '../../../shared/council/broadcast.ts'
import {
  announcementSchema,
  gateRequestSchema,
  leaseRequestSchema,
  partHeaders,
  partType,
  type PartRefusal,
} from '../../../shared/hub-api/broadcast.ts'
import { isAdministration, type Principal } from '../../../shared/rules/access.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { readBody } from '../body.ts'
import { sendFailure } from '../failure.ts'
import { presides } from '../presiding.ts'
import type { Sessions } from '../session.ts'
import { principalNow, signedIn } from '../signed-in.ts'
import { isInit } from './boxes.ts'
import type { Broadcast } from './broadcast.ts'
import type { Broadcasts } from './broadcasts.ts'

export interface TransmittingOptions {
  readonly broadcasts: Broadcasts
  readonly sessions: Sessions
  /** Whether everybody may know of the meeting: others are not transmitted. */
  readonly isPublic: (meeting: string) => boolean
  readonly stateOf: (meeting: string) => Promise<MeetingState>
}

type ByMeeting = FastifyRequest<{ Params: { meeting: string } }>

/** Routes for whoever transmits a meeting: the administration, or who presides over it. */
export function transmittingRoutes(app: FastifyInstance, options: TransmittingOptions): void {
  const { broadcasts } = options
  app.addContentTypeParser(partType, { parseAs: 'buffer', bodyLimit: largestPart }, (_request, body, done) =>
    done(null, body),
  )

  /** The broadcast for whoever may transmit, judged now that the body is here; answers everybody else. */
  const permitted = async (
    request: ByMeeting,
    reply: FastifyReply,
    { isNew = false } = {},
  ): Promise<Broadcast | undefined> => {
    const { meeting } = request.params
    const principal = principalNow(request, options.sessions)
    if (!principal) return void sendFailure(reply, { error: 'not-signed-in', message: 'Sign in first.' })
    if (!options.isPublic(meeting)) return void noBroadcast(reply)
    if (!(await mayTransmit(principal, meeting, options)))
      return void sendFailure(reply, { error: 'forbidden', message: 'Who runs the meeting transmits it.' })
    const broadcast = await (isNew ? broadcasts.of(meeting) : broadcasts.find(meeting))
    if (!broadcast) return void noBroadcast(reply)
    void reply.header('cache-control', 'no-store')
    return broadcast
  }

  app.get('/api/broadcasts/:meeting', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply)
    return broadcast ? reply.send(broadcast.status) : reply
  })

  app.delete('/api/broadcasts/:meeting', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply)
    if (!broadcast) return reply
    await broadcast.end()
    return reply.code(204).send()
  })

  app.post('/api/broadcasts/:meeting/streams', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(announcementSchema, request, reply)
    if (!body) return reply
    if (!body.renditions.every(({ init }) => isInit(Buffer.from(init, 'base64'))))
      return sendFailure(reply, { error: 'bad-request', message: 'An initialization segment is none.' })
    const broadcast = await permitted(request, reply, { isNew: true })
    return broadcast ? reply.code(201).send(broadcast.announce(body.renditions, body.delay)) : reply
  })

  app.post('/api/broadcasts/:meeting/lease', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(leaseRequestSchema, request, reply)
    const broadcast = body && (await permitted(request, reply))
    if (!broadcast) return reply
    if (!broadcast.isStream(body.stream))
      return sendFailure(reply, { error: 'conflict', message: 'Another stream was announced since.' })
    return reply.send(broadcast.lease())
  })

  app.put('/api/broadcasts/:meeting/parts', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply)
    if (!broadcast) return reply
    const [head, mac] = [partHeaders.head, partHeaders.mac].map((name) => String(request.headers[name] ?? ''))
    const media = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const reason = broadcast.receive(head ?? '', mac ?? '', media)
    if (reason === undefined) return reply.code(204).send()
    const refusal: PartRefusal = { error: 'conflict', message: 'The part was dropped.', reason }
    return sendFailure(reply, refusal)
  })

  app.put('/api/broadcasts/:meeting/gate', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const body = readBody(gateRequestSchema, request, reply)
    const broadcast = body && (await permitted(request, reply, { isNew: true }))
    if (!broadcast) return reply
    const isClose = body.state === 'closed'
    await broadcast.setDirect(isClose, isClose ? { drop: body.drop, at: body.at } : { drop: false })
    return reply.send(broadcast.status)
  })

  app.get('/api/broadcasts/:meeting/report', { onRequest: signedIn }, async (request: ByMeeting, reply) => {
    const broadcast = await permitted(request, reply)
    return broadcast ? reply.send(broadcast.report) : reply
  })
}

const noBroadcast = (reply: FastifyReply): FastifyReply =>
  sendFailure(reply, { error: 'not-found', message: 'There is no such broadcast.' })

const mayTransmit = async (principal: Principal, meeting: string, options: TransmittingOptions): Promise<boolean> =>
  isAdministration(principal) || presides(principal, await options.stateOf(meeting))
