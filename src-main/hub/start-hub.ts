import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { joinCodeToLink } from '../../shared/hub-api/join-code.ts'
import type { BlobStore } from '../../shared/ports/blob-store.ts'
import type { DocumentStore } from '../../shared/ports/document-store.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { startAccounts, type DemoAccount } from './accounts/start-accounts.ts'
import { AudienceTurns } from './audience-turns.ts'
import { startBoards, type BoardsOptions } from './boards/start-boards.ts'
import { unfinishedRestore } from './backup.ts'
import { startBroadcasts, type BroadcastsService } from './broadcasts/start-broadcasts.ts'
import type { HubConfig } from './config.ts'
import { startCatalogue } from './catalogue/catalogue.ts'
import { documentRoutes, minutesPdf } from './documents/index.ts'
import { filesRoutes, FolderBlobStore, ReadableFiles, startRemovingUnnamed } from './files/index.ts'
import { compressAnswers } from './http/compression.ts'
import { healthRoutes } from './http/health.ts'
import { listen, originOf, stopListening } from './http/listening.ts'
import { makeLogger } from './http/logging.ts'
import { makeServer } from './http/server.ts'
import { webAppRoutes } from './http/web-app.ts'
import { startMeetings, type MeetingsOptions } from './meetings/start-meetings.ts'
import { openObjectStore } from './objects/index.ts'
import { startMinutes } from './minutes/start-minutes.ts'
import type { PublicCatalogue } from './public-catalogue.ts'
import type { RoomLines } from './room-lines.ts'
import type { Sessions } from './session.ts'
import { siteRoutes } from './site/site.ts'
import { StartFault } from './start-fault.ts'
import { oparlRoutes } from './oparl/oparl.ts'
import { replicationRoutes } from './replication/index.ts'
import { openCouchStore, openSqliteStore } from './store/index.ts'
import { startPublisher } from './publisher/publisher.ts'
import { startFolding } from './texts/start-folding.ts'
import { fingerprintOf, keepFresh, loadTls } from './tls/index.ts'
import { bothDoors } from './write-door.ts'

/** A hub that runs. */
export interface Hub {
  /** Where it answers: scheme, host and port. */
  readonly origin: string
  /** The link by which a desktop app finds and knows it. */
  readonly joinLink: string
  /** To be typed in for set-up; only while the hub has no accounts. */
  readonly setUpCode?: string
  /** Its documents, for whoever works within its process. */
  readonly store: DocumentStore
  /** Who is signed in. */
  readonly sessions: Sessions
  /** Lets answers under way end, then closes everything; at most about ten seconds. */
  readonly stop: () => Promise<void>
}

export interface HubStores {
  readonly documents: DocumentStore
  readonly blobs: BlobStore
}

export interface HubOptions {
  /** Fills a new hub with a demo town, before anything else sees its stores, and says whose logins it has. */
  readonly demo?: (stores: HubStores) => Promise<readonly DemoAccount[]>
  /** Where its log goes; stderr unless given. */
  readonly logTo?: NodeJS.WritableStream
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Hears of every route as it is made, such as `GET` `/api/devices/:id`. */
  readonly onRoute?: (method: string, pattern: string) => void
}

const builtApp = fileURLToPath(new URL('../../out/renderer', import.meta.url))

type Stop = () => void | Promise<void>

/**
 * Starts every service of a hub in order; when one cannot start, those before it are stopped again.
 * Throws `StartFault` or `StoreError`, whose messages say how to mend it.
 */
