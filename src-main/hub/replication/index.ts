import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import type { Sessions } from '../session.ts'
import { noRooms, type LiveRooms } from '../live-rooms.ts'
import { noRoomLines, type RoomLines } from '../room-lines.ts'
import { AudienceTurns } from '../audience-turns.ts'
import { noBallots, type BallotDoor } from '../ballot-door.ts'
import { openDoor, type WriteDoor } from '../write-door.ts'
import { AccessWatch } from './access-watch.ts'
import { couchRoutes } from './couch/index.ts'
import { JudgedWriter } from './couch/judged-write.ts'
import { liveRoutes } from './live/index.ts'
import { snapshotRoutes } from './snapshot/index.ts'

export interface ReplicationOptions {
  readonly store: DocumentStore
  readonly sessions: Sessions
  /** Milliseconds since 1970; decides which legislative terms are closed and when memberships are asked for again. */
  readonly clock?: () => number
  /** Milliseconds between the questions whether a device at the socket is still there; half a minute unless given. */
  readonly pingMs?: number
  /** Turns that others take in the same audiences; own ones unless given. */
  readonly turns?: AudienceTurns
  /** Asked about every document that the rules of access allow; lets everything in unless given. */
  readonly door?: WriteDoor
  /** Takes ballots that come over sockets; there are no votes unless given. */
  readonly castBallot?: BallotDoor
  /** Rooms in which devices are together; none unless given. */
  readonly rooms?: LiveRooms
  /** Lines to devices of rooms; none unless given. */
  readonly roomLines?: RoomLines
}

/** What the server must be made with: ids of documents and checkpoints are longer than Fastify's 100 characters. */
export const replicationServerOptions = { routerOptions: { maxParamLength: 2048 } } as const

/**
 * A Fastify plugin: how devices get and send documents. `/db` speaks CouchDB's replication protocol, `/api/snapshot`
 * and `/api/packs` serve first contact, `/api/live` is the one socket of a device.
 */
export async function replicationRoutes(app: FastifyInstance, options: ReplicationOptions): Promise<void> {
  const { store, sessions, clock = Date.now, pingMs, castBallot = noBallots } = options
  const { rooms = noRooms, roomLines = noRoomLines } = options
  const watch = new AccessWatch(sessions, clock)
  const writer = new JudgedWriter(options.turns ?? new AudienceTurns(), options.door ?? openDoor)
  app.addHook('onClose', async () => watch.close())
  app.decorateRequest('audience', null)
  await app.register(compress, {
    global: false,
    encodings: ['zstd', 'gzip'],
    customTypes: /^application\/(?:json|x-ndjson)\b/,
  })
  await app.register(couchRoutes, { prefix: '/db', store, watch, writer })
  await app.register(snapshotRoutes, { prefix: '/api', store, watch, clock })
  await app.register(liveRoutes, { prefix: '/api', store, watch, writer, castBallot, rooms, roomLines, pingMs })
}
