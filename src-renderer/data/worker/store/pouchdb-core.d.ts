/** The part of PouchDB 9 that the data worker uses. The published types pull the DOM into a worker. */
import type { AttachmentStub, Revisions, Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'

export type { AttachmentStub, Revisions }

export interface BulkResult {
  readonly ok?: true
  readonly id: string
  readonly rev?: string
  readonly error?: boolean | string
  readonly message?: string
}

export interface Row {
  readonly id: string
  readonly key: string
  readonly error?: 'not_found'
  readonly value?: { readonly rev: string; readonly deleted?: true }
  readonly doc?: StoredDocument | null
}

export interface AllDocsQuery {
  readonly startkey?: string
  readonly endkey?: string
  readonly keys?: readonly string[]
  readonly include_docs?: boolean
  readonly conflicts?: boolean
  readonly limit?: number
}

export interface ReplicationResult {
  readonly ok: boolean
  readonly last_seq: Seq
  readonly docs_written: number
  readonly docs_read: number
}

export interface Replication extends Promise<ReplicationResult> {
  on(event: 'change', listener: (info: { readonly docs: readonly StoredDocument[] }) => void): this
  cancel(): void
}

export interface ReplicationOptions {
  readonly since?: Seq
  readonly batch_size?: number
  readonly batches_limit?: number
}

interface Database {
  readonly name: string
  get(id: string, options: { rev?: string; revs?: boolean }): Promise<StoredDocument>
  get(
    id: string,
    options: { open_revs: 'all' | readonly string[]; revs?: boolean },
  ): Promise<({ ok: StoredDocument } | { missing: string })[]>
  allDocs(query: AllDocsQuery): Promise<{ rows: Row[]; total_rows: number }>
  /** Replication passes its batch as `{ docs }`. */
  bulkDocs(
    documents: readonly object[] | { readonly docs: readonly object[] },
    options?: { new_edits: boolean },
  ): Promise<BulkResult[]>
  changes(options: { since: Seq; style?: 'all_docs' }): Promise<{ results: { id: string }[]; last_seq: Seq }>
  info(): Promise<{ doc_count: number; update_seq: Seq }>
  close(): Promise<void>
  destroy(): Promise<void>
  transform(handlers: {
    incoming(document: object): Promise<object>
    outgoing(document: object): Promise<object>
  }): void
}

interface PouchDB {
  new (name: string, options?: Readonly<Record<string, unknown>>): Database
  plugin(plugin: unknown): PouchDB
  replicate(source: Database, target: Database, options: ReplicationOptions): Replication
}

declare const PouchDB: PouchDB
export type { Database }
export default PouchDB