export async function startHub(config: HubConfig, options: HubOptions = {}): Promise<Hub> {
  const stops: Stop[] = []
  const stop = async (): Promise<void> => {
    for (let end = stops.pop(); end; end = stops.pop()) await end()
  }
  try {
    return { ...(await start(config, options, stops)), stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}

async function start(config: HubConfig, options: HubOptions, stops: Stop[]): Promise<Omit<Hub, 'stop'>> {
  const { demo, logTo, now = Date.now, onRoute } = options
  const log = makeLogger(config.logLevel, logTo)
  makeDataFolder(config.data)
  const store = await openStore(config)
  stops.push(() => store.close())
  const blobs = await FolderBlobStore.open(join(config.data, 'files'))

  stops.push(startRemovingUnnamed({ documents: store, blobs, log, graceDays: graceDays(config) }))

  const tls = await loadTls(config)
  const app = await makeServer(config, { log, ...(tls ? { tls } : {}) })
  if (onRoute) app.addHook('onRoute', ({ method, url }) => [method].flat().forEach((each) => onRoute(each, url)))
  const accounts = await startAccounts(app, {
    ...config,
    ...{ store, now, version: packageFile.version },
    ...(demo ? { demo: () => demo({ documents: store, blobs }) } : {}),
  })
  stops.push(accounts.stop)

  const publisher = await startPublisher({ store, log, clock: now })
  stops.push(() => publisher.stop())
  const published = await startCatalogue({ store })
  stops.push(() => published.stop())

  let publicUrl = config.publicUrl ?? ''
  const { sessions, roomLines, key, setUpCode } = accounts
  const { catalogue } = published
  const broadcasts = await startMeetingWork(
    app,
    { ...config, store, blobs, sessions, roomLines, key, log, now, catalogue, published: publisher },
    stops,
  )
  await serveFiles(app, config, { documents: store, blobs }, now)
  documentRoutes(app)
  await servePublic(app, config, { catalogue, broadcasts, now, publicUrl: () => publicUrl })
  await webAppRoutes(app, { folder: builtApp })
  const readiness = {
    store: () => tryWriting(store),
    publisher: () => publisher.caughtUp().then(() => published.caughtUp()),
  }
  healthRoutes(app, readiness, { impaired: broadcasts.impaired })

  stops.push(() => stopListening(app))
  const origin = originOf(config, await listen(app, config), tls !== undefined)
  publicUrl ||= origin
  if (tls) stops.push(keepFresh(app.server as never, config, (fault) => log.error(fault, 'certificate not renewed')))

  const pin = tls?.own ? { fingerprint: fingerprintOf(tls.cert) } : {}
  const joinLink = joinCodeToLink({ origin: publicUrl, ...pin })
  return { origin, joinLink, store, sessions, ...(setUpCode === undefined ? {} : { setUpCode }) }
}

type MeetingWork = Omit<MeetingsOptions, 'conclude' | 'turns' | 'log'> &
  Pick<HubConfig, 'data' | 'ffmpeg' | 'iceServers' | 'objectionDays' | 'recordings' | 'timeZone'> & {
    readonly log: Logger
    readonly roomLines: RoomLines
    readonly blobs: BlobStore
    readonly catalogue: PublicCatalogue
    readonly published: BoardsOptions['published']
  }

/**
 * What happens in meetings and what remains of it, what is drawn in them, and their transmission; and the way of all
 * documents in and out, at whose door meetings and boards are asked.
 */
async function startMeetingWork(app: FastifyInstance, work: MeetingWork, stops: Stop[]): Promise<BroadcastsService> {
  const parts = { ...work, turns: new AudienceTurns() }
  const minutes = await startMinutes(app, { ...parts, set: minutesPdf, zone: work.timeZone })
  const meetings = await startMeetings(app, { ...parts, conclude: (meeting) => minutes.conclude(meeting) })
  stops.push(meetings.stop)
  const folding = await startFolding(parts)
  stops.push(() => folding.stop())
  const boards = await startBoards(app, { ...parts, meetings, follow: (audience) => folding.follow(audience) })
  stops.push(boards.stop)
  await app.register(replicationRoutes, {
    ...{ store: work.store, sessions: work.sessions, clock: work.now, turns: parts.turns },
    ...{ door: bothDoors(meetings.door, boards.door), rooms: boards.rooms, castBallot: meetings.castBallot },
    roomLines: work.roomLines,
  })
  const broadcasts = await startBroadcasts(app, { ...parts, meetings, objects: openObjectStore(work) })
  stops.push(broadcasts.stop)
  return broadcasts
}

/**
 * After the lease no device holds what it has not sent, so no record can come any more; the month beyond it is for what
 * was restored or replicated late.
 */
const graceDays = ({ leaseDays }: HubConfig): number => leaseDays + 30

async function serveFiles(
  app: FastifyInstance,
  config: HubConfig,
  stores: HubStores,
  now: () => number,
): Promise<void> {
  const readable = new ReadableFiles(stores.documents)
  await app.register(filesRoutes, {
    blobs: stores.blobs,
    findReadable: (principal, sha512) => readable.find(principal, sha512),
    uploadFolder: join(config.data, 'uploads'),
    maxSize: config.uploadMegabytes * 1024 * 1024,
    now,
  })
}

/** The faces of the town for everybody: its site and its open data. */
async function servePublic(
  app: FastifyInstance,
  config: HubConfig,
  given: { catalogue: PublicCatalogue; broadcasts: BroadcastsService; now: () => number; publicUrl: () => string },
): Promise<void> {
  const { catalogue, publicUrl, now: clock } = given
  const { transmissionOf } = given.broadcasts
  await app.register(async (scope) => {
    await compressAnswers(scope)
    await scope.register(siteRoutes, { ...config, catalogue, publicUrl, clock, transmissionOf, appFolder: builtApp })
    await scope.register(oparlRoutes, { catalogue, publicUrl, recordings: given.broadcasts.recordings })
  })
}

/** The document store that the configuration names. Throws `StoreError`. */
export const openStore = ({ store, data }: HubConfig): Promise<DocumentStore> =>
  store === 'embedded' ? openSqliteStore({ folder: data }) : openCouchStore({ url: store, prefix: 'ratssaal-' })

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StartFault(
      `The data folder ${folder} cannot be written (${code}). Give it to the user that runs the hub, or name another one under "data".`,
    )
  }
  if (existsSync(join(folder, unfinishedRestore)))
    throw new StartFault(`A restore into ${folder} did not come to its end. Empty the folder and restore again.`)
}

async function tryWriting(store: DocumentStore): Promise<void> {
  const office = await store.open('office')
  await office.putLocal('readiness', { at: new Date().toISOString() })
}
