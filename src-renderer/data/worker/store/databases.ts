import { ulid } from 'ulid'
import type { Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../../../shared/rules/audience.ts'
import { rowStores, type Copy, type DeviceStore } from './device-store.ts'
import { FreshDocuments } from './fresh-documents.ts'
import { PouchDB, type Database, type Row } from './pouchdb.ts'
import { sealDocuments } from './sealing.ts'
import type { Secrets } from './secrets.ts'

/** An audience's copy, opened. */
export interface OpenCopy {
  copy: Copy
  readonly database: Database
  /** Undefined for what everybody may read. */
  readonly key: CryptoKey | undefined
  readonly fresh: FreshDocuments
  /** Ids of documents that were written since it was opened, from before the write on. */
  readonly written: Set<string>
}

/** Where nothing is merged here, what was taken back or moved elsewhere goes at once, as it does at the hub. */
const keepsLeavesOnly = (audience: Audience): boolean => ['org', 'circle'].includes(partsOf(audience).kind)

const prefix = 'ratssaal-'
/** PouchDB's own in front of the name of an IndexedDB database. */
const pouchPrefix = '_pouch_'
export const copyKey = (account: string, audience: Audience): string => `${account}/${audience}`

/** The databases of this device: one per audience, sealed unless public. Every write is announced, whoever made it. */
export class Databases {
  #store: DeviceStore
  #secrets: Secrets
  #open = new Map<string, OpenCopy>()
  /**
   * Called after documents were written to a copy, with their ids. Whoever wrote waits for it: what the outbox gives up
   * then is shown from here, and never out of sight.
   */
  onWritten: (copy: OpenCopy, ids: readonly string[]) => Promise<void> = () => Promise.resolve()
  /** Called with documents on their way into a copy. */
  onArriving: (copy: OpenCopy, documents: readonly StoredDocument[]) => void = () => {}

  constructor(store: DeviceStore, secrets: Secrets) {
    this.#store = store
    this.#secrets = secrets
  }

  get open(): readonly OpenCopy[] {
    return [...this.#open.values()]
  }

  find(audience: Audience): OpenCopy | undefined {
    return this.open.find(({ copy }) => copy.audience === audience)
  }

  /** Opens all copies of an account; returns those whose key is gone, which nobody can read any more. */
  async openAll(account: string): Promise<Copy[]> {
    const unreadable: Copy[] = []
    for (const copy of await this.#store.getAll('copies')) {
      if (copy.account !== account || this.#open.has(copy.key)) continue
      const key = copy.sealed ? await this.#secrets.key(copy.key) : undefined
      if (copy.sealed && !key) unreadable.push(copy)
      else this.#open.set(copy.key, this.#openCopy(copy, key))
    }
    return unreadable
  }

  /** Forgets open copies without touching what is stored. */
  async closeAll(): Promise<void> {
    const databases = this.open.map(({ database }) => database)
    this.#open.clear()
    await Promise.all(databases.map((database) => database.close()))
  }

  /** Begins an empty copy of an audience. */
  async create(account: string, audience: Audience, uuid: string): Promise<OpenCopy> {
    const sealed = audience !== 'public'
    const name = copyKey(account, audience)
    const key = sealed ? await this.#secrets.makeKey(name) : undefined
    const seen = new Date().toISOString()
    const copy = { key: name, account, audience, database: `${prefix}${ulid()}`, uuid, seen, sealed }
    await this.#store.put('copies', copy)
    const open = this.#openCopy(copy, key, true)
    this.#open.set(name, open)
    return open
  }

  /** Empties a copy for a hub with another past; its key stays, and with it what waits for the hub. */
  async renew(open: OpenCopy, uuid: string): Promise<OpenCopy> {
    const { seq: _, ...kept } = open.copy
    const copy = { ...kept, uuid, database: `${prefix}${ulid()}` }
    await this.#removeRows(copy, ['packs', 'segments', 'running', 'withdrawn'])
    await this.#store.put('copies', copy)
    const renewed = this.#openCopy(copy, open.key, true)
    this.#open.set(copy.key, renewed)
    await open.database.destroy()
    return renewed
  }

  /**
   * The copy with nothing in it: what an interrupted first contact left may have been deleted at the hub since, and
   * nothing would say so.
   */
  async emptied(open: OpenCopy): Promise<OpenCopy> {
    const { doc_count } = await open.database.info()
    return doc_count > 0 ? this.renew(open, open.copy.uuid) : open
  }

  /** Every copy that is stored, of whichever account. */
  stored = (): Promise<Copy[]> => this.#store.getAll('copies')

  #openCopy(copy: Copy, key: CryptoKey | undefined, isNew = false): OpenCopy {
    const database = new PouchDB(copy.database, { adapter: 'idb', auto_compaction: keepsLeavesOnly(copy.audience) })
    if (key) database.transform(sealDocuments(key))
    const open: OpenCopy = { copy, database, key, fresh: new FreshDocuments(isNew), written: new Set() }
    this.#announceWrites(open)
    return open
  }

  /** Replication writes too; this is the one place that sees every document on its way in. */
  #announceWrites(open: OpenCopy): void {
    const { database } = open
    const write = database.bulkDocs.bind(database)
    database.bulkDocs = async (documents, options) => {
      const batch = ('docs' in documents ? documents.docs : documents) as readonly StoredDocument[]
      const ids = [...new Set(batch.map(({ _id }) => _id))]
      this.onArriving(open, batch)
      await this.#noteWithdrawn(open.copy, batch)
      if (open.copy.seq === undefined) open.fresh.note(batch)
      else {
        open.fresh.noteLater(ids)
        for (const id of ids) open.written.add(id)
      }
      const outcome = await write(documents, options)
      await this.onWritten(open, ids)
      return outcome
    }
  }

  /** A deletion hides a document that a pack still holds; written first, so that no crash brings it back. */
  async #noteWithdrawn(copy: Copy, batch: readonly StoredDocument[]): Promise<void> {
    const withdrawn = batch.filter((document) => document._deleted)
    if (withdrawn.length === 0) return
    const transaction = this.#store.transaction('withdrawn', 'readwrite')
    for (const { _id } of withdrawn) await transaction.store.put({ key: `${copy.key}/${_id}`, copy: copy.key, id: _id })
    await transaction.done
  }

  /** Stores revisions as they are. Throws when the device cannot store them, such as for want of space. */
  async put(open: OpenCopy, documents: readonly StoredDocument[]): Promise<void> {
    if (documents.length === 0) return
    const faults = await open.database.bulkDocs(documents, { new_edits: false })
    const fault = faults.find(({ error }) => error)
    if (fault) throw new Error(`Cannot store ${fault.id} in ${open.copy.audience}: ${fault.message ?? ''}`)
  }

  /** Winning revisions with their conflicts, of the ids that the copy holds. */
  async read(open: OpenCopy, ids: readonly string[]): Promise<Map<string, StoredDocument>> {
    if (ids.length === 0) return new Map()
    const { rows } = await open.database.allDocs({ keys: ids, include_docs: true, conflicts: true })
    return new Map(rows.flatMap((row) => documentOf(row)))
  }

  /** All documents of a type. */
  readType = (open: OpenCopy, type: string): Promise<Map<string, StoredDocument>> =>
    this.readRange(open, `${type}:`, `${type};`)

  /** Documents whose ids lie from the first up to the last. */
  async readRange(open: OpenCopy, startkey: string, endkey: string): Promise<Map<string, StoredDocument>> {
    const { rows } = await open.database.allDocs({ startkey, endkey, include_docs: true, conflicts: true })
    return new Map(rows.flatMap((row) => documentOf(row)))
  }

  async update(open: OpenCopy, change: { seq?: Seq; seen?: string }): Promise<void> {
    open.copy = { ...open.copy, ...change }
    await this.#store.put('copies', open.copy)
  }

  /** A copy has everything up to a place of the hub's, unless it was closed meanwhile. */
  async advance(open: OpenCopy, seq: Seq): Promise<void> {
    if (this.open.includes(open)) await this.update(open, { seq, seen: new Date().toISOString() })
  }

  /** The hub vouched for the open copies: their lease begins anew. Written once an hour. */
  async noteContact(now: Date): Promise<void> {
    const recent = new Date(now.getTime() - 3600 * 1000).toISOString()
    for (const open of this.open) if (open.copy.seen < recent) await this.update(open, { seen: now.toISOString() })
  }

  /** Makes copies unreadable, all before the first byte of them is removed. */
  async dropKeys(copies: readonly Copy[]): Promise<void> {
    for (const copy of copies) if (copy.sealed) await this.#secrets.dropKey(copy.key)
  }

  /** Ends a copy: first its key, so that nothing of it can be read whatever happens next, then its bytes. */
  async remove(copy: Copy): Promise<void> {
    const open = this.#open.get(copy.key)
    this.#open.delete(copy.key)
    if (copy.sealed) await this.#secrets.dropKey(copy.key)
    await this.#removeRows(copy, rowStores, true)
    await (open?.database ?? new PouchDB(copy.database, { adapter: 'idb' })).destroy()
  }

  async #removeRows(copy: Copy, names: readonly (typeof rowStores)[number][], copyAsWell = false): Promise<void> {
    const transaction = this.#store.transaction([...names, 'copies'], 'readwrite', { durability: 'strict' })
    if (copyAsWell) await transaction.objectStore('copies').delete(copy.key)
    for (const name of names) {
      const rows = transaction.objectStore(name)
      for (const key of await rows.index('copy').getAllKeys(copy.key)) await rows.delete(key)
    }
    await transaction.done
  }

  /** Removes databases that no copy names: a removal was cut off. */
  async sweep(): Promise<void> {
    const named = new Set((await this.#store.getAll('copies')).map(({ database }) => database))
    for (const { name } of await indexedDB.databases()) {
      const database = name?.startsWith(pouchPrefix + prefix) ? name.slice(pouchPrefix.length) : undefined
      if (database && !named.has(database)) await new PouchDB(database, { adapter: 'idb' }).destroy()
    }
  }
}

const documentOf = (row: Row): [string, StoredDocument][] => (row.doc && !row.value?.deleted ? [[row.id, row.doc]] : [])
