import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinCodeToLink } from '../../shared/hub-api/join-code.ts'
import type { DocumentStore } from '../../shared/ports/document-store.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { startAccounts, type DemoAccount } from './accounts/start-accounts.ts'
import { unfinishedRestore } from './backup.ts'
import type { HubConfig } from './config.ts'
import { startCatalogue } from './catalogue/catalogue.ts'
import { healthRoutes } from './http/health.ts'
import { listen, originOf, stopListening } from './http/listening.ts'
import { makeLogger } from './http/logging.ts'
import { makeServer } from './http/server.ts'
import { webAppRoutes } from './http/web-app.ts'
import type { Sessions } from './session.ts'
import { StartFault } from './start-fault.ts'
import { oparlRoutes } from './oparl/oparl.ts'
import { replicationRoutes } from './replication/index.ts'
import { openCouchStore, openSqliteStore } from './store/index.ts'
import { startPublisher } from './publisher/publisher.ts'
import { fingerprintOf, keepFresh, loadTls } from './tls/index.ts'

/** A hub that runs. */
export interface Hub {
  /** Where it answers: scheme, host and port. */
  readonly origin: string
  /** The link by which a desktop app finds and knows it. */
  readonly joinLink: string
  /** To be typed in for set-up; only while the hub has no accounts. */
  readonly setUpCode?: string
  /** Its documents, for whoever fills a new hub from within its process. */
  readonly store: DocumentStore
  /** Who is signed in. */
  readonly sessions: Sessions
  /** Lets answers under way end, then closes everything; at most about ten seconds. */
  readonly stop: () => Promise<void>
}

export interface HubStores {
  readonly documents: DocumentStore
}

export interface HubOptions {
  /** Fills a new hub with a demo town, before anything else sees its stores, and says whose logins it has. */
  readonly demo?: (stores: HubStores) => Promise<readonly DemoAccount[]>
  /** Where its log goes; stderr unless given. */
  readonly logTo?: NodeJS.WritableStream
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const builtApp = fileURLToPath(new URL('../../out/renderer', import.meta.url))

/**
 * Starts every service of a hub in order; when one cannot start, those before it are stopped again.
 * Throws `StartFault` or `StoreError`, whose messages say how to mend it.
 */
export async function startHub(config: HubConfig, options: HubOptions = {}): Promise<Hub> {
  const log = makeLogger(config.logLevel, options.logTo)
  const now = options.now ?? Date.now
  const stops: (() => void | Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (let end = stops.pop(); end; end = stops.pop()) await end()
  }
  try {
    makeDataFolder(config.data)
    const store = await openStore(config)
    stops.push(() => store.close())

    const tls = await loadTls(config)
    const app = await makeServer(config, { log, ...(tls ? { tls } : {}) })

    const { data: folder, publicUrl: publicOrigin, ...rest } = config
    const demo = options.demo
    const accounts = await startAccounts(app, {
      ...{ ...rest, folder, publicOrigin, store, now, version: packageFile.version },
      ...(demo ? { demo: () => demo({ documents: store }) } : {}),
    })
    stops.push(accounts.stop)

    const publisher = await startPublisher({ store, log, clock: now })
    stops.push(() => publisher.stop())
    const { catalogue, ...catalogueRun } = await startCatalogue({ store })
    stops.push(() => catalogueRun.stop())

    let origin = publicOrigin ?? ''
    await app.register(replicationRoutes, { store, sessions: accounts.sessions, clock: now })
    await app.register(oparlRoutes, { catalogue, publicUrl: () => origin })
    await webAppRoutes(app, { folder: builtApp })
    healthRoutes(app, {
      store: () => tryWriting(store),
      publisher: () => publisher.caughtUp().then(() => catalogueRun.caughtUp()),
    })

    stops.push(() => stopListening(app))
    const heard = originOf(config, await listen(app, config), tls !== undefined)
    origin ||= heard
    if (tls) stops.push(keepFresh(app.server as never, config, (fault) => log.error(fault, 'certificate not renewed')))

    const pin = tls?.own ? { fingerprint: fingerprintOf(tls.cert) } : {}
    return {
      origin: heard,
      joinLink: joinCodeToLink({ origin, ...pin }),
      ...(accounts.setUpCode === undefined ? {} : { setUpCode: accounts.setUpCode }),
      store,
      sessions: accounts.sessions,
      stop,
    }
  } catch (fault) {
    await stop()
    throw fault
  }
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
