import { progressId, readMeetingProgress, type MeetingProgress } from '../../../shared/council/meeting-progress.ts'
import {
  definitions,
  isRecordType,
  readRecord,
  type AnyRecord,
  type RecordOf,
  type RecordType,
} from '../../../shared/council/records/index.ts'
import { referencesIn, typeOfId } from '../../../shared/oparl/record.ts'
import type { AudienceStore, DocumentStore, Seq, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { PublicCatalogue, Tombstone } from '../public-catalogue.ts'

const readAtOnce = 1000

export interface RunningCatalogue {
  readonly catalogue: PublicCatalogue
  /** Settles when the catalogue holds everything that `public` held at the call. */
  caughtUp(): Promise<void>
  stop(): Promise<void>
}

/** Reads `public` and follows its change feed; settles when the catalogue is complete. */
export async function startCatalogue({ store }: { readonly store: DocumentStore }): Promise<RunningCatalogue> {
  const source = await store.open('public')
  const catalogue = new Catalogue()
  let seq: Seq = 0
  let running = Promise.resolve()
  const catchUp = (): Promise<void> => {
    const run = running.then(async () => {
      seq = await catalogue.follow(source, seq)
    })
    running = run.catch(() => undefined)
    return run
  }
  const unfollow = source.onChange(() => void catchUp().catch(() => undefined))
  await catchUp()
  return {
    catalogue,
    caughtUp: catchUp,
    async stop() {
      unfollow()
      await running
    },
  }
}

class Catalogue implements PublicCatalogue {
  version = 0
  readonly #records = new Map<string, AnyRecord>()
  readonly #tombstones = new Map<string, Tombstone>()
  readonly #naming = new Map<string, Set<string>>()
  readonly #sorted = new Map<string, readonly unknown[]>()
  readonly #progress = new Map<string, MeetingProgress>()
  readonly #watching = new Map<string, Set<() => void>>()

  get<Type extends RecordType>(type: Type, id: string | undefined): RecordOf[Type] | undefined {
    const record = id === undefined ? undefined : this.#records.get(id)
    return record?.type === type ? (record as RecordOf[Type]) : undefined
  }

  tombstone(id: string): Tombstone | undefined {
    return this.#tombstones.get(id)
  }

  all<Type extends RecordType>(type: Type): readonly RecordOf[Type][] {
    return this.#remember(type, () => sortedOfType(this.#records.values(), type) as RecordOf[Type][])
  }

  tombstones<Type extends RecordType>(type: Type): readonly Tombstone<Type>[] {
    return this.#remember(`${type} deleted`, () => sortedOfType(this.#tombstones.values(), type) as Tombstone<Type>[])
  }

  naming<Type extends RecordType>(type: Type, id: string): readonly RecordOf[Type][] {
    const records = [...(this.#naming.get(id) ?? [])].map((name) => this.#records.get(name))
    return sortedOfType(
      records.filter((record) => record !== undefined),
      type,
    ) as RecordOf[Type][]
  }

  progress(meeting: string): MeetingProgress | undefined {
    return this.#progress.get(progressId(meeting))
  }

  onProgress(meeting: string, listener: () => void): () => void {
    const id = progressId(meeting)
    const listeners = this.#watching.get(id) ?? new Set()
    this.#watching.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#watching.delete(id)
    }
  }

  /** Takes in everything after a place in the feed; returns the place that was reached. */
  async follow(source: AudienceStore, since: Seq): Promise<Seq> {
    for (let seq = since; ;) {
      const { rows, lastSeq } = await source.changes({ since: seq, limit: readAtOnce, includeDocs: true })
      for (const { id, doc } of rows) this.#take(id, doc)
      if (rows.length > 0) {
        this.version += 1
        this.#sorted.clear()
      }
      seq = lastSeq
      if (rows.length < readAtOnce) return seq
    }
  }

  #takeProgress(id: string, document: StoredDocument | undefined): void {
    const progress = document && !document._deleted ? readMeetingProgress(document) : undefined
    if (progress) this.#progress.set(id, progress)
    else this.#progress.delete(id)
    for (const listener of [...(this.#watching.get(id) ?? [])]) listener()
  }

  #take(id: string, document: StoredDocument | undefined): void {
    if (typeOfId(id) === 'progress') return this.#takeProgress(id, document)
    const before = this.#records.get(id)
    if (before) for (const name of namesIn(before)) this.#naming.get(name)?.delete(id)
    this.#records.delete(id)
    this.#tombstones.delete(id)
    const type = typeOfId(id)
    if (!document || document._deleted || !isRecordType(type)) return
    const { _rev: _, ...fields } = document
    if (document['deleted'] === true) {
      const { created, modified } = document
      if (typeof created === 'string' && typeof modified === 'string')
        this.#tombstones.set(id, { _id: id, type, created, modified })
      return
    }
    const outcome = readRecord(fields)
    if (outcome.ok) this.#add(outcome.value)
  }

  #add(record: AnyRecord): void {
    this.#records.set(record._id, record)
    for (const name of namesIn(record)) {
      const naming = this.#naming.get(name)
      if (naming) naming.add(record._id)
      else this.#naming.set(name, new Set([record._id]))
    }
  }

  #remember<Value>(key: string, make: () => readonly Value[]): readonly Value[] {
    const known = this.#sorted.get(key) as readonly Value[] | undefined
    if (known) return known
    const made = make()
    this.#sorted.set(key, made)
    return made
  }
}

const namesIn = (record: AnyRecord): string[] =>
  Object.keys(definitions[record.type].references).flatMap((field) =>
    referencesIn(record as unknown as Readonly<Record<string, unknown>>, field),
  )

const sortedOfType = <Entry extends { _id: string; type: RecordType }>(
  entries: Iterable<Entry>,
  type: RecordType,
): Entry[] => [...entries].filter((entry) => entry.type === type).sort((a, b) => (a._id < b._id ? -1 : 1))
