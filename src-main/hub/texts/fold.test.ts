import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { minutesRoom, textUpdateId, textUpdateRange, type TextRoom } from '../../../shared/council/text-update.ts'
import { paths, type RefusedWrite } from '../../../shared/hub-api/contract.ts'
import { setUp, startTestHub, welcome } from '../testing/hub.ts'
import { foldUpdates } from './fold.ts'
import { mostUpdates } from './start-folding.ts'

/** What a device reads that hears again what Yjs has forgotten to try again. */
const textOf = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (let times = 0; times === 0 || (doc.store.pendingStructs && times < updates.length); times++)
    for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText().toJSON()
}

/** What lies in a store after some of its updates were folded. */
const foldedOf = (updates: readonly Uint8Array[]): Uint8Array[] => {
  const { folded, waiting } = foldUpdates(updates)
  return [folded, ...waiting]
}

/** Updates of writers who hear of each other now and then. */
function written(edits: readonly { writer: number; at: number; deletes: boolean; hears: boolean }[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'heard' && updates.push(update))
    return doc
  })
  for (const [place, { writer, at, deletes, hears }] of edits.entries()) {
    const doc = docs[writer]!
    if (hears) for (const update of [...updates]) Y.applyUpdate(doc, update, 'heard')
    const text = doc.getText()
    const index = at % (text.length + 1)
    if (deletes && index < text.length) text.delete(index, 1)
    else text.insert(index, String.fromCodePoint(0x4e00 + place))
  }
  return updates
}

const edit = fc.record({ writer: fc.nat(2), at: fc.nat(99), deletes: fc.boolean(), hears: fc.boolean() })

test('whatever is folded, in whatever order, beside whatever else: the text stays the same', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 40 }), fc.infiniteStream(fc.nat()), (edits, chance) => {
      const all = written(edits)
      const shuffled = all.toSorted(() => (chance.next().value! % 2 === 0 ? 1 : -1))
      const cut = chance.next().value! % (all.length + 1)
      const folded = foldedOf(shuffled.slice(0, cut))
      const rest = shuffled.slice(cut)
      const whole = textOf(all)
      expect(textOf([...folded, ...rest])).toBe(whole)
      expect(textOf([...rest, ...folded])).toBe(whole)
      // A device that was offline still has what was folded elsewhere.
      expect(textOf([...shuffled.slice(0, Math.ceil(cut / 2)), ...rest, ...folded])).toBe(whole)
      expect(textOf(foldedOf([...folded, ...rest]))).toBe(whole)
    }),
    { numRuns: 300 },
  )
})

test('a hub folds a room that has become many updates, and leaves what it cannot read', async () => {
  const hub = await startTestHub()
  const clerk = await welcome(hub, await setUp(hub), ['clerk'])
  const author = clerk.session!.account.id
  const [room, other] = ['one', 'two'].map((key) => minutesRoom(`meeting:${key}`)) as [TextRoom, TextRoom]
  const client = '01J00000000000000000000001'
  const documentOf = (clock: number, update: string, of = room) => ({
    _id: textUpdateId({ room: of, client, clock }),
    ...{ type: 'y', schema: 1, author, update },
  })
  const edits = Array.from({ length: mostUpdates }, (_, at) => ({ writer: at % 3, at, deletes: false, hears: true }))
  const updates = written(edits)
  const documents = updates.map((update, clock) => documentOf(clock, Buffer.from(update).toString('base64')))
  const damaged = documentOf(9000, 'AQE=')
  const send = async (docs: readonly object[]) =>
    (await clerk.tell<RefusedWrite[]>('POST', `${paths.database('office')}/_bulk_docs`, { docs })).body
  const office = await hub.store.open('office')
  const stored = async () => {
    const { rows } = await office.list({ ...textUpdateRange(room), includeDocs: true })
    return rows.map(({ doc }) => doc!)
  }
  await send([...documents, documentOf(0, documents[0]!.update, other)])
  expect(await stored()).toHaveLength(mostUpdates)
  await send([damaged])
  await expect.poll(async () => (await stored()).map((doc) => doc['author']).sort()).toEqual([author, 'hub'].sort())
  const [folded] = (await stored()).filter((doc) => doc['author'] === 'hub')
  expect(textOf([Buffer.from(String(folded!['update']), 'base64')])).toBe(textOf(updates))
  expect((await stored()).map(({ _id }) => _id)).toContain(damaged._id)
  expect((await office.list(textUpdateRange(other))).rows).toHaveLength(1)
})
