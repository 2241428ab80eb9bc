import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiFailure, RefusedWrite } from '../../../../shared/hub-api/contract.ts'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { LiveRooms } from '../../live-rooms.ts'
import type { RoomLines } from '../../room-lines.ts'
import type { Session } from '../../session.ts'
import type { BallotDoor } from '../../ballot-door.ts'
import type { AccessWatch } from '../access-watch.ts'
import { openReadable } from '../audience-gate.ts'
import type { JudgedWriter, WriteAnswer } from '../couch/judged-write.ts'
import { AudienceFeed } from './audience-feed.ts'
import { DeviceSocket, type Append, type OpenFeed } from './device-socket.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose ticket opened the socket. */
    ticketSession: Session | null
  }
}

/** Milliseconds between the questions whether a device is still there; home routers forget a connection after a minute. */
const pingInterval = 30_000
/** Bytes that a device may send in one message: events with the wording of a motion and what it changes. */
const largestMessage = 1_048_576

const notSignedIn: ApiFailure = { error: 'not-signed-in', message: 'The ticket is unknown, used or too old.' }

interface LiveOptions {
  readonly store: DocumentStore
  readonly watch: AccessWatch
  readonly writer: JudgedWriter
  readonly castBallot: BallotDoor
  readonly rooms: LiveRooms
  readonly roomLines: RoomLines
  readonly pingMs?: number | undefined
}

/** The one socket of a device. */
export async function liveRoutes(
  app: FastifyInstance,
  { store, watch, writer, castBallot, rooms, roomLines, pingMs = pingInterval }: LiveOptions,
): Promise<void> {
  await app.register(websocket, { options: { maxPayload: largestMessage, perMessageDeflate: false } })
  app.decorateRequest('ticketSession', null)
  const devices = new Set<DeviceSocket>()
  const openFeed = feedsOf(app, store)
  const append = appendTo(store, writer)
  const onFault = (fault: unknown): void =>
    app.log.error({ name: fault instanceof Error ? fault.name : typeof fault }, 'live: an ask failed')
  const serve = { watch, openFeed, append, castBallot, rooms, roomLines, onFault }
  const pings = setInterval(() => {
    for (const device of devices) device.checkAlive()
  }, pingMs).unref()
  app.addHook('onClose', async () => clearInterval(pings))

  const redeem = async (request: FastifyRequest, reply: FastifyReply) => {
    const { ticket } = request.query as { ticket?: unknown }
    const session = request.ws && typeof ticket === 'string' ? watch.sessions.redeemTicket(ticket) : undefined
    if (!session) return reply.code(401).send(notSignedIn)
    request.ticketSession = session
    return
  }
  app.get('/live', { websocket: true, onRequest: redeem }, (socket, request) => {
    if (!request.ticketSession) return socket.terminate()
    const device = new DeviceSocket(socket, request.ticketSession, serve)
    devices.add(device)
    socket.on('close', () => devices.delete(device))
  })
}

/** Feeds by audience, each open for as long as the hub runs once somebody followed it. */
function feedsOf(app: FastifyInstance, store: DocumentStore): OpenFeed {
  const feeds = new Map<Audience, AudienceFeed>()
  app.addHook('onClose', async () => {
    for (const feed of feeds.values()) feed.close()
  })
  return async (audience, watched) => {
    const opened = await openReadable(store, watched.principal, audience)
    if (!opened) return null
    const known = feeds.get(audience)
    if (known?.store === opened) return known
    known?.close()
    const feed = new AudienceFeed(opened, (error) => {
      feeds.delete(audience)
      app.log.error({ audience, name: error instanceof Error ? error.name : typeof error }, 'live feed failed')
    })
    feeds.set(audience, feed)
    return feed
  }
}

/** Stores through the same judgement as every other way in; an audience that may not be read answers as if there were none. */
function appendTo(store: DocumentStore, writer: JudgedWriter): Append {
  return async (audience, watched, documents) => {
    const opened = await openReadable(store, watched.principal, audience)
    const absent = ({ _id, _rev }: { _id?: unknown; _rev?: unknown }): RefusedWrite => ({
      ...{ id: String(_id), error: 'forbidden', reason: 'no-such-audience' },
      ...(typeof _rev === 'string' ? { rev: _rev } : {}),
    })
    if (!opened) return documents.map(absent)
    const { principal } = watched
    const answers = await writer.write(opened, { principal, documents, newEdits: false })
    return answers.flatMap(refusedWrite)
  }
}

function refusedWrite(answer: WriteAnswer): RefusedWrite[] {
  if (answer.kind === 'stored') return []
  if (answer.kind === 'failed') return [{ id: answer.id, error: 'forbidden', reason: 'invalid' }]
  const { kind: _, ...refused } = answer
  return [{ ...refused, error: 'forbidden' }]
}
