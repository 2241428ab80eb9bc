import { ulid } from 'ulid'
import * as Y from 'yjs'
import { hubAccount } from '../../../shared/council/meeting-event.ts'
import {
  longestUpdate,
  readTextUpdate,
  textUpdateId,
  textUpdateRange,
  type TextRoom,
  type TextUpdate,
} from '../../../shared/council/text-update.ts'
import type { AudienceStore, StoredDocument } from '../../../shared/ports/document-store.ts'

/** What became of a room: how many updates became one, and the ids of those that could not be read and stay. */
export interface Folded {
  readonly folded: number
  readonly unreadable: readonly string[]
}

/** One update that says what all of them say, also of what still waits for others. */
export function foldUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)))
  const folded = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return folded
}

/**
 * Puts one update in place of all that the store has of a room. The new one is safe before the first of the old ones
 * goes, and nothing goes that it does not hold: updates that come meanwhile, or that a device still has, stay or come
 * beside it, and are the same text with it in any order.
 */
export async function foldRoom(store: AudienceStore, room: TextRoom, now: number): Promise<Folded> {
  const { rows } = await store.list({ ...textUpdateRange(room), includeDocs: true })
  const readings = rows.flatMap(({ doc }) => (doc ? [{ doc, update: readBytes(doc) }] : []))
  const unreadable = readings.filter(({ update }) => !update).map(({ doc }) => doc._id)
  const updates = readings.flatMap(({ update }) => update ?? [])
  const update = Buffer.from(foldUpdates(updates)).toString('base64')
  if (updates.length < 2 || update.length > longestUpdate) return { folded: 0, unreadable }
  const document: TextUpdate = {
    _id: textUpdateId({ room, client: ulid(now), clock: 0 }),
    ...{ type: 'y', schema: 1, author: hubAccount, update },
  }
  await writeAll(store, [document])
  await writeAll(
    store,
    readings.flatMap(({ doc: { _id, _rev }, update: read }) => (read ? [{ _id, _rev, _deleted: true }] : [])),
  )
  return { folded: updates.length, unreadable }
}

async function writeAll(store: AudienceStore, documents: Parameters<AudienceStore['write']>[0]): Promise<void> {
  for (const outcome of await store.write(documents))
    if (!outcome.ok) throw new Error(`Cannot fold ${outcome.id}: ${outcome.reason}`)
}

/** Undefined for what is no update. */
function readBytes({ _rev, ...document }: StoredDocument): Uint8Array | undefined {
  const read = readTextUpdate(document)
  if (!read.ok) return undefined
  const bytes = new Uint8Array(Buffer.from(read.value.update, 'base64'))
  try {
    Y.decodeUpdate(bytes)
    return bytes
  } catch {
    return undefined
  }
}
