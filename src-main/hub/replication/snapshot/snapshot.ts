import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { SnapshotHead, SnapshotTail } from '../../../../shared/hub-api/snapshot.ts'
import type { AudienceStore, Seq } from '../../../../shared/ports/document-store.ts'
import type { IndexEntry } from './audience-index.ts'

/** Documents that are read at a time, between which the hub serves others. */
const pageSize = 100

export interface SnapshotRequest {
  readonly uuid: string
  /** The audience's place before `entries` were read. */
  readonly seq: Seq
  readonly entries: readonly IndexEntry[]
}

/** Lines of a snapshot as `shared/hub-api/snapshot.ts` describes them. */
export async function* snapshotLines(store: AudienceStore, request: SnapshotRequest): AsyncGenerator<string> {
  const { uuid, seq, entries } = request
  const head: SnapshotHead = { uuid, seq, documents: entries.length }
  yield `${JSON.stringify(head)}\n`
  for (let start = 0; start < entries.length; start += pageSize) {
    let text = ''
    for (const { id } of entries.slice(start, start + pageSize)) {
      // Deleted since the index was read: replication from `seq` on says so.
      const document = await store.get(id, { revs: true })
      if (document) text += `${JSON.stringify(document)}\n`
    }
    await turnOfTheLoop()
    yield text
  }
  const tail: SnapshotTail = { conflicted: entries.filter(({ conflicted }) => conflicted).map(({ id }) => id) }
  yield `${JSON.stringify(tail)}\n`
}
