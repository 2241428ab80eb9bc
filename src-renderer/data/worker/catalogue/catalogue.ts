import { isRecordType, recordTypes, type AnyRecord, type RecordType } from '../../../../shared/oparl/index.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { byKnowledge } from '../../../../shared/rules/audience.ts'
import { mergeRecords } from '../../../../shared/sync/merge.ts'
import type { Entry, Selection } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import type { Running } from '../store/running.ts'
import { canHoldId, canReach } from './reaching.ts'
import { byWinner, documentToRecord } from './reading.ts'
import { selectEntries } from './selecting.ts'
import { Shelf, type Unread } from './shelf.ts'

/** What is saved here and not yet received by the hub. */
export interface Overlay {
  /** The state of a record as saved here, with its copy's audience. */
  entry(id: string): Entry | undefined
  ids(): Iterable<string>
}

interface CatalogueSources {
  readonly databases: Databases
  readonly running: Running
  readonly packs: Packs
  readonly overlay: Overlay
}

/**
 * All records that this device knows, by type. In memory are those of the running term as soon as somebody asks for the
 * type, those of closed terms when a selection can reach them. Of several audiences that hold a record the one that
 * knows most is shown; what is saved here covers it.
 */
export class Catalogue {
  #from: CatalogueSources
  #shelves = new Map<RecordType, Promise<Shelf>>()
  /** The last of the callers that read packs. */
  #reading = new WeakMap<Shelf, Promise<void>>()
  #dirty = new Map<OpenCopy, Set<string>>()
  #pumping = false
  #listeners = new Set<(type: RecordType, ids: ReadonlySet<string> | 'all') => void>()
  /** Where a record could not be read: reaches the one place that logs. */
  onFault: (fault: unknown) => void = () => {}

  constructor(from: CatalogueSources) {
    this.#from = from
  }

  onChange(listener: (type: RecordType, ids: ReadonlySet<string> | 'all') => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** All entries of the running term, and those of closed terms that somebody asked for. */
  running = async (type: RecordType): Promise<ReadonlyMap<string, Entry>> => (await this.#shelf(type)).entries

  /** What a selection shows, in its order. */
  async select(selection: Selection): Promise<Entry[]> {
    const shelf = await this.#shelf(selection.type)
    let found = selectEntries(shelf.entries, selection)
    const last = found.length === selection.newest?.limit ? found.at(-1) : undefined
    const isWanted = (unread: Unread): boolean =>
      canReach(unread.segment.bounds, selection, last) && (!selection.ids || shelf.canAlter(unread, selection.ids))
    if (await this.#readPacks(shelf, isWanted)) found = selectEntries(shelf.entries, selection)
    return found
  }

  async find(id: string): Promise<Entry | undefined> {
    return (await this.#shelfWith(id))?.entries.get(id)
  }

  /** A record as a pack of the copy holds it. */
  async packed(open: OpenCopy, id: string): Promise<AnyRecord | undefined> {
    return (await this.#shelfWith(id))?.racks.get(open)?.packed.get(id)
  }

  /** Copies that hold a record, the one that knows least first. */
  async holders(id: string): Promise<OpenCopy[]> {
    const racks = [...((await this.#shelfWith(id))?.racks ?? [])]
    return racks.flatMap(([open, { running, packed }]) => (running.has(id) || packed.has(id) ? [open] : [])).reverse()
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

  #shelf(type: RecordType): Promise<Shelf> {
    const shelf = this.#shelves.get(type) ?? this.#load(type)
    this.#shelves.set(type, shelf)
    return shelf
  }

  /** The shelf with everything on it that this device holds of a record. */
  async #shelfWith(id: string): Promise<Shelf | undefined> {
    const type = typeOfId(id)
    if (!isRecordType(type)) return undefined
    const shelf = await this.#shelf(type)
    await this.#readPacks(shelf, ({ segment }) => canHoldId(segment.bounds, id))
    return shelf
  }

  async #load(type: RecordType): Promise<Shelf> {
    const { databases, running, packs, overlay } = this.#from
    const shelf = new Shelf((id) => overlay.entry(id))
    const copies = databases.open.toSorted((a, b) => byKnowledge(a.copy.audience, b.copy.audience))
    const read = await Promise.all(
      copies.map(async (open) => ({
        open,
        records: await this.#toRecords(open, await running.readType(open, type)),
        segments: await packs.segments(open, type),
      })),
    )
    for (const { open, records, segments } of read) shelf.add(open, records, segments)
    for (const { records } of read) for (const id of records.keys()) if (!shelf.entries.has(id)) shelf.place(id)
    for (const id of overlay.ids()) if (typeOfId(id) === type) shelf.place(id)
    await this.#readPacks(shelf, (unread) => shelf.canAlter(unread, shelf.entries.keys()))
    return shelf
  }

  /** Reads what is wanted of closed terms, one caller after the other; returns whether there was any. */
  #readPacks(shelf: Shelf, isWanted: (unread: Unread) => boolean): Promise<boolean> {
    const turn = (this.#reading.get(shelf) ?? Promise.resolve()).then(async () => {
      const due = shelf.due(isWanted)
      for (const unread of due) {
        const documents = await this.#from.packs.read(unread.open, unread.segment)
        shelf.addPacked(
          unread,
          documents.flatMap((document) => documentToRecord(document) ?? []),
        )
      }
      return due.length > 0
    })
    this.#reading.set(
      shelf,
      turn.then(
        () => {},
        () => {},
      ),
    )
    return turn
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
    const rack = shelf?.racks.get(open)
    if (!shelf || !rack) return
    const read = await this.#toRecords(open, await this.#from.databases.read(open, [...ids]))
    for (const id of ids) {
      const record = read.get(id)
      if (record) rack.running.set(id, record)
      else for (const records of [rack.running, rack.packed]) records.delete(id)
    }
    await this.#readPacks(shelf, (unread) => shelf.canAlter(unread, ids))
    this.#show(type, shelf, ids)
  }

  #show(type: RecordType, shelf: Shelf, ids: ReadonlySet<string>): void {
    for (const id of ids) shelf.place(id)
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
