import type { Seq, StoredDocument } from '../ports/document-store.ts'

/**
 * First line of `GET /api/snapshot/<audience>` (newline-delimited JSON, compressed): `seq` was taken before the first
 * document was read. Every further line is one winning revision with `_revisions`; a document with several leaves is
 * named in `conflicted` of the last line, to be fetched with `_bulk_get`.
 */
export interface SnapshotHead {
  readonly uuid: string
  readonly seq: Seq
  /** Number of documents that follow; fewer, when some are deleted while the snapshot is sent. */
  readonly documents: number
}
export type SnapshotLine = StoredDocument
export interface SnapshotTail {
  readonly conflicted: readonly string[]
}

/**
 * `GET /api/packs/<audience>`: documents of closed legislative terms, which the snapshot leaves out, as immutable
 * texts of up to 500 documents each (`shared/packs`), named by their SHA-256 digest.
 * To be asked for after the snapshot has begun: changes since its `seq` come by replication, also those of closed terms.
 */
export interface PackList {
  readonly packs: readonly {
    readonly digest: string
    readonly documents: number
    readonly bytes: number
    readonly term: string
  }[]
}
