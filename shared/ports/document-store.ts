import type { Audience } from '../rules/audience.ts'

/** Place in an audience's feed: a number in the embedded store, opaque text in CouchDB. `0` is the beginning. */
export type Seq = number | string

/** The ancestry of a revision, newest first, as CouchDB's replication protocol writes it. */
export interface Revisions {
  readonly start: number
  readonly ids: readonly string[]
}

export interface AttachmentStub {
  readonly content_type: string
  readonly digest: string
  readonly length: number
  readonly revpos: number
  readonly stub?: true
  /** Base 64; only where asked for. */
  readonly data?: string
}

/** A document as CouchDB speaks of it. */
export interface StoredDocument {
  readonly _id: string
  readonly _rev: string
  readonly _deleted?: true
  readonly _revisions?: Revisions
  readonly _conflicts?: readonly string[]
  readonly _attachments?: Readonly<Record<string, AttachmentStub>>
  readonly [field: string]: unknown
}

/** A document to be written; attachments carry `data` (base 64) or are stubs of what the store has. */
export interface IncomingDocument {
  readonly _id: string
  readonly _rev?: string | undefined
  readonly _deleted?: boolean | undefined
  readonly _revisions?: Revisions | undefined
  readonly [field: string]: unknown
}

export type WriteOutcome =
  | { readonly ok: true; readonly id: string; readonly rev: string }
  | { readonly ok: false; readonly id: string; readonly error: 'conflict' | 'bad_request'; readonly reason: string }

export interface ChangeRow {
  readonly seq: Seq
  readonly id: string
  /** Leaf revisions, the winner first. */
  readonly changes: readonly { readonly rev: string }[]
  readonly deleted?: true
  readonly doc?: StoredDocument
}

export interface ChangesQuery {
  readonly since?: Seq
  readonly limit?: number
  readonly descending?: boolean
  readonly includeDocs?: boolean
  /** `all_docs`: every leaf revision; `main_only`: the winner. */
  readonly style?: 'all_docs' | 'main_only'
  readonly ids?: readonly string[]
}

export interface ListQuery {
  readonly startKey?: string
  readonly endKey?: string
  readonly keys?: readonly string[]
  readonly descending?: boolean
  readonly skip?: number
  readonly limit?: number
  readonly includeDocs?: boolean
  readonly conflicts?: boolean
}

export interface ListRow {
  readonly id: string
  readonly rev: string
  readonly deleted?: true
  readonly doc?: StoredDocument
}

export interface GetQuery {
  readonly rev?: string
  /** Adds `_revisions`. */
  readonly revs?: boolean
  /** Adds `_conflicts`. */
  readonly conflicts?: boolean
  /** `true`: attachments with data; otherwise stubs. */
  readonly attachments?: boolean
}

/** One audience's documents: CouchDB's model of revision trees. */
export interface AudienceStore {
  readonly audience: Audience
  info(): Promise<{ docCount: number; updateSeq: Seq }>
  /** The asked or the winning revision; undefined when there is none or the winner is deleted and no `rev` was asked. */
  get(id: string, query?: GetQuery): Promise<StoredDocument | undefined>
  /** Every asked revision, or every leaf, with its ancestry; `missing` names those that the store does not hold. */
  openRevisions(
    id: string,
    revs: readonly string[] | 'all',
    query?: { attachments?: boolean },
  ): Promise<{ found: StoredDocument[]; missing: string[] }>
  list(query?: ListQuery): Promise<{ rows: ListRow[]; total: number }>
  /**
   * Writes documents, all of a batch in one durable transaction; the promise settles after the bytes are safe.
   * `newEdits: false` stores the given revisions and ancestries as they are (replication); then outcomes only name failures.
   */
  write(documents: readonly IncomingDocument[], options?: { newEdits?: boolean }): Promise<WriteOutcome[]>
  /** Which of the given revisions the store lacks. */
  revsDiff(
    request: Readonly<Record<string, readonly string[]>>,
  ): Promise<Record<string, { missing: string[]; possible_ancestors?: string[] }>>
  changes(query?: ChangesQuery): Promise<{ rows: ChangeRow[]; lastSeq: Seq; pending: number }>
  /** Calls back after each durable write of this process; returns the end of it. */
  onChange(listener: (seq: Seq) => void): () => void
  attachment(
    id: string,
    name: string,
    rev?: string,
  ): Promise<{ contentType: string; digest: string; bytes: Uint8Array } | undefined>
  /** Checkpoints of replicators; they do not replicate themselves. */
  getLocal(id: string): Promise<Record<string, unknown> | undefined>
  putLocal(id: string, document: Readonly<Record<string, unknown>>): Promise<{ rev: string }>
  deleteLocal(id: string): Promise<boolean>
}

/** All audiences of one hub. */
export interface DocumentStore {
  /** Names this incarnation of the data; a restored backup gets a new one, so that clients start afresh. */
  uuid(): string
  audiences(): Promise<Audience[]>
  /** Opens an audience, and makes it when there is none. */
  open(audience: Audience): Promise<AudienceStore>
  exists(audience: Audience): Promise<boolean>
  /** Removes an audience and all its bytes. */
  remove(audience: Audience): Promise<void>
  close(): Promise<void>
}
