import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import type { SessionInfo, Town } from '../../../../shared/hub-api/contract.ts'
import type { HelpAsked } from '../../contract.ts'
import type { RecordFault } from '../../../../shared/oparl/index.ts'
import type { Seq } from '../../../../shared/ports/document-store.ts'
import type { RefusalReason } from '../../../../shared/rules/access.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'

/** What the device remembers beside its documents. */
export interface Values {
  session: Omit<SessionInfo, 'token'>
  town: Town
  /** The device's id at the hub, so that signing in again is no new device. */
  device: string
  /** A person's session ended at the device of a room, and the hub could not be told: it is told next time. */
  handingBack: true
  /** What was last asked of this device of a room, until it is read. */
  help: HelpAsked
  /** Days without contact after which closed audiences end here; outlives the session that told it. */
  leaseDays: number
  /** Bytes that files may take. */
  quota: number
  /** Instant up to which everything from the hub is here. */
  freshAsOf: string
  /** By account. */
  preferences: Record<string, Record<string, unknown>>
  /** What the hub certified last of the key by which this device signs, by account. */
  certificates: Record<string, KeyCertificate>
  /** The signing key of each hub as this device saw it first, by the hub's origin. */
  hubKeys: Record<string, string>
}

/** An audience's copy on this device. `office` of two accounts are two copies. */
export interface Copy {
  /** `<account>/<audience>`. */
  readonly key: string
  readonly account: string
  readonly audience: Audience
  /** A new name for every copy, so that one that is started afresh never meets the bytes of the one before. */
  readonly database: string
  /** The hub's incarnation that it was copied from. */
  readonly uuid: string
  /** Everything up to here is in the copy; undefined until the first contact is complete. */
  readonly seq?: Seq
  /** Instant of the last contact, for the lease. */
  readonly seen: string
  /** Encrypted under the key of this copy; `public` is not. */
  readonly sealed: boolean
}

/** A record saved here that the hub has not received. */
export interface OutboxRow {
  /** `<copy key>/<record id>`. */
  readonly key: string
  readonly copy: string
  readonly id: string
  /** Rises with every save; older entries are sent first. */
  readonly order: number
  /** Sealed `Pending`; readable only with the copy's key. */
  readonly sealed: Uint8Array
  /** A push was tried: the hub may know its revisions, so that a further save has to build on them. */
  readonly tried: boolean
  readonly refusal?: { readonly reason: RefusalReason; readonly faults?: readonly RecordFault[] }
}

/** An event of a meeting that was written here and that the hub has not received. */
export interface EventRow {
  /** `<copy key>/<event id>`. */
  readonly key: string
  readonly copy: string
  readonly id: string
  /** The sealed event; readable only with the copy's key. */
  readonly sealed: Uint8Array
  /** It was sent: the hub may have it, though its receipt never came. */
  readonly tried: boolean
  readonly refusal?: OutboxRow['refusal']
}

/** A pack of documents of closed terms; its texts are segments. */
export interface PackRow {
  /** `<copy key>/<digest>`. */
  readonly key: string
  readonly copy: string
  /** Sealed: which types it holds, and what their fields lie between. */
  readonly heads: Uint8Array
}

/** Many documents of one type as one sealed text. */
export interface SegmentRow {
  /** `<copy key>/<digest of a pack>/<type>`, or as `runningKeys` says. */
  readonly key: string
  readonly copy: string
  readonly text: Uint8Array
}

/** The copy's database as it once was, in segments that are read faster than documents. */
export interface RunningRow {
  /** The copy's key. */
  readonly key: string
  readonly copy: string
  /** The database that it was read from; worthless for any other. */
  readonly database: string
  /** How the segments are written. */
  readonly version: number
  /** PouchDB's own seq up to which the segments hold everything. */
  readonly seq: Seq
  /** Documents that the segments leave out. */
  readonly unsettled: readonly string[]
  /** Sealed: what the segments' fields lie between. */
  readonly heads: Uint8Array
}

/** Where the keys of a copy's segments of the running term begin. */
export const runningKeys = (copy: string): string => `${copy}/running/`

export interface FileRow {
  readonly sha512: string
  /** The copy whose key seals the bytes; null for files that everybody may read. */
  readonly copy: string | null
  readonly bytes: number
  readonly mimeType: string
  readonly used: number
  readonly pinned: boolean
  /** Not yet at the hub: never evicted. */
  readonly waiting: boolean
}

