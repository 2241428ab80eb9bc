import { paths } from '../../../../shared/hub-api/contract.ts'
import type { PackList, SnapshotHead, SnapshotLine, SnapshotTail } from '../../../../shared/hub-api/snapshot.ts'
import type { Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Packs } from '../store/packs.ts'

/** Documents of one write: larger ones gain nothing and show no progress. */
const batchSize = 500
/** Milliseconds between two showings of copies that fill one after the other: each reads and draws everything anew. */
const showEvery = 2000

export type ContactFailure = 'unreachable' | 'gone' | 'other-hub'

interface BulkGetAnswer {
  readonly results: readonly { readonly docs: readonly { readonly ok?: StoredDocument }[] }[]
}

/**
 * Fills empty copies one after the other until one of them fails; whether all of them are complete.
 *
 * @param fill whether the copy is complete now
 * @param show called after the first complete copy, then now and then, and at the end; the next step waits for it
 */
export async function fillAll(
  copies: readonly OpenCopy[],
  fill: (open: OpenCopy) => Promise<boolean>,
  show: () => Promise<void>,
): Promise<boolean> {
  let shown = 0
  let unshown = false
  try {
    for (const open of copies.filter(({ copy }) => copy.seq === undefined)) {
      if (!(await fill(open))) return false
      unshown = Date.now() - shown < showEvery
      if (unshown) continue
      await show()
      shown = Date.now()
    }
    return true
  } finally {
    if (unshown) await show()
  }
}

/**
 * Fills an empty copy: the running term by one streamed snapshot, then closed terms as packs. What changes meanwhile
 * comes over the live feed from the seq that it returns on. May be repeated after it was cut off.
 *
 * @param onProgress documents received, of how many
 */
export async function makeFirstContact(
  hub: HubClient,
  databases: Databases,
  packs: Packs,
  open: OpenCopy,
  onProgress: (done: number, of: number) => void,
): Promise<Result<Seq, ContactFailure>> {
  const response = await hub.request(paths.snapshot(open.copy.audience))
  if (!response) return failed('unreachable')
  if (!response.ok || !response.body) return failed(isRefused(response) ? 'gone' : 'unreachable')
  const lines = batchesOf(response.body)
  try {
    const snapshot = await readSnapshot(lines, open, databases, onProgress)
    if (!snapshot.ok) return snapshot
    if (!(await topUp(hub, databases, open, snapshot.value.conflicted))) return failed('unreachable')
    if (!(await fetchPacks(hub, packs, open))) return failed('unreachable')
    return success(snapshot.value.seq)
  } catch (fault) {
    // A stream that was cut off: the next contact begins again.
    if (fault instanceof TypeError) return failed('unreachable')
    throw fault
  }
}

export const isRefused = (response: Response): boolean => [401, 403, 404].includes(response.status)

async function readSnapshot(
  batches: AsyncGenerator<string[]>,
  open: OpenCopy,
  databases: Databases,
  onProgress: (done: number, of: number) => void,
): Promise<Result<SnapshotHead & SnapshotTail, ContactFailure>> {
  let head: SnapshotHead | undefined
  let tail: SnapshotTail | undefined
  let done = 0
  let waiting: SnapshotLine[] = []
  const flush = async (): Promise<void> => {
    await databases.put(open, waiting)
    done += waiting.length
    waiting = []
    if (head) onProgress(done, head.documents)
  }
  for await (const lines of batches)
    for (const line of lines) {
      const value = JSON.parse(line) as SnapshotHead | SnapshotLine | SnapshotTail
      if (!head) {
        head = value as SnapshotHead
        if (head.uuid !== open.copy.uuid) return failed('other-hub')
      } else if ('_id' in value) waiting.push(value)
      else tail = value as SnapshotTail
      if (waiting.length === batchSize) await flush()
    }
  await flush()
  return head && tail ? success({ ...head, ...tail }) : failed('unreachable')
}

/** Lines of a stream, as they come. */
async function* batchesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string[]> {
  let rest = ''
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    yield lines.filter((line) => line !== '')
    if (done) return
  }
}

/** The snapshot carries winners only: fetches every leaf of documents with several. */
async function topUp(
  hub: HubClient,
  databases: Databases,
  open: OpenCopy,
  conflicted: readonly string[],
): Promise<boolean> {
  if (conflicted.length === 0) return true
  const path = `${paths.database(open.copy.audience)}/_bulk_get?revs=true`
  const answer = await hub.ask<BulkGetAnswer>('POST', path, { docs: conflicted.map((id) => ({ id })) })
  if (!answer.ok) return false
  await databases.put(
    open,
    answer.value.results.flatMap(({ docs }) => docs.flatMap(({ ok }) => ok ?? [])),
  )
  return true
}

async function fetchPacks(hub: HubClient, packs: Packs, open: OpenCopy): Promise<boolean> {
  const list = await hub.ask<PackList>('GET', paths.packs(open.copy.audience))
  if (!list.ok) return list.failure !== 'unreachable' && list.failure.error === 'not-found'
  for (const { digest } of list.value.packs) {
    if (await packs.has(open, digest)) continue
    const response = await hub.request(paths.pack(open.copy.audience, digest))
    if (!response?.ok) return false
    await packs.keep(open, digest, await response.text())
  }
  return true
}
