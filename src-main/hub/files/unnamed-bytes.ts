import type { Logger } from 'pino'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import type { AudienceStore, DocumentStore, Seq } from '../../../shared/ports/document-store.ts'

export interface UnnamedBytesOptions {
  readonly documents: DocumentStore
  readonly blobs: BlobStore
  /** Days for which bytes wait for a document that names them. */
  readonly graceDays: number
  readonly log: Pick<Logger, 'info' | 'error'>
}

const dayMs = 86_400_000
const pageSize = 500

/**
 * Removes, once a day, bytes that no document names: their upload came, their record never did, or no revision names
 * them any more. Returns its stop.
 */
export function startRemovingUnnamed({ graceDays, log, ...stores }: UnnamedBytesOptions): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = removeUnnamed(stores, Date.now() - graceDays * dayMs).then(
      (removed) => log.info({ removed }, 'bytes that no document names removed'),
      (fault: unknown) => log.error({ err: fault }, 'bytes that no document names not removed'),
    )
  }, dayMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    return running
  }
}

/**
 * Removes bytes that were neither put nor claimed since an instant (milliseconds since 1970) and that no leaf of any
 * document in any audience names, be it deleted, in dispute or somebody's note. Says how many there were.
 */
export async function removeUnnamed(
  { documents, blobs }: Pick<UnnamedBytesOptions, 'documents' | 'blobs'>,
  since: number,
): Promise<number> {
  // The bytes come first: what is put while documents are read is not looked at.
  const unnamed = new Set<string>()
  for await (const digest of blobs.digests()) unnamed.add(digest)
  for (const name of unnamed.size > 0 ? await documents.audiences() : [])
    for await (const text of leavesOf(await documents.open(name)))
      for (const [digest] of text.matchAll(/[0-9a-f]{128}/g)) unnamed.delete(digest)
  let removed = 0
  for (const digest of unnamed) if (await blobs.removeUnclaimed(digest, since)) removed += 1
  return removed
}

/** Every leaf of every document of an audience, as JSON. */
async function* leavesOf(store: AudienceStore): AsyncGenerator<string> {
  for (let since: Seq = 0; ;) {
    const { rows, lastSeq } = await store.changes({ since, limit: pageSize, style: 'all_docs', includeDocs: true })
    for (const { id, changes, doc } of rows)
      yield JSON.stringify(changes.length > 1 ? (await store.openRevisions(id, 'all')).found : doc)
    if (rows.length < pageSize) return
    since = lastSeq
  }
}