interface Schema extends DBSchema {
  values: { key: string; value: unknown }
  copies: { key: string; value: Copy }
  keys: { key: string; value: CryptoKey }
  outbox: { key: string; value: OutboxRow; indexes: { copy: string } }
  events: { key: string; value: EventRow; indexes: { copy: string } }
  packs: { key: string; value: PackRow; indexes: { copy: string } }
  segments: { key: string; value: SegmentRow; indexes: { copy: string } }
  running: { key: string; value: RunningRow; indexes: { copy: string } }
  /** Documents that a pack holds and that were deleted since. */
  withdrawn: { key: string; value: { key: string; copy: string; id: string }; indexes: { copy: string } }
  files: { key: string; value: FileRow }
  bytes: { key: string; value: Blob }
}

export type DeviceStore = IDBPDatabase<Schema>
/** Stores whose rows end with their copy. */
const firstRowStores = ['outbox', 'packs', 'segments', 'running', 'withdrawn'] as const
export const rowStores = [...firstRowStores, 'events'] as const

type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>

/** How each version comes from the one before; the first makes the stores. What was released is never changed. */
const steps: readonly ((store: DeviceStore, upgrade: Upgrade) => Promise<void>)[] = [
  async (store) => {
    for (const name of ['values', 'keys', 'bytes'] as const) store.createObjectStore(name)
    store.createObjectStore('copies', { keyPath: 'key' })
    for (const name of firstRowStores) store.createObjectStore(name, { keyPath: 'key' }).createIndex('copy', 'copy')
    store.createObjectStore('files', { keyPath: 'sha512' })
  },
  // Before the first release the rows of copies changed their shape without a version.
  (_, upgrade) => fillCopiesAnew(upgrade),
  async (store) => void store.createObjectStore('events', { keyPath: 'key' }).createIndex('copy', 'copy'),
]

/** Lets every copy begin again at its hub. Keys, files, and what waits for the hub stay. */
async function fillCopiesAnew(upgrade: Upgrade): Promise<void> {
  for (const name of ['packs', 'segments', 'running', 'withdrawn'] as const) await upgrade.objectStore(name).clear()
  await upgrade.objectStore('values').delete('freshAsOf')
  const copies = upgrade.objectStore('copies')
  for (const { seq: _, ...copy } of await copies.getAll()) await copies.put(copy)
}

/** Opens what this device keeps beside PouchDB's databases, as the version of an older app if need be. */
export const openDeviceStore = (name = 'ratssaal-device', version = steps.length): Promise<DeviceStore> =>
  openDB<Schema>(name, version, {
    upgrade(store, from, _to, upgrade) {
      const takeSteps = async (): Promise<void> => {
        for (const step of steps.slice(from, version)) await step(store, upgrade)
      }
      // All or none: then opening fails as well.
      takeSteps().catch(() => upgrade.abort())
    },
  })

export const readValue = async <Name extends keyof Values>(
  store: DeviceStore,
  name: Name,
): Promise<Values[Name] | undefined> => (await store.get('values', name)) as Values[Name] | undefined

/** Writes through to the disk: what the device remembers must survive a power cut. */
export async function writeValue<Name extends keyof Values>(
  store: DeviceStore,
  name: Name,
  value: Values[Name] | undefined,
): Promise<void> {
  const transaction = store.transaction('values', 'readwrite', { durability: 'strict' })
  if (value === undefined) await transaction.store.delete(name)
  else await transaction.store.put(value, name)
  await transaction.done
}

/**
 * Writes a copy's texts with the row that names them, of the running term in place of those before; all or none: also
 * none when the copy ended or began afresh meanwhile, so that nothing of it comes back.
 */
export async function writeSegments(
  store: DeviceStore,
  copy: Copy,
  head: { readonly pack: PackRow } | { readonly running: RunningRow },
  segments: readonly SegmentRow[],
): Promise<void> {
  const transaction = store.transaction(['copies', 'packs', 'running', 'segments'], 'readwrite')
  const current = await transaction.objectStore('copies').get(copy.key)
  if (current?.database === copy.database) {
    if ('pack' in head) await transaction.objectStore('packs').put(head.pack)
    else {
      const keys = runningKeys(copy.key)
      await transaction.objectStore('segments').delete(IDBKeyRange.bound(keys, `${keys}\uffff`))
      await transaction.objectStore('running').put(head.running)
    }
    for (const segment of segments) await transaction.objectStore('segments').put(segment)
  }
  await transaction.done
}
