import { ulid } from 'ulid'
import { recordTypes } from '../../../../shared/council/records/index.ts'
import { typeOfId } from '../../../../shared/oparl/record.ts'
import { boundsOf } from '../../../../shared/packs/index.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Databases, OpenCopy } from './databases.ts'
import { runningKeys, writeSegments, type DeviceStore, type RunningRow, type SegmentRow } from './device-store.ts'
import { sealText, unsealText } from './sealing.ts'
import type { Segment } from './segment.ts'

/** How segments are written; those of another version are not read. */
const version = 2
/** Documents of one segment: what a first screen shows lies in one or two of them. */
const segmentSize = 500
/** Documents that a start may read one by one. */
const mostChanged = 200

/** Segments of a copy, and what changed since they were written. */
interface Kept {
  readonly row: RunningRow
  readonly segments: readonly Segment[]
  readonly changed: ReadonlySet<string>
}

/** What a copy's database holds of a type. */
export interface Holding {
  readonly documents: Map<string, StoredDocument>
  /** Where the others lie, unread. */
  readonly segments: readonly Segment[]
}

/**
 * The running term of each copy as sealed texts, in the order of ids: reading and unsealing ten thousand documents one
 * by one takes a second, and a start needs few of them. The database stays the only truth. A start asks it what changed
 * since the texts were written; texts that are missing, damaged or of another database are not used.
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

  /** What a copy holds of a type; documents that changed since their segments were written are read. */
  async look(open: OpenCopy, type: string): Promise<Holding> {
    const fresh = open.copy.seq === undefined ? undefined : open.fresh.take(type)
    if (fresh) return { documents: fresh, segments: [] }
    const kept = await this.#find(open)
    if (!kept) return { documents: await this.#databases.readType(open, type), segments: [] }
    const changed = [...new Set([...kept.changed, ...open.written])].filter((id) => typeOfId(id) === type)
    const documents = await this.#databases.read(open, changed)
    return { documents, segments: kept.segments.filter((segment) => segment.type === type) }
  }

  /** Documents of a segment without those that changed since it was written: whoever looked has them. */
  async read(open: OpenCopy, segment: Segment): Promise<StoredDocument[]> {
    const kept = await this.#find(open)
    const documents = (await this.#textOf(open, segment, kept)) ?? (await this.#stored(open, segment))
    return documents.filter(({ _id }) => !kept?.changed.has(_id) && !open.written.has(_id))
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
    const kept = this.#kept.get(open) ?? this.#readHeads(open)
    this.#kept.set(open, kept)
    return kept
  }

  async #readHeads(open: OpenCopy): Promise<Kept | undefined> {
    const row = await this.#store.get('running', open.copy.key)
    if (row?.version !== version || row.database !== open.copy.database) return undefined
    const { results, last_seq } = await open.database.changes({ since: row.seq })
    // A power cut may have taken documents that the segments still have.
    if (Number(last_seq) < Number(row.seq)) return undefined
    try {
      const segments = JSON.parse(await unsealText(open.key, row.key, row.heads)) as Segment[]
      return { row, segments, changed: new Set([...row.unsettled, ...results.map(({ id }) => id)]) }
    } catch {
      return undefined
    }
  }

  /** Undefined when the text is damaged or was written anew since: the database has it all. */
  async #textOf(open: OpenCopy, segment: Segment, kept: Kept | undefined): Promise<StoredDocument[] | undefined> {
    if (!kept?.segments.includes(segment)) return undefined
    const { key } = segment
    try {
      const row = await this.#store.get('segments', key)
      if (row) return JSON.parse(await unsealText(open.key, key, row.text)) as StoredDocument[]
    } catch {
      // As when it is missing.
    }
    if ((await this.#kept.get(open)) === kept) this.#kept.set(open, Promise.resolve(undefined))
    return undefined
  }

  async #stored(open: OpenCopy, { type, bounds }: Segment): Promise<StoredDocument[]> {
    const ids = bounds.fields['_id']
    const documents = ids ? await this.#databases.readRange(open, ...ids) : await this.#databases.readType(open, type)
    return [...documents.values()]
  }

  async #keep(open: OpenCopy): Promise<void> {
    // Taken at once, as whoever reads first takes them away.
    const written = open.written.size
    const fresh = new Map(recordTypes.map((type) => [type, open.fresh.peek(type)]))
    const { update_seq } = await open.database.info()
    // What is written from here on is told as a change; what came since the first line may be in neither.
    const unsettled = new Set([...open.written].slice(written))
    const batch = ulid()
    const segments: Segment[] = []
    const rows: SegmentRow[] = []
    for (const type of recordTypes) {
      const documents = [...(fresh.get(type)?.values() ?? (await this.#all(open, type)))]
      for (const { _id, _conflicts } of documents) if (_conflicts) unsettled.add(_id)
      const settled = documents.filter(({ _id }) => !unsettled.has(_id)).sort((a, b) => (a._id < b._id ? -1 : 1))
      for (let start = 0; start < settled.length; start += segmentSize) {
        const part = settled.slice(start, start + segmentSize).map(({ _revisions, ...document }) => document)
        const key = `${runningKeys(open.copy.key)}${type}/${batch}/${start}`
        segments.push({ key, type, bounds: boundsOf(type, part) })
        rows.push({ key, copy: open.copy.key, text: await sealText(open.key, key, JSON.stringify(part)) })
      }
    }
    const { key, database } = open.copy
    const heads = await sealText(open.key, key, JSON.stringify(segments))
    const row = { ...{ key, copy: key, database, version, heads }, ...{ seq: update_seq, unsettled: [...unsettled] } }
    await writeSegments(this.#store, open.copy, { running: row }, rows)
    this.#kept.set(open, Promise.resolve({ row, segments, changed: unsettled }))
    this.#writtenBefore.set(open, written)
  }

  async #all(open: OpenCopy, type: string): Promise<StoredDocument[]> {
    const { documents, segments } = await this.look(open, type)
    const read = await Promise.all(segments.map((segment) => this.read(open, segment)))
    return [...documents.values(), ...read.flat()]
  }
}
