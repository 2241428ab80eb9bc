import { isRecordType, recordTypes, type AnyRecord, type RecordType } from '../../../../shared/oparl/index.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { byKnowledge } from '../../../../shared/rules/audience.ts'
import { mergeRecords } from '../../../../shared/sync/merge.ts'
import type { Entry } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import { byWinner, documentToRecord } from './reading.ts'

/** What is saved here and not yet received by the hub. */
export interface Overlay {
  /** The state of a record as saved here, with its copy's audience. */
  entry(id: string): Entry | undefined
  ids(): Iterable<string>
}

/** Records of one type, of all audiences. */
interface Shelf {
  /** By copy, in the order of the copies. */
  readonly copies: Map<OpenCopy, Map<string, AnyRecord>>
  readonly packed: Map<OpenCopy, Map<string, AnyRecord>>
  packsRead: boolean
  readonly entries: Map<string, Entry>
}

/**
 * All records that this device knows, by type, in memory as soon as somebody asks for the type. Of several audiences
 * that hold a record the one that knows most is shown; what is saved here covers it.
 */
export class Catalogue {
  #databases: Databases
  #packs: Packs
  #overlay: Overlay
  #shelves = new Map<RecordType, Promise<Shelf>>()
  #dirty = new Map<OpenCopy, Set<string>>()
  #pumping = false
  #listeners = new Set<(type: RecordType, ids: ReadonlySet<string> | 'all') => void>()
  /** Where a record could not be read: reaches the one place that logs. */
  onFault: (fault: unknown) => void = () => {}

  constructor(databases: Databases, packs: Packs, overlay: Overlay) {
    this.#databases = databases
    this.#packs = packs
    this.#overlay = overlay
  }

