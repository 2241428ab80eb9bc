import type {
  AttachmentStub,
  AudienceStore,
  ChangeRow,
  ChangesQuery,
  GetQuery,
  IncomingDocument,
  ListQuery,
  ListRow,
  Seq,
  StoredDocument,
  WriteOutcome,
} from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import {
  ancestryOf,
  conflictsAmong,
  generationOf,
  knowsRevision,
  type Leaf,
  type RevisionTree,
} from '../revision-tree.ts'
import { keepsLeavesOnly } from '../retention.ts'
import { readBytes, type Attachments } from './attachments.ts'
import { AudienceFile, type DocumentRow } from './audience-file.ts'
import { inTransaction } from './database-file.ts'
import { RevisionWriter } from './writer.ts'

/** Milliseconds that removed contents may stay in the log, where no question can reach them. */
const emptyingDelay = 200

const everything = Number.MAX_SAFE_INTEGER

/** One audience in one SQLite file. Reads and writes are synchronous inside: a promise never waits for another. */
export class SqliteAudience implements AudienceStore {
  readonly audience: Audience
  readonly #file: AudienceFile
  readonly #writer: RevisionWriter
  readonly #listeners = new Set<(seq: Seq) => void>()
  #emptying: NodeJS.Timeout | undefined

  constructor(path: string, audience: Audience) {
    this.audience = audience
    this.#file = new AudienceFile(path, audience)
    // A process that was killed may have left removed contents in it.
    this.#file.truncateLog()
    this.#writer = new RevisionWriter(this.#file, keepsLeavesOnly(audience))
  }

