import { recordTypes } from '../../../../shared/oparl/index.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Databases, OpenCopy } from './databases.ts'
import { writeSegments, type DeviceStore, type RunningRow } from './device-store.ts'
import { sealText, unsealText } from './sealing.ts'

/** How segments are written; those of another version are not read. */
const version = 1
/** Documents that a start may read one by one. */
const mostChanged = 200

/** Segments of a copy, and what changed since they were written. */
interface Kept {
  readonly row: RunningRow
  readonly changed: ReadonlySet<string>
}

/**
 * The running term of each copy as one sealed text per type: reading and unsealing ten thousand documents one by one
 * takes a second. The database stays the only truth. A start asks it what changed since the texts were written; texts
 * that are missing, damaged or of another database are not used.
 */
export class Running {
  #store: DeviceStore
  #databases: Databases
  #kept = new WeakMap<OpenCopy, Promise<Kept | undefined>>()
  /** How many documents had been written since the start when a copy's segments were. */
  #writtenBefore = new WeakMap<OpenCopy, number>()

  #tidying: Promise<void> | undefined

  constructor(store: DeviceStore, databases: Databases) {
    this.#store = store
    this.#databases = databases
  }

  /** All documents of a type that the copy's database holds. */
  async readType(open: OpenCopy, type: string): Promise<Map<string, StoredDocument>> {
    const fresh = open.copy.seq === undefined ? undefined : open.fresh.take(type)
    return fresh ?? (await this.#fromSegment(open, type)) ?? this.#databases.readType(open, type)
  }

  /** Writes the segments of complete copies that have none, or of which too much has changed since. */
  tidy(): Promise<void> {
    this.#tidying ??= this.#tidy().finally(() => (this.#tidying = undefined))
    return this.#tidying
  }

  async #tidy(): Promise<void> {
    for (const open of this.#databases.open) {
      if (open.copy.seq === undefined) continue
      const kept = await this.#find(open)
      const written = open.written.size - (this.#writtenBefore.get(open) ?? 0)
      if (!kept || kept.changed.size - kept.row.unsettled.length + written > mostChanged) await this.#keep(open)
    }
  }

  #find(open: OpenCopy): Promise<Kept | undefined> {
    const kept = this.#kept.get(open) ?? this.#look(open)
    this.#kept.set(open, kept)
    return kept
  }

  async #look(open: OpenCopy): Promise<Kept | undefined> {
    const row = await this.#store.get('running', open.copy.key)
    if (row?.version !== version || row.database !== open.copy.database) return undefined
    const { results, last_seq } = await open.database.changes({ since: row.seq })
    // A power cut may have taken documents that the segments still have.
    if (Number(last_seq) < Number(row.seq)) return undefined
    return { row, changed: new Set([...row.unsettled, ...results.map(({ id }) => id)]) }
  }

  async #fromSegment(open: OpenCopy, type: string): Promise<Map<string, StoredDocument> | undefined> {
    const kept = await this.#find(open)
    const documents = kept && (await this.#parse(open, type))
    if (!documents) return undefined
    const changed = [...new Set([...kept.changed, ...open.written])].filter((id) => typeOfId(id) === type)
    for (const id of changed) documents.delete(id)
    if (changed.length > 0)
      for (const [id, document] of await this.#databases.read(open, changed)) documents.set(id, document)
    return documents
  }

  /** Undefined when the text is damaged: the database has it all. */
  async #parse(open: OpenCopy, type: string): Promise<Map<string, StoredDocument> | undefined> {
    const key = segmentKey(open, type)
    const segment = await this.#store.get('segments', key)
    if (!segment) return undefined
    try {
      const documents = JSON.parse(await unsealText(open.key, key, segment.text)) as StoredDocument[]
      return new Map(documents.map((document) => [document._id, document]))
    } catch {
      this.#kept.set(open, Promise.resolve(undefined))
      return undefined
    }
  }

  async #keep(open: OpenCopy): Promise<void> {
    // Before anything is read: what is written from now on is told as a change.
    const written = open.written.size
    const { update_seq } = await open.database.info()
    const unsettled: string[] = []
    const segments = []
    for (const type of recordTypes) {
      const documents = open.fresh.peek(type) ?? (await this.#read(open, type))
      const settled = [...documents.values()].filter(({ _id, _conflicts }) => !(_conflicts && unsettled.push(_id)))
      const key = segmentKey(open, type)
      const plain = settled.map(({ _revisions, ...document }) => document)
      segments.push({ key, copy: open.copy.key, text: await sealText(open.key, key, JSON.stringify(plain)) })
    }
    const { key, database } = open.copy
    const row = { ...{ key, copy: key, database, version }, ...{ seq: update_seq, unsettled } }
    await writeSegments(this.#store, open.copy, { running: row }, segments)
    this.#kept.set(open, Promise.resolve({ row, changed: new Set(unsettled) }))
    this.#writtenBefore.set(open, written)
  }

  #read = async (open: OpenCopy, type: string): Promise<Map<string, StoredDocument>> =>
    (await this.#fromSegment(open, type)) ?? this.#databases.readType(open, type)
}

const segmentKey = (open: OpenCopy, type: string): string => `${open.copy.key}/running/${type}`