  onChange(listener: (type: RecordType, ids: ReadonlySet<string> | 'all') => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** All entries of a type; `running`: without those of closed terms. */
  async entries(type: RecordType, extent: 'all' | 'running' = 'all'): Promise<ReadonlyMap<string, Entry>> {
    let shelf = this.#shelves.get(type)
    if (!shelf) this.#shelves.set(type, (shelf = this.#load(type)))
    const loaded = await shelf
    if (extent === 'all' && !loaded.packsRead) await this.#readPacks(type, loaded)
    return loaded.entries
  }

  async find(id: string): Promise<Entry | undefined> {
    const type = typeOfId(id)
    return isRecordType(type) ? (await this.entries(type)).get(id) : undefined
  }

  /** A record as a pack of the copy holds it. */
  async packed(open: OpenCopy, id: string): Promise<AnyRecord | undefined> {
    const type = typeOfId(id)
    if (!isRecordType(type)) return undefined
    await this.entries(type)
    return (await this.#shelves.get(type))?.packed.get(open)?.get(id)
  }

  /** Copies that hold a record, the one that knows least first. */
  async holders(id: string): Promise<OpenCopy[]> {
    const type = typeOfId(id)
    if (!isRecordType(type)) return []
    await this.entries(type)
    const shelf = await this.#shelves.get(type)
    if (!shelf) return []
    const holds = (open: OpenCopy): boolean =>
      (shelf.copies.get(open)?.has(id) ?? false) || (shelf.packed.get(open)?.has(id) ?? false)
    return [...shelf.copies.keys()].filter(holds).reverse()
  }

  /** Documents of a copy are others now. */
  noteWritten(open: OpenCopy, ids: readonly string[]): void {
    // A first contact is shown when it is complete: reading along would double its work.
    if (open.copy.seq === undefined) return
    const dirty = this.#dirty.get(open) ?? new Set()
    for (const id of ids) dirty.add(id)
    this.#dirty.set(open, dirty)
    if (!this.#pumping) void this.#pump()
  }

  /** What is saved here of these records is another now. */
  async noteSaved(ids: readonly string[]): Promise<void> {
    for (const [type, changed] of byType(ids)) {
      const shelf = await this.#shelves.get(type)
      if (shelf) this.#show(type, shelf, changed)
    }
  }

  /** Copies came or went: forgets everything, and lets those who read ask again. */
  reset(): void {
    this.#shelves.clear()
    this.#dirty.clear()
    for (const type of recordTypes) for (const listener of this.#listeners) listener(type, 'all')
  }

  async #load(type: RecordType): Promise<Shelf> {
    const shelf: Shelf = { copies: new Map(), packed: new Map(), packsRead: false, entries: new Map() }
    const copies = this.#databases.open.toSorted((a, b) => byKnowledge(a.copy.audience, b.copy.audience))
    const read = await Promise.all(copies.map((open) => this.#databases.readType(open, type)))
    for (const [place, open] of copies.entries())
      shelf.copies.set(open, await this.#toRecords(open, read[place] ?? new Map<string, StoredDocument>()))
    for (const records of shelf.copies.values())
      for (const id of records.keys()) if (!shelf.entries.has(id)) this.#place(shelf, id)
    for (const id of this.#overlay.ids()) if (typeOfId(id) === type) this.#place(shelf, id)
    return shelf
  }

  async #readPacks(type: RecordType, shelf: Shelf): Promise<void> {
    for (const open of shelf.copies.keys())
      shelf.packed.set(open, await this.#toRecords(open, await this.#packs.readType(open, type)))
    shelf.packsRead = true
    for (const records of shelf.packed.values()) for (const id of records.keys()) this.#place(shelf, id)
  }

  async #toRecords(open: OpenCopy, documents: Map<string, StoredDocument>): Promise<Map<string, AnyRecord>> {
    const records = new Map<string, AnyRecord>()
    for (const [id, document] of documents) {
      const record = documentToRecord(document._conflicts ? await this.#merged(open, document) : document)
      if (record) records.set(id, record)
    }
    return records
  }

  /** Concurrent revisions are shown merged, also before somebody who may wrote the merge. */
  async #merged(open: OpenCopy, document: StoredDocument): Promise<Record<string, unknown>> {
    const found = await open.database.get(document._id, { open_revs: 'all' })
    const leaves = byWinner(found.flatMap((leaf) => ('ok' in leaf ? leaf.ok : [])))
    return { ...mergeRecords(undefined, leaves), _rev: document._rev }
  }

  #place(shelf: Shelf, id: string): void {
    const saved = this.#overlay.entry(id)
    if (saved) {
      shelf.entries.set(id, saved)
      return
    }
    for (const [open, records] of shelf.copies) {
      const record = records.get(id) ?? shelf.packed.get(open)?.get(id)
      if (record) {
        shelf.entries.set(id, { record, audience: open.copy.audience, pending: false })
        return
      }
    }
    shelf.entries.delete(id)
  }

  async #pump(): Promise<void> {
    this.#pumping = true
    try {
      while (this.#dirty.size > 0) {
        const [[open, ids]] = this.#dirty as unknown as [[OpenCopy, Set<string>]]
        this.#dirty.delete(open)
        for (const [type, changed] of byType(ids)) await this.#refresh(open, type, changed)
      }
    } catch (fault) {
      this.onFault(fault)
    } finally {
      this.#pumping = false
    }
  }

  async #refresh(open: OpenCopy, type: RecordType, ids: ReadonlySet<string>): Promise<void> {
    const shelf = await this.#shelves.get(type)
    const records = shelf?.copies.get(open)
    if (!shelf || !records) return
    const read = await this.#toRecords(open, await this.#databases.read(open, [...ids]))
    for (const id of ids) {
      const record = read.get(id)
      if (record) records.set(id, record)
      else {
        records.delete(id)
        shelf.packed.get(open)?.delete(id)
      }
    }
    this.#show(type, shelf, ids)
  }

  #show(type: RecordType, shelf: Shelf, ids: ReadonlySet<string>): void {
    for (const id of ids) this.#place(shelf, id)
    for (const listener of this.#listeners) listener(type, ids)
  }
}

function byType(ids: Iterable<string>): Map<RecordType, Set<string>> {
  const types = new Map<RecordType, Set<string>>()
  for (const id of ids) {
    const type = typeOfId(id)
    if (isRecordType(type)) types.set(type, (types.get(type) ?? new Set()).add(id))
  }
  return types
}