  async info(): Promise<{ docCount: number; updateSeq: Seq }> {
    return { docCount: this.#writer.documentCount, updateSeq: this.#writer.seq }
  }

  async get(id: string, query: GetQuery = {}): Promise<StoredDocument | undefined> {
    const row = this.#document(id)
    if (!row || (row.deleted && query.rev === undefined)) return undefined
    return this.#revision(row, query.rev ?? row.winner, query)
  }

  async openRevisions(
    id: string,
    revs: readonly string[] | 'all',
    query: { attachments?: boolean } = {},
  ): Promise<{ found: StoredDocument[]; missing: string[] }> {
    const row = this.#document(id)
    if (!row) return { found: [], missing: revs === 'all' ? [] : [...revs] }
    const found: StoredDocument[] = []
    const missing: string[] = []
    for (const rev of revs === 'all' ? leavesIn(row).map((leaf) => leaf.rev) : revs) {
      const document = this.#revision(row, rev, { ...query, revs: true })
      if (document) found.push(document)
      else missing.push(rev)
    }
    return { found, missing }
  }

  async list(query: ListQuery = {}): Promise<{ rows: ListRow[]; total: number }> {
    const rows = query.keys ? this.#namedRows(query.keys, query) : this.#rangeRows(query)
    return { rows: rows.map((row) => this.#listRow(row, query)), total: this.#writer.documentCount }
  }

  #rangeRows({ startKey, endKey, descending, skip = 0, limit = everything }: ListQuery): DocumentRow[] {
    const [first, last] = descending ? [endKey, startKey] : [startKey, endKey]
    return this.#file.rows<DocumentRow>(
      `SELECT key, id, winner, deleted, leaves FROM document
       WHERE deleted = 0 AND id >= ? ${last === undefined ? '' : 'AND id <= ?'}
       ORDER BY id ${descending ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
      ...[first ?? '', ...(last === undefined ? [] : [last]), limit, skip],
    )
  }

  #namedRows(keys: readonly string[], { descending, skip = 0, limit = everything }: ListQuery): DocumentRow[] {
    const rows = keys.flatMap((id) => this.#document(id) ?? [])
    return (descending ? rows.reverse() : rows).slice(skip, skip + limit)
  }

  #listRow(row: DocumentRow, query: ListQuery): ListRow {
    if (row.deleted) return { id: row.id, rev: row.winner, deleted: true }
    const doc = query.includeDocs
      ? this.#revision(row, row.winner, query.conflicts ? { conflicts: true } : {})
      : undefined
    return { id: row.id, rev: row.winner, ...(doc ? { doc } : {}) }
  }

  async write(documents: readonly IncomingDocument[], options: { newEdits?: boolean } = {}): Promise<WriteOutcome[]> {
    const newEdits = options.newEdits ?? true
    const before = { seq: this.#writer.seq, documentCount: this.#writer.documentCount }
    let outcomes: WriteOutcome[]
    try {
      outcomes = inTransaction(this.#file.database, this.#file.path, () =>
        documents.map((document) => this.#writer.write(document, newEdits)),
      )
    } catch (thrown) {
      Object.assign(this.#writer, before, { removedContents: false })
      throw thrown
    }
    if (this.#writer.removedContents) this.#emptyLogSoon()
    if (this.#writer.seq !== before.seq) this.#announce()
    return newEdits ? outcomes : outcomes.filter((outcome) => !outcome.ok)
  }

  /** Soon and not at once: emptying the log takes longer than the write that somebody waits for. */
  #emptyLogSoon(): void {
    this.#writer.removedContents = false
    this.#emptying ??= setTimeout(() => {
      this.#emptying = undefined
      // A reader in another process, a backup for instance, can hold the log.
      if (!this.#file.truncateLog()) this.#emptyLogSoon()
    }, emptyingDelay)
  }

  /** In a microtask of its own, so that a listener that throws cannot make a durable write look failed. */
  #announce(): void {
    const seq = this.#writer.seq
    for (const listener of this.#listeners) queueMicrotask(() => listener(seq))
  }

  async revsDiff(
    request: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, { missing: string[]; possible_ancestors?: string[] }>> {
    const difference: Record<string, { missing: string[]; possible_ancestors?: string[] }> = {}
    for (const [id, revs] of Object.entries(request)) {
      const row = this.#document(id)
      const tree = row ? treeIn(row) : []
      const missing = revs.filter((rev) => !knowsRevision(tree, rev))
      if (missing.length === 0) continue
      const newest = Math.max(...missing.map(generationOf))
      const ancestors = row ? leavesIn(row).flatMap(({ rev }) => (generationOf(rev) < newest ? [rev] : [])) : []
      difference[id] = ancestors.length > 0 ? { missing, possible_ancestors: ancestors } : { missing }
    }
    return difference
  }

  async changes(query: ChangesQuery = {}): Promise<{ rows: ChangeRow[]; lastSeq: Seq; pending: number }> {
    // As in CouchDB, a descending feed begins at its end whatever `since` says.
    const since = query.descending ? 0 : placeOf(query.since)
    const limit = query.limit ?? everything
    const ids = query.ids ? JSON.stringify(query.ids) : undefined
    const named = ids === undefined ? '' : 'AND id IN (SELECT value FROM json_each(?))'
    const values = ids === undefined ? [] : [ids]
    const rows = this.#file.rows<DocumentRow>(
      `SELECT key, id, seq, winner, deleted, leaves FROM document WHERE seq > ? ${named}
       ORDER BY seq ${query.descending ? 'DESC' : 'ASC'} LIMIT ?`,
      ...[since, ...values, limit],
    )
    const last = rows.at(-1)?.seq
    // A feed that was not cut short has seen everything up to the newest write, named or not.
    const complete = rows.length < limit
    const pending = complete
      ? 0
      : (this.#file.row<{ count: number }>(
          `SELECT count(*) AS count FROM document WHERE seq ${query.descending ? '<' : '>'} ? ${named}`,
          ...[last ?? since, ...values],
        )?.count ?? 0)
    const lastSeq = complete && !query.descending ? this.#writer.seq : (last ?? since)
    return { rows: rows.map((row) => this.#changeRow(row, query)), lastSeq, pending }
  }

  #changeRow(row: DocumentRow, query: ChangesQuery): ChangeRow {
    const changes = query.style === 'all_docs' ? leavesIn(row).map(({ rev }) => ({ rev })) : [{ rev: row.winner }]
    const doc = query.includeDocs ? this.#revision(row, row.winner, {}) : undefined
    return { seq: row.seq, id: row.id, changes, ...(row.deleted ? { deleted: true } : {}), ...(doc ? { doc } : {}) }
  }

  onChange(listener: (seq: Seq) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async attachment(
    id: string,
    name: string,
    rev?: string,
  ): Promise<{ contentType: string; digest: string; bytes: Uint8Array } | undefined> {
    const row = this.#document(id)
    if (!row || (row.deleted && rev === undefined)) return undefined
    const body = this.#body(row.key, rev ?? row.winner)
    const stub = body?._attachments && Object.hasOwn(body._attachments, name) ? body._attachments[name] : undefined
    const bytes = stub && readBytes(this.#file, row.key, stub.digest)
    return bytes && { contentType: stub.content_type, digest: stub.digest, bytes }
  }

  async getLocal(id: string): Promise<Record<string, unknown> | undefined> {
    const row = this.#file.row<{ rev: number; body: string }>('SELECT rev, body FROM local WHERE id = ?', id)
    return row && { ...(JSON.parse(row.body) as object), _id: `_local/${id}`, _rev: `0-${row.rev}` }
  }

  async putLocal(id: string, document: Readonly<Record<string, unknown>>): Promise<{ rev: string }> {
    const body = Object.fromEntries(Object.entries(document).filter(([field]) => !field.startsWith('_')))
    const row = this.#file.row<{ rev: number }>(
      `INSERT INTO local (id, rev, body) VALUES (?, 1, ?)
       ON CONFLICT (id) DO UPDATE SET rev = rev + 1, body = excluded.body RETURNING rev`,
      id,
      JSON.stringify(body),
    )
    return { rev: `0-${row?.rev}` }
  }

  async deleteLocal(id: string): Promise<boolean> {
    return this.#file.run('DELETE FROM local WHERE id = ?', id) > 0
  }

  close(): void {
    this.#listeners.clear()
    clearTimeout(this.#emptying)
    this.#file.truncateLog()
    this.#file.close()
  }

  #document(id: string): DocumentRow | undefined {
    return this.#file.row('SELECT key, id, seq, winner, deleted, leaves, tree FROM document WHERE id = ?', id)
  }

  #body(document: number, rev: string): StoredBody | undefined {
    const row = this.#file.row<{ body: string }>(
      'SELECT body FROM revision WHERE document = ? AND rev = ?',
      document,
      rev,
    )
    return row && (JSON.parse(row.body) as StoredBody)
  }

  #revision(row: DocumentRow, rev: string, query: GetQuery): StoredDocument | undefined {
    const body = this.#body(row.key, rev)
    if (!body) return undefined
    const { _attachments: attachments, ...fields } = body
    const leaves = leavesIn(row)
    const conflicts = query.conflicts ? conflictsAmong(leaves) : []
    const revisions = query.revs ? ancestryOf(treeIn(row), rev) : undefined
    return {
      _id: row.id,
      _rev: rev,
      ...fields,
      ...(revisions ? { _revisions: revisions } : {}),
      ...(conflicts.length > 0 ? { _conflicts: conflicts } : {}),
      ...(attachments ? { _attachments: query.attachments ? this.#withData(row.key, attachments) : attachments } : {}),
    }
  }

  #withData(document: number, attachments: Attachments): Attachments {
    return Object.fromEntries(
      Object.entries(attachments).map(([name, { stub: _stub, ...attachment }]) => {
        const bytes = readBytes(this.#file, document, attachment.digest) ?? new Uint8Array()
        return [name, { ...attachment, data: Buffer.from(bytes).toString('base64') }]
      }),
    )
  }
}

/** What is stored of a revision. */
interface StoredBody {
  readonly _deleted?: true
  readonly _attachments?: Readonly<Record<string, AttachmentStub>>
  readonly [field: string]: unknown
}

const leavesIn = (row: DocumentRow): Leaf[] => JSON.parse(row.leaves) as Leaf[]
const treeIn = (row: DocumentRow): RevisionTree => JSON.parse(row.tree) as RevisionTree

/** A place in this feed; what is none, a CouchDB's for instance, means the beginning, which is always safe. */
function placeOf(since: Seq | undefined): number {
  const place = Number(since ?? 0)
  return Number.isSafeInteger(place) && place > 0 ? place : 0
}
