import type {
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
import { keepsLeavesOnly } from '../retention.ts'
import type { CouchHttp } from './couch-http.ts'
import { CouchWriter } from './couch-writer.ts'

interface AllDocsRow {
  readonly id?: string
  readonly value?: { readonly rev: string; readonly deleted?: true }
  readonly doc?: StoredDocument | null
}

/** One audience in one CouchDB database. https://docs.couchdb.org/en/stable/api/database/ */
export class CouchAudience implements AudienceStore {
  readonly audience: Audience
  readonly #http: CouchHttp
  readonly #path: string
  readonly #leavesOnly: boolean
  readonly #writer: CouchWriter
  readonly #listeners = new Set<(seq: Seq) => void>()

  constructor(http: CouchHttp, path: string, audience: Audience) {
    this.audience = audience
    this.#http = http
    this.#path = path
    this.#leavesOnly = keepsLeavesOnly(audience)
    this.#writer = new CouchWriter(http, path)
  }

  async info(): Promise<{ docCount: number; updateSeq: Seq }> {
    const { body } = await this.#http.ask('GET', this.#path)
    const { doc_count: docCount, update_seq: updateSeq } = body as { doc_count: number; update_seq: Seq }
    return { docCount, updateSeq }
  }

  async get(id: string, query: GetQuery = {}): Promise<StoredDocument | undefined> {
    // CouchDB shows what was superseded until it compacts the database.
    if (query.rev !== undefined && this.#leavesOnly && !(await this.#leaves(id)).includes(query.rev)) return undefined
    const parameters = parametersOf({
      rev: query.rev,
      revs: query.revs,
      conflicts: query.conflicts,
      attachments: query.attachments,
    })
    const { status, body } = await this.#http.ask('GET', `${this.#pathOf(id)}?${parameters}`, undefined, [404])
    return status === 404 ? undefined : (body as StoredDocument)
  }

  async openRevisions(
    id: string,
    revs: readonly string[] | 'all',
    query: { attachments?: boolean } = {},
  ): Promise<{ found: StoredDocument[]; missing: string[] }> {
    const asked = this.#leavesOnly ? 'all' : revs
    const parameters = parametersOf({
      open_revs: asked === 'all' ? 'all' : JSON.stringify(asked),
      revs: true,
      attachments: query.attachments,
    })
    const { status, body } = await this.#http.ask('GET', `${this.#pathOf(id)}?${parameters}`, undefined, [404])
    const rows = status === 404 ? [] : (body as readonly { ok?: StoredDocument }[])
    const found = rows.flatMap(({ ok }) => ok ?? [])
    if (revs === 'all') return { found, missing: [] }
    const byRev = new Map(found.map((document) => [document._rev, document]))
    return { found: revs.flatMap((rev) => byRev.get(rev) ?? []), missing: revs.filter((rev) => !byRev.has(rev)) }
  }

  async #leaves(id: string): Promise<string[]> {
    return (await this.openRevisions(id, 'all')).found.map((document) => document._rev)
  }

  async list(query: ListQuery = {}): Promise<{ rows: ListRow[]; total: number }> {
    const { keys, descending, skip = 0, limit } = query
    const { body } = await this.#http.ask('POST', `${this.#path}/_all_docs`, {
      ...(keys ? { keys } : { start_key: query.startKey, end_key: query.endKey, descending, skip, limit }),
      include_docs: query.includeDocs,
      conflicts: query.includeDocs && query.conflicts ? true : undefined,
    })
    const { rows, total_rows: total } = body as { rows: AllDocsRow[]; total_rows: number }
    const found = rows.flatMap((row) => listRowOf(row) ?? [])
    if (!keys) return { rows: found, total }
    // Unknown keys do not count for the page, which CouchDB cannot know.
    return { rows: (descending ? found.reverse() : found).slice(skip, skip + (limit ?? found.length)), total }
  }

  async write(documents: readonly IncomingDocument[], options: { newEdits?: boolean } = {}): Promise<WriteOutcome[]> {
    const newEdits = options.newEdits ?? true
    const outcomes = await this.#writer.write(documents, newEdits)
    if (outcomes.some((outcome) => outcome.ok)) {
      if (this.#leavesOnly) await this.#writer.compact()
      await this.#announce()
    }
    return newEdits ? outcomes : outcomes.filter((outcome) => !outcome.ok)
  }

  async #announce(): Promise<void> {
    if (this.#listeners.size === 0) return
    const { updateSeq } = await this.info()
    for (const listener of this.#listeners) queueMicrotask(() => listener(updateSeq))
  }

  async revsDiff(
    request: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, { missing: string[]; possible_ancestors?: string[] }>> {
    const { body } = await this.#http.ask('POST', `${this.#path}/_revs_diff`, request)
    return body as Record<string, { missing: string[]; possible_ancestors?: string[] }>
  }

  async changes(query: ChangesQuery = {}): Promise<{ rows: ChangeRow[]; lastSeq: Seq; pending: number }> {
    const parameters = parametersOf({
      since: query.descending ? undefined : query.since,
      // CouchDB takes 0 for 1.
      limit: query.limit === 0 ? 1 : query.limit,
      descending: query.descending,
      include_docs: query.includeDocs,
      style: query.style,
      filter: query.ids ? '_doc_ids' : undefined,
    })
    const { body } = await this.#http.ask('POST', `${this.#path}/_changes?${parameters}`, { doc_ids: query.ids })
    const answer = body as { results: ChangeRow[]; last_seq: Seq; pending?: number }
    const pending = answer.pending ?? 0
    if (query.limit === 0) return { rows: [], lastSeq: query.since ?? 0, pending: pending + answer.results.length }
    return { rows: answer.results, lastSeq: answer.last_seq, pending }
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
    const document = await this.get(id, rev === undefined ? {} : { rev })
    const attachments = document?._attachments ?? {}
    const stub = Object.hasOwn(attachments, name) ? attachments[name] : undefined
    if (!document || !stub) return undefined
    const parameters = parametersOf({ rev: document._rev })
    const bytes = await this.#http.bytes(`${this.#pathOf(id)}/${encodeURIComponent(name)}?${parameters}`)
    return bytes && { contentType: stub.content_type, digest: stub.digest, bytes }
  }

  async getLocal(id: string): Promise<Record<string, unknown> | undefined> {
    const { status, body } = await this.#http.ask('GET', this.#localPathOf(id), undefined, [404])
    return status === 404 ? undefined : (body as Record<string, unknown>)
  }

  async putLocal(id: string, document: Readonly<Record<string, unknown>>): Promise<{ rev: string }> {
    // The last one counts, whichever revision it knew: as often as another hub was quicker, once more.
    for (;;) {
      const rev = (await this.getLocal(id))?.['_rev']
      const { status, body } = await this.#http.ask('PUT', this.#localPathOf(id), { ...document, _rev: rev }, [409])
      if (status !== 409) return { rev: (body as { rev: string }).rev }
    }
  }

  async deleteLocal(id: string): Promise<boolean> {
    const stored = await this.getLocal(id)
    if (!stored) return false
    const parameters = parametersOf({ rev: String(stored['_rev']) })
    const { status } = await this.#http.ask('DELETE', `${this.#localPathOf(id)}?${parameters}`, undefined, [404, 409])
    return status < 300
  }

  #pathOf(id: string): string {
    return `${this.#path}/${encodeURIComponent(id)}`
  }

  #localPathOf(id: string): string {
    return `${this.#path}/_local/${encodeURIComponent(id)}`
  }
}

function listRowOf({ id, value, doc }: AllDocsRow): ListRow | undefined {
  if (id === undefined || !value) return undefined
  if (value.deleted) return { id, rev: value.rev, deleted: true }
  return doc ? { id, rev: value.rev, doc } : { id, rev: value.rev }
}

function parametersOf(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) parameters.set(name, String(value))
  return parameters.toString()
}
