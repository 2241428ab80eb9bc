import { isRecordType, recordTypes, type AnyRecord, type RecordType } from '../../../../shared/council/records/index.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import { documentToRecord } from '../../../../shared/packs/index.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { byKnowledge } from '../../../../shared/rules/audience.ts'
import { mergeRecords } from '../../../../shared/sync/merge.ts'
import type { Entry, Selection } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'
import type { Running } from '../store/running.ts'
import { canHoldId, canReach, holdsNewer } from './reaching.ts'
import { byWinner } from './reading.ts'
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
 * All records that this device knows, by type. In memory are those that a selection could reach so far, and of the
 * running term those that changed since its texts were written. Of several audiences that hold a record the one that
 * knows most is shown; what is saved here covers it.
 */
export class Catalogue {
  #from: CatalogueSources
  #shelves = new Map<RecordType, Promise<Shelf>>()
  /** The last of the callers that read segments. */
  #reading = new WeakMap<Shelf, Promise<void>>()
  /** One batch of written documents is taken in after the other. */
  #turn: Promise<void> = Promise.resolve()
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
  async running(type: RecordType): Promise<ReadonlyMap<string, Entry>> {
    const shelf = await this.#shelf(type)
    await this.#read(shelf, ({ part }) => part === 'running')
    return shelf.entries
  }

  /** What a selection shows, in its order. */
  async select(selection: Selection): Promise<Entry[]> {
    const { type, ids, newest } = selection
    const shelf = await this.#shelf(type)
    for (;;) {
      const found = selectEntries(shelf.entries, selection)
      const last = found.length === newest?.limit ? found.at(-1) : undefined
      const reached = shelf.unread.filter(
        (unread) => canReach(unread.segment.bounds, selection, last) && (!ids || shelf.canAlter(unread, ids)),
      )
      if (reached.length === 0) return found
      // What can hold the newest is read alone: mostly nothing older is wanted then.
      const wanted = newest ? [newestOf(reached, newest.field)] : reached
      await this.#read(shelf, (unread) => wanted.includes(unread))
    }
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

  /** Documents of a copy are others now; settles when they are shown. */
  noteWritten(open: OpenCopy, ids: readonly string[]): Promise<void> {
    // A first contact is shown when it is complete: reading along would double its work.
    if (open.copy.seq === undefined) return Promise.resolve()
    this.#turn = this.#turn.then(() => this.#takeIn(open, ids)).catch((fault: unknown) => this.onFault(fault))
    return this.#turn
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
    await this.#read(shelf, ({ segment }) => canHoldId(segment.bounds, id))
    return shelf
  }

  async #load(type: RecordType): Promise<Shelf> {
    const { databases, running, packs, overlay } = this.#from
    const shelf = new Shelf((id) => overlay.entry(id))
    const copies = databases.open.toSorted((a, b) => byKnowledge(a.copy.audience, b.copy.audience))
    const read = await Promise.all(
      copies.map(async (open) => {
        const [{ documents, segments }, packed] = await Promise.all([
          running.look(open, type),
          packs.segments(open, type),
        ])
        return { open, records: await this.#toRecords(open, documents), unread: { running: segments, packed } }
      }),
    )
    for (const { open, records, unread } of read) shelf.add(open, records, unread)
    for (const { records } of read) for (const id of records.keys()) if (!shelf.entries.has(id)) shelf.place(id)
    for (const id of overlay.ids()) if (typeOfId(id) === type) shelf.place(id)
    await this.#read(shelf, (unread) => shelf.canAlter(unread, shelf.entries.keys()))
    return shelf
  }

  /** Reads what is wanted and unread, one caller after the other. */
  #read(shelf: Shelf, isWanted: (unread: Unread) => boolean): Promise<void> {
    const turn = (this.#reading.get(shelf) ?? Promise.resolve()).then(async () => {
      const due = shelf.due(isWanted)
      const read = await Promise.all(due.map((unread) => this.#documentsOf(unread)))
      due.forEach((unread, place) =>
        shelf.addRead(
          unread,
          read[place]!.flatMap((document) => documentToRecord(document) ?? []),
        ),
      )
    })
    this.#reading.set(
      shelf,
      turn.catch(() => {}),
    )
    return turn
  }

  #documentsOf({ open, part, segment }: Unread): Promise<StoredDocument[]> {
    return this.#from[part === 'running' ? 'running' : 'packs'].read(open, segment)
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

  async #takeIn(open: OpenCopy, ids: readonly string[]): Promise<void> {
    for (const [type, changed] of byType(ids)) await this.#refresh(open, type, changed)
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
    await this.#read(shelf, (unread) => shelf.canAlter(unread, ids))
    this.#show(type, shelf, ids)
  }

  #show(type: RecordType, shelf: Shelf, ids: ReadonlySet<string>): void {
    for (const id of ids) shelf.place(id)
    for (const listener of this.#listeners) listener(type, ids)
  }
}

const newestOf = (unread: readonly Unread[], field: string): Unread =>
  unread.reduce((first, next) => (holdsNewer(next.segment.bounds, first.segment.bounds, field) ? next : first))

function byType(ids: Iterable<string>): Map<RecordType, Set<string>> {
  const types = new Map<RecordType, Set<string>>()
  for (const id of ids) {
    const type = typeOfId(id)
    if (isRecordType(type)) types.set(type, (types.get(type) ?? new Set()).add(id))
  }
  return types
}
