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

/** What became of a room: how many updates became one, how many stay, and the ids of those that could not be read. */
export interface Folded {
  readonly folded: number
  readonly left: number
  readonly unreadable: readonly string[]
}

/**
 * One update that says what several say.
 *
 * Those that wait for others are left as they are: of two that wait, Yjs 13 remembers in one update only what the later
 * one waits for, and never tries the other again.
 */
export function foldUpdates(updates: readonly Uint8Array[]): {
  readonly folded: Uint8Array
  readonly waiting: ReadonlySet<Uint8Array>
} {
  const doc = new Y.Doc()
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)))
  const folded = Y.encodeStateAsUpdate(doc)
  const { pendingStructs, pendingDs } = doc.store
  doc.destroy()
  if (!pendingStructs && !pendingDs) return { folded, waiting: new Set() }
  const known = Y.decodeStateVector(Y.encodeStateVector(doc))
  const whole = updates.filter((update) => isWithin(update, known))
  const inner = foldUpdates(whole)
  return {
    folded: inner.folded,
    waiting: new Set([...updates.filter((update) => !whole.includes(update)), ...inner.waiting]),
  }
}

/** Whether all that an update writes and deletes is known, by a state vector. */
function isWithin(update: Uint8Array, known: ReadonlyMap<number, number>): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const isKnown = (client: number, end: number): boolean => end <= (known.get(client) ?? 0)
  return (
    structs.every(({ id, length }) => isKnown(id.client, id.clock + length)) &&
    [...ds.clients].every(([client, deleted]) => deleted.every(({ clock, len }) => isKnown(client, clock + len)))
  )
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
  const { folded, waiting } = foldUpdates(readings.flatMap(({ update }) => update ?? []))
  const whole = readings.filter(({ update }) => update && !waiting.has(update))
  const update = Buffer.from(folded).toString('base64')
  if (whole.length < 2 || update.length > longestUpdate) return { folded: 0, left: rows.length, unreadable }
  const document: TextUpdate = {
    _id: textUpdateId({ room, client: ulid(now), clock: 0 }),
    ...{ type: 'y', schema: 1, author: hubAccount, update },
  }
  await writeAll(store, [document])
  await writeAll(
    store,
    whole.map(({ doc: { _id, _rev } }) => ({ _id, _rev, _deleted: true })),
  )
  return { folded: whole.length, left: rows.length - whole.length, unreadable }
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
