import { createHash } from 'node:crypto'
import type { IncomingDocument, Revisions, WriteOutcome } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { ancestryIn, readIncoming, type Incoming } from '../incoming.ts'
import {
  generationOf,
  graft,
  hashOf,
  knowsRevision,
  leavesOf,
  newestOf,
  type Leaf,
  type RevisionTree,
} from '../revision-tree.ts'
import { dropUnnamedBytes, keepBytes, settleAttachments, type Attachments } from './attachments.ts'
import type { AudienceFile, DocumentRow } from './audience-file.ts'

/** A document as the file has it before a write. */
interface Held {
  readonly key: number
  readonly tree: RevisionTree
  readonly winner: Leaf
  readonly leaves: readonly Leaf[]
}

/** A revision with its place in the tree, ready to be stored. */
interface Placed {
  readonly revisions: Revisions
  readonly attachments: { readonly stubs: Attachments; readonly bytes: ReadonlyMap<string, Uint8Array> }
}

type Failure = { readonly error: 'conflict' | 'bad_request'; readonly reason: string }

const conflict: Failure = { error: 'conflict', reason: 'Document update conflict.' }
const malformed = (reason: string): Failure => ({ error: 'bad_request', reason })

/** Writes revisions into one audience's file. Runs inside a transaction that the caller has begun. */
export class RevisionWriter {
  readonly #file: AudienceFile
  /** Whether a revision's body goes once another follows it: where readers must never see what was taken back. */
  readonly #leavesOnly: boolean
  seq: number
  documentCount: number
  /** Whether the current transaction removed contents. */
  removedContents = false

  constructor(file: AudienceFile, leavesOnly: boolean) {
    this.#file = file
    this.#leavesOnly = leavesOnly
    this.seq = file.row<{ seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM document')?.seq ?? 0
    this.documentCount =
      file.row<{ count: number }>('SELECT count(*) AS count FROM document WHERE deleted = 0')?.count ?? 0
  }

  write(document: IncomingDocument, newEdits: boolean): WriteOutcome {
    const id = String(document._id)
    const incoming = readIncoming(document)
    if (!incoming.ok) return { ok: false, id, ...malformed(incoming.failure) }
    const held = this.#held(incoming.value.id)
    if (!newEdits && held && incoming.value.rev && knowsRevision(held.tree, incoming.value.rev))
      return { ok: true, id, rev: incoming.value.rev }
    const placed = newEdits
      ? this.#placeEdit(document, incoming.value, held)
      : this.#placeReplicated(incoming.value, held)
    if (!placed.ok) return { ok: false, id, ...placed.failure }
    return { ok: true, id, rev: this.#store(incoming.value, placed.value, held) }
  }

  #held(id: string): Held | undefined {
    const row = this.#file.row<DocumentRow>('SELECT key, leaves, tree FROM document WHERE id = ?', id)
    if (!row) return undefined
    const leaves = JSON.parse(row.leaves) as [Leaf, ...Leaf[]]
    return { key: row.key, tree: JSON.parse(row.tree) as RevisionTree, winner: leaves[0], leaves }
  }

  /** An edit continues a leaf; without `_rev` it makes a document, or makes a deleted one anew. */
  #placeEdit(document: IncomingDocument, incoming: Incoming, held: Held | undefined): Result<Placed, Failure> {
    const parent = incoming.rev ?? (held?.winner.deleted && !incoming.deleted ? held.winner.rev : undefined)
    const continues = parent === undefined ? !held : held?.leaves.some((leaf) => leaf.rev === parent)
    if (!continues) return failed(conflict)
    const start = parent === undefined ? 1 : generationOf(parent) + 1
    const attachments = settleAttachments(incoming.attachments, this.#attachmentsOf(held), start)
    if (!attachments.ok) return failed(malformed(attachments.failure))
    const { stubs } = attachments.value
    const revived = parent !== incoming.rev
    const content = {
      ...(revived ? { ...incoming.body, _rev: parent, _id: incoming.id } : document),
      ...(Object.keys(stubs).length > 0 ? { _attachments: stubs } : {}),
    }
    const id = revisionIdOf(content)
    const ids = parent === undefined ? [id] : [id, hashOf(parent)]
    return success({ revisions: { start, ids }, attachments: attachments.value })
  }

  #placeReplicated(incoming: Incoming, held: Held | undefined): Result<Placed, Failure> {
    const revisions = ancestryIn(incoming)
    if (!revisions.ok) return failed(malformed(revisions.failure))
    const { start } = revisions.value
    const attachments = settleAttachments(incoming.attachments, this.#attachmentsOf(held), start)
    if (!attachments.ok) return failed(malformed(attachments.failure))
    return success({ revisions: revisions.value, attachments: attachments.value })
  }

  #attachmentsOf(held: Held | undefined): Attachments[] {
    if (!held) return []
    return this.#file
      .rows<{ attachments: string }>(
        `SELECT json_extract(body, '$._attachments') AS attachments FROM revision
         WHERE document = ? AND attachments IS NOT NULL ORDER BY rev = ? DESC, rowid DESC`,
        held.key,
        held.winner.rev,
      )
      .map((row) => JSON.parse(row.attachments) as Attachments)
  }

