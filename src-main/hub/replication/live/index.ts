import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiFailure } from '../../../../shared/hub-api/contract.ts'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { Session } from '../../session.ts'
import type { AccessWatch } from '../access-watch.ts'
import { openReadable } from '../audience-gate.ts'
import { AudienceFeed } from './audience-feed.ts'
import { DeviceSocket, type OpenFeed } from './device-socket.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose ticket opened the socket. */
    ticketSession: Session | null
  }
}

/** Milliseconds between the questions whether a device is still there; home routers forget a connection after a minute. */
const pingInterval = 30_000
/** Bytes that a device may send in one message: a list of places in feeds. */
const largestMessage = 65_536

const notSignedIn: ApiFailure = { error: 'not-signed-in', message: 'The ticket is unknown, used or too old.' }

/** The one socket of a device. */
export async function liveRoutes(
  app: FastifyInstance,
  { store, watch, pingMs = pingInterval }: { store: DocumentStore; watch: AccessWatch; pingMs?: number | undefined },
): Promise<void> {
  await app.register(websocket, { options: { maxPayload: largestMessage, perMessageDeflate: false } })
  app.decorateRequest('ticketSession', null)
  const devices = new Set<DeviceSocket>()
  const openFeed = feedsOf(app, store)
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
    const device = new DeviceSocket(socket, request.ticketSession, watch, openFeed)
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
