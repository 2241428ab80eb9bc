import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { integrate } from './integrate.ts'

/** What three writers type, each edit an update of its own; whoever hears has read all that was written before. */
function written(edits: readonly { writer: number; at: number; hears: boolean }[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'heard' && updates.push(update))
    return doc
  })
  for (const [place, { writer, at, hears }] of edits.entries()) {
    const doc = docs[writer]!
    if (hears) for (const update of [...updates]) Y.applyUpdate(doc, update, 'heard')
    const text = doc.getText()
    text.insert(at % (text.length + 1), String.fromCodePoint(0x4e00 + place))
  }
  return updates
}

const textOf = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (const update of updates) integrate(doc, update, {})
  expect(doc.store.pendingStructs).toBeNull()
  return doc.getText().toJSON()
}

const edit = fc.record({ writer: fc.nat(2), at: fc.nat(99), hears: fc.boolean() })
const edits = fc.array(edit, { minLength: 1, maxLength: 12 })

test('what waits for two others is there once both are', () => {
  const [first, second, third, fourth] = written([
    { writer: 0, at: 0, hears: false },
    { writer: 1, at: 0, hears: true },
    { writer: 0, at: 0, hears: true },
    { writer: 0, at: 0, hears: false },
  ]) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  expect(textOf([Y.mergeUpdates([second, fourth]), first, third])).toBe(textOf([first, second, third, fourth]))
})

test('updates in whatever order, one by one and merged: the text is the same and nothing waits', () => {
  fc.assert(
    fc.property(edits.map(written), fc.infiniteStream(fc.nat()), (all, chance) => {
      const shuffled = [...all].sort(() => (chance.next().value! % 2 === 0 ? 1 : -1))
      const cut = 1 + (chance.next().value! % all.length)
      const whole = textOf(all)
      expect(textOf(shuffled)).toBe(whole)
      expect(textOf([Y.mergeUpdates(shuffled.slice(0, cut)), ...shuffled.slice(cut)])).toBe(whole)
    }),
  )
})