  #store(incoming: Incoming, { revisions, attachments }: Placed, held: Held | undefined): string {
    const rev = newestOf(revisions)
    if (held && knowsRevision(held.tree, rev)) return rev
    const { tree, forgotten } = graft(held?.tree ?? [], revisions, incoming.deleted)
    const leaves = leavesOf(tree)
    const key = this.#storeTree(incoming.id, tree, leaves, held)
    const body = {
      ...incoming.body,
      ...(incoming.deleted ? { _deleted: true } : {}),
      ...(Object.keys(attachments.stubs).length > 0 ? { _attachments: attachments.stubs } : {}),
    }
    this.#file.run('INSERT INTO revision (document, rev, body) VALUES (?, ?, ?)', key, rev, JSON.stringify(body))
    keepBytes(this.#file, key, attachments.bytes)
    if (held) this.#removeSuperseded(key, leaves, forgotten)
    return rev
  }

  #storeTree(id: string, tree: RevisionTree, leaves: [Leaf, ...Leaf[]], held: Held | undefined): number {
    const winner = leaves[0]
    this.seq += 1
    this.documentCount += (winner.deleted ? 0 : 1) - (held && !held.winner.deleted ? 1 : 0)
    const row = this.#file.row<{ key: number }>(
      `INSERT INTO document (id, seq, winner, deleted, leaves, tree) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, winner = excluded.winner, deleted = excluded.deleted,
         leaves = excluded.leaves, tree = excluded.tree
       RETURNING key`,
      id,
      this.seq,
      winner.rev,
      winner.deleted ? 1 : 0,
      JSON.stringify(leaves),
      JSON.stringify(tree),
    )
    if (!row) throw new Error('SQLite returned no key for a written row')
    return row.key
  }

  #removeSuperseded(key: number, leaves: readonly Leaf[], forgotten: readonly string[]): void {
    const removed = this.#leavesOnly
      ? this.#file.run(
          'DELETE FROM revision WHERE document = ? AND rev NOT IN (SELECT value FROM json_each(?))',
          key,
          JSON.stringify(leaves.map((leaf) => leaf.rev)),
        )
      : this.#file.run(
          'DELETE FROM revision WHERE document = ? AND rev IN (SELECT value FROM json_each(?))',
          key,
          JSON.stringify(forgotten),
        )
    if (removed === 0) return
    dropUnnamedBytes(this.#file, key)
    this.removedContents = true
  }
}

/**
 * The id of a new revision: MD5 of the content with its parent, as PouchDB makes it, so that the same edit of the same
 * revision is the same revision wherever it is made. It names and does not protect, so MD5 is no weakness here.
 */
const revisionIdOf = (content: object): string => createHash('md5').update(JSON.stringify(content)).digest('hex')
