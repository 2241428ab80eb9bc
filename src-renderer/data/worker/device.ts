import type { SessionInfo, Town } from '../../../shared/hub-api/contract.ts'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { StoredDocument } from '../../../shared/ports/document-store.ts'
import { failed, type Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { SyncStatus } from '../contract.ts'
import { HubClient } from '../hub/index.ts'
import { Catalogue } from './catalogue/catalogue.ts'
import { Queries } from './catalogue/queries.ts'
import { Search } from './catalogue/search.ts'
import type { Hello, WindowAsks } from './contract.ts'
import { Ahead } from './files/ahead.ts'
import { FileCache } from './files/file-cache.ts'
import { Files } from './files/files.ts'
import { Uploads } from './files/uploads.ts'
import { DeviceKeys } from './log/device-key.ts'
import { DeviceLog, type DeviceLogNeeds } from './log/device-log.ts'
import { Notes } from './notes/notes.ts'
import { RoomHelp } from './room-help.ts'
import { Rooms } from './rooms/rooms.ts'
import { Texts } from './texts/texts.ts'
import { MirrorState, usualQuota } from './mirror.ts'
import { Purge } from './purge.ts'
import { DeviceSession } from './session.ts'
import { Databases, type OpenCopy } from './store/databases.ts'
import { openDeviceStore, readValue, writeValue, type DeviceStore } from './store/device-store.ts'
import { Packs } from './store/packs.ts'
import { Running } from './store/running.ts'
import { browserSecrets, keyringSecrets } from './store/secrets.ts'
import { Connection } from './sync/connection.ts'
import { Merging } from './sync/merging.ts'
import { Outbox } from './sync/outbox.ts'
import { Pushing } from './sync/pushing.ts'
import { Saving } from './sync/saving.ts'

/** Everything that the one owner of this device's data holds; made in order. */
export interface Device {
  readonly hub: HubClient
  readonly store: DeviceStore
  readonly mirror: MirrorState
  readonly session: DeviceSession
  readonly databases: Databases
  readonly running: Running
  readonly outbox: Outbox
  readonly catalogue: Catalogue
  readonly queries: Queries
  readonly search: Search
  /** Saves as whoever is signed in. */
  save(record: AnyRecord): Promise<Result<AnyRecord, Refusal>>
  readonly pushing: Pushing
  readonly connection: Connection
  readonly cache: FileCache
  readonly files: Files
  readonly uploads: Uploads
  readonly purge: Purge
  readonly ahead: Ahead
  readonly log: DeviceLog
  readonly notes: Notes
  readonly texts: Texts
  readonly rooms: Rooms
  readonly help: RoomHelp
}

/**
 * Opens this device's data and shows what it remembers.
 *
 * @param shell whichever window can be asked for secrets
 */
export async function openDevice(hello: Hello, shell: WindowAsks, onFault: (fault: unknown) => void): Promise<Device> {
  const store = await openDeviceStore()
  const secrets = hello.desktop ? keyringSecrets(shell) : browserSecrets(store)
  const hub = new HubClient(hello.hub ?? 'http://hub.invalid', () => secrets.token())
  const mirror = new MirrorState()
  const databases = new Databases(store, secrets)
  const packs = new Packs(store)
  const running = new Running(store, databases)
  const outbox = new Outbox(store)
  const catalogue = new Catalogue({ databases, running, packs, overlay: outbox })
  const queries = new Queries(catalogue, () => session.isFilling)
  const search = new Search(catalogue, databases, packs)
  const pushing = new Pushing(hub, databases, outbox)
  const cache = await FileCache.open(store, (await readValue(store, 'quota')) ?? usualQuota)
  const save = saveAs(new Saving(databases, outbox, catalogue), () => session)
  const files = new Files(hub, cache, catalogue, databases, save)
  const uploads = new Uploads(hub, cache, outbox, databases, save)
  const keys = new DeviceKeys(hub, store, secrets)
  const purge = new Purge(store, databases, cache, keys, secrets)
  const log = logOver({ hub, store, databases, keys, onFault }, mirror, () => ({ session, connection }))
  const notes = new Notes({ databases, outbox, secrets, account: () => session.current?.account.id })
  const texts = new Texts({ databases, outbox, principal: () => session.current?.principal })
  const rooms = new Rooms()
  const help = new RoomHelp(store, mirror, () => session.current?.room !== undefined)
  const connection: Connection = new Connection(hub, databases, packs, {
    ...{ rooms, help, ...connectionEvents(store, mirror, onFault) },
    ...sessionEvents(() => session),
    // Before anybody reads: the documents are still in memory then.
    onFilled: () =>
      running
        .tidy()
        .then(() => showCopies(opened))
        .catch(onFault),
    ...contactEvents(() => opened, onFault),
  })
  const session: DeviceSession = new DeviceSession({
    ...{ hub, store, secrets, databases, purge, mirror, hello },
    onCopies: () => showCopies(opened),
    onRenewing: (open) => rescue(opened, open),
    onSignedIn: (signedIn) => {
      if (signedIn) connection.start()
      else if (hello.hub !== null) connection.greet()
    },
  })
  const opened: Device = {
    ...{ hub, store, mirror, session, databases, running, outbox, catalogue, queries, search, save },
    ...{ pushing, connection, cache, files, uploads, purge, log, notes, texts, rooms, help },
    ahead: new Ahead(catalogue, cache, files),
  }
  return begin(opened, onFault)
}

/** Copies came, went or became complete: whatever is shown of them is read anew. */
async function showCopies({ outbox, databases, log, mirror, session, catalogue, notes, texts }: Device): Promise<void> {
  await outbox.load(databases.open)
  await log.load()
  mirror.setSync({ filling: session.isFilling })
  catalogue.reset()
  notes.look()
  texts.reset()
}

/** What a hub that was restored may have lost waits for it again, before the copy is emptied. */
async function rescue({ log, texts }: Device, open: OpenCopy): Promise<void> {
  await log.rescue(open)
  await texts.rescue(open)
}

async function begin(device: Device, onFault: (fault: unknown) => void): Promise<Device> {
  device.mirror.setSync({ freshAsOf: (await readValue(device.store, 'freshAsOf')) ?? null })
  await device.help.restore()
  followChanges(device, onFault)
  return device
}

/** Saves as whoever is signed in. */
const saveAs =
  (saving: Saving, session: () => DeviceSession): Device['save'] =>
  async (record) => {
    const { current } = session()
    if (!current) return failed({ reason: 'not-signed-in' })
    return saving.save(current.principal, record, new Date().toISOString())
  }

/** What happens in meetings, over parts that are made later. */
const logOver = (
  parts: Pick<DeviceLogNeeds, 'hub' | 'store' | 'databases' | 'keys' | 'onFault'>,
  mirror: MirrorState,
  later: () => { session: DeviceSession; connection: Connection },
): DeviceLog =>
  new DeviceLog({
    ...parts,
    session: () => later().session.current,
    isLive: () => mirror.parts.sync.phase === 'live',
    append: (audience, documents) => later().connection.append(audience, documents),
    castLive: (vote, ballot) => later().connection.castBallot(vote, ballot),
  })

const contactEvents = (opened: () => Device, onFault: (fault: unknown) => void) => ({
  onReached: (state: Omit<SessionInfo, 'token'>, town: Town) => void reach(opened(), state, town).catch(onFault),
  onDocuments: (open: OpenCopy, documents: readonly StoredDocument[]) => opened().log.logs.take(open, documents),
  onFresh: () => void noteFresh(opened()).catch(onFault),
})

const sessionEvents = (session: () => DeviceSession) => ({
  onSession: (state: Omit<SessionInfo, 'token'>, town: Town) => session().apply(state, town),
  onRevoked: () => session().revoke(),
  onEnded: () => session().end(),
  onExpired: () => session().expire(),
})

const connectionEvents = (store: DeviceStore, mirror: MirrorState, onFault: (fault: unknown) => void) => ({
  onTown: async (town: Town): Promise<void> => {
    mirror.set({ town })
    await writeValue(store, 'town', town)
  },
  onPhase: (phase: SyncStatus['phase']): void => mirror.setSync({ phase }),
  onProgress: (progress: SyncStatus['progress']): void => mirror.setSync({ progress }),
  onFault,
})

/** What one part has done and others have to know. */
function followChanges(device: Device, onFault: (fault: unknown) => void): void {
  const { databases, outbox, catalogue, cache, mirror, session, log, notes, texts } = device
  const merging = new Merging(databases, outbox)
  const settle = async (open: OpenCopy, ids: readonly string[]): Promise<void> => {
    if (open.copy.seq !== undefined && session.current) await merging.settle(session.current.principal, open, ids)
  }
  catalogue.onFault = onFault
  notes.onFault = onFault
  texts.onFault = onFault
  notes.onChange = (shown) => mirror.set({ notes: shown })
  catalogue.onChange(() => mirror.set({ changes: mirror.parts.changes + 1 }))
  databases.onWritten = async (open, ids) => {
    void settle(open, ids).catch(onFault)
    notes.noteWritten(ids)
    texts.noteWritten(ids)
    await catalogue.noteWritten(open, ids)
  }
  log.outbox.onChange = (ids) => {
    mirror.setSync(outboxState(device))
    log.logs.noteWritten(ids)
    if (mirror.parts.sync.phase !== 'offline') void log.send().catch(onFault)
  }
  outbox.onChange = (ids) => {
    mirror.setSync(outboxState(device))
    notes.noteWritten(ids)
    texts.noteWritten(ids)
    void catalogue.noteSaved(ids).catch(onFault)
    if (mirror.parts.sync.phase !== 'offline') void sendAll(device).catch(onFault)
  }
  device.pushing.isHeldBack = device.uploads.isHeldBack
  cache.onChange = () => mirror.set({ storage: cache.use, files: cache.states })
  cache.onChange()
}

/** Bytes first, then what names them. */
async function sendAll({ uploads, pushing }: Device): Promise<void> {
  await pushing.push()
  await uploads.send()
  await pushing.push()
}

async function reach(device: Device, session: Omit<SessionInfo, 'token'>, town: Town): Promise<void> {
  await device.log.reach(session, town)
  await sendAll(device)
}

async function noteFresh({ store, mirror, databases, running, session, ahead, log, help }: Device): Promise<void> {
  const now = new Date()
  mirror.setSync({ freshAsOf: now.toISOString() })
  help.tellState()
  await writeValue(store, 'freshAsOf', now.toISOString())
  await databases.noteContact(now)
  await log.send()
  await running.tidy()
  if (session.current) await ahead.run(session.current.principal, now.getTime())
}

function outboxState({ outbox, log }: Device) {
  const refused = outbox.entries.flatMap(({ row, open }) =>
    row.refusal ? { id: row.id, audience: open.copy.audience, refusal: row.refusal } : [],
  )
  return { refused, pending: outbox.entries.length - refused.length + log.outbox.waiting }
}
