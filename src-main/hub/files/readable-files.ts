import type { AudienceStore, DocumentStore, Seq, StoredDocument } from '../../../shared/ports/document-store.ts'
import { canRead, type Principal } from '../../../shared/rules/access.ts'
import { partsOf, type Audience, type AudienceKind } from '../../../shared/rules/audience.ts'

/** How a record that the asking one may read speaks of a file. */
export interface ReadableFile {
  readonly fileName: string
  readonly mimeType: string
  /** Everybody may read it. */
  readonly isPublic: boolean
}

/**
 * Audiences whose records open a file. In `user-*` and `faction-*` members write what they like: a record there that
 * names a digest would open what its author may not read.
 */
const trusted: readonly AudienceKind[] = ['public', 'org', 'circle', 'office']

const pageSize = 1000

interface FileRecord {
  readonly sha512: string
  readonly fileName: string
  readonly mimeType: string
}

/** Which file each audience's records name, brought up to date with the audience's feed whenever somebody asks. */
class AudienceIndex {
  readonly #store: AudienceStore
  readonly #records = new Map<string, FileRecord>()
  readonly #byDigest = new Map<string, Set<string>>()
  #since: Seq | undefined
  #catchingUp: Promise<void> | undefined

  constructor(store: AudienceStore) {
    this.#store = store
  }

  async find(sha512: string): Promise<FileRecord | undefined> {
    // One reader of the feed at a time; whoever comes meanwhile must see writes of before its own question, so it
    // starts another round after the running one.
    await this.#catchingUp
    this.#catchingUp ??= this.#catchUp().finally(() => (this.#catchingUp = undefined))
    await this.#catchingUp
    const [id] = this.#byDigest.get(sha512) ?? []
    return id === undefined ? undefined : this.#records.get(id)
  }

  async #catchUp(): Promise<void> {
    if (this.#since === undefined) await this.#readAll()
    for (;;) {
      const { rows, lastSeq, pending } = await this.#store.changes({
        since: this.#since ?? 0,
        limit: pageSize,
        includeDocs: true,
      })
      for (const row of rows) if (row.id.startsWith('file:')) this.#note(row.id, row.deleted ? undefined : row.doc)
      this.#since = lastSeq
      if (pending === 0 || rows.length === 0) return
    }
  }

  /** The place in the feed is taken first: what is written while this reads comes again with the feed. */
  async #readAll(): Promise<void> {
    const { updateSeq } = await this.#store.info()
    let startKey = 'file:'
    for (let skip = 0; ; skip = 1) {
      const { rows } = await this.#store.list({
        startKey,
        endKey: 'file:\uffff',
        skip,
        limit: pageSize,
        includeDocs: true,
      })
      for (const row of rows) this.#note(row.id, row.doc)
      const last = rows.at(-1)
      if (!last) break
      startKey = last.id
    }
    this.#since = updateSeq
  }

  #note(id: string, document: StoredDocument | undefined): void {
    const before = this.#records.get(id)
    if (before) {
      const ids = this.#byDigest.get(before.sha512)
      ids?.delete(id)
      if (ids?.size === 0) this.#byDigest.delete(before.sha512)
      this.#records.delete(id)
    }
    if (!document) return
    const { sha512, fileName, mimeType, deleted } = document
    if (deleted || typeof sha512 !== 'string' || typeof fileName !== 'string' || typeof mimeType !== 'string') return
    this.#records.set(id, { sha512, fileName, mimeType })
    this.#byDigest.set(sha512, (this.#byDigest.get(sha512) ?? new Set()).add(id))
  }
}

/** Answers who may read which file: whoever can read a `file:` record that names its digest. */
export class ReadableFiles {
  readonly #store: DocumentStore
  /** By the opened audience, so that one that was removed and made anew starts with an empty index. */
  readonly #indexes = new WeakMap<AudienceStore, AudienceIndex>()

  constructor(store: DocumentStore) {
    this.#store = store
  }

  /** How a readable record speaks of the file; undefined when the principal may not read it, or there is none. */
  async find(principal: Principal, sha512: string): Promise<ReadableFile | undefined> {
    const audiences = (await this.#store.audiences()).filter(
      (audience) => trusted.includes(partsOf(audience).kind) && canRead(principal, audience),
    )
    const found = await Promise.all(audiences.map(async (audience) => this.#findIn(audience, sha512)))
    const inPublic = found[audiences.indexOf('public')]
    const record = inPublic ?? found.find((candidate) => candidate !== undefined)
    return record && { fileName: record.fileName, mimeType: record.mimeType, isPublic: inPublic !== undefined }
  }

  async #findIn(audience: Audience, sha512: string): Promise<FileRecord | undefined> {
    const store = await this.#store.open(audience)
    let index = this.#indexes.get(store)
    if (!index) this.#indexes.set(store, (index = new AudienceIndex(store)))
    return index.find(sha512)
  }
}
