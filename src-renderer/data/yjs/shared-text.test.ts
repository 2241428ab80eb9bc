import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { longestUpdate } from '../../../shared/council/text-update.ts'
import { failed } from '../../../shared/result.ts'
import type { SharedText } from './index.ts'
import { openText, received } from './testing/text-device.ts'

const words = ({ doc }: SharedText): string => doc.getText().toJSON()

type Deed =
  | { readonly kind: 'insert'; readonly who: number; readonly at: number; readonly length: number }
  | { readonly kind: 'delete'; readonly who: number; readonly at: number; readonly length: number }
  | { readonly kind: 'flush'; readonly who: number }
  | { readonly kind: 'hear'; readonly who: number; readonly from: number; readonly places: readonly number[] }

const who = fc.nat(3)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), who, at: fc.nat(99), length: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), who, at: fc.nat(99), length: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('hear' as const),
      who,
      from: who,
      places: fc.array(fc.nat(30), { maxLength: 6 }),
    }),
  },
)

test('whoever hears whatever in whatever order, however often: in the end all have one text, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 4 }),
      fc.array(deed, { maxLength: 60 }),
      fc.nat(),
      async (count, deeds, turn) => {
        const replicas = Array.from({ length: count }, () => openText())
        const [inserted, deleted] = [new Set<string>(), new Set<string>()]
        const replica = (number: number) => replicas[number % count]!
        for (const done of deeds) {
          const { text, device } = replica(done.who)
          const shown = text.doc.getText()
          if (done.kind === 'insert') {
            // Each letter stands once: whether it is there says whether it was lost.
            const letters = Array.from({ length: done.length + 1 }, (_, place) =>
              String.fromCodePoint(0x4e00 + inserted.size + place),
            )
            shown.insert(done.at % (shown.length + 1), letters.join(''))
            for (const letter of letters) inserted.add(letter)
          } else if (done.kind === 'delete') {
            const at = done.at % (shown.length + 1)
            const gone = words(text).slice(at, at + done.length)
            shown.delete(at, gone.length)
            for (const letter of gone) deleted.add(letter)
          } else if (done.kind === 'flush') await text.flush()
          else {
            const there = [...replica(done.from).device.known]
            device.tell(done.places.flatMap((place) => (there[place] ? [received(there[place])] : [])))
          }
        }
        for (const { text } of replicas) await text.flush()
        const all = replicas.flatMap(({ device }) => [...device.known])
        for (const [place, { device }] of replicas.entries()) {
          const start = (turn + place * 7) % Math.max(all.length, 1)
          const turned = [...all.slice(start), ...all.slice(0, start)].map(received)
          device.tell(place % 2 === 0 ? turned : turned.toReversed())
          device.tell(turned.slice(0, 3))
        }
        const [first, ...others] = replicas.map(({ text }) => words(text))
        for (const other of others) expect(other).toBe(first)
        expect([...first!].sort()).toEqual([...inserted].filter((letter) => !deleted.has(letter)).sort())
        await Promise.all(replicas.map(({ text }) => text.close()))
      },
    ),
    { numRuns: 150 },
  )
})

test('edits are kept after twenty of them, or a second, or when the window hides', async () => {
  const { device, text } = openText()
  onTestFinished(() => text.close())
  const shown = text.doc.getText()
  for (let edit = 0; edit < 19; edit++) shown.insert(0, 'a')
  expect([device.known.size, text.isStored]).toEqual([0, false])
  shown.insert(0, 'a')
  await expect.poll(() => [device.known.size, text.isStored]).toEqual([1, true])
  shown.insert(0, 'b')
  await expect.poll(() => device.known.size).toBe(2)
  shown.insert(0, 'c')
  dispatchEvent(new PageTransitionEvent('pagehide'))
  expect(device.known.size).toBe(3)
  expect([...device.known.keys()].toSorted()).toEqual([...device.known.keys()])
})

test('pictures that come one after the other never are more than a hub takes in one update', async () => {
  const { device, text } = openText()
  onTestFinished(() => text.close())
  const pictures = text.doc.getMap('pictures')
  for (let place = 0; place < 12; place++)
    pictures.set(`p${place}`, new Uint8Array(place % 3 === 0 ? 1_500_000 : 250_000))
  await text.flush()
  const longest = Math.max(...[...device.known.values()].map(({ length }) => Math.ceil(length / 3) * 4))
  expect([text.isStored, longest < longestUpdate]).toEqual([true, true])
})

test('says what waits for the hub, and what the hub has', async () => {
  const { device, text } = openText()
  onTestFinished(() => text.close())
  text.doc.getText().insert(0, 'Wort')
  await text.flush()
  const own = received([...device.known][0]!)
  device.tell([{ ...own, pending: true }])
  expect([text.isStored, text.pending]).toEqual([true, 1])
  device.tell([own])
  expect(text.pending).toBe(0)
  device.tell([{ ...own, refusal: { reason: 'role' } }])
  expect([text.pending, text.refusal]).toEqual([0, { reason: 'role' }])
  device.tell([], { gone: [own.id] })
  expect([text.refusal, words(text)]).toEqual([undefined, 'Wort'])
})

test('what cannot be stored says so, is kept, and is stored under the same id later', async () => {
  const { device, text } = openText()
  onTestFinished(() => text.close())
  device.instead = () => Promise.reject(new Error('No space'))
  text.doc.getText().insert(0, 'eins')
  await text.flush()
  expect([text.isStored, text.fault]).toEqual([false, 'Error: No space'])
  device.instead = () => Promise.resolve(failed({ reason: 'role' }))
  await text.flush()
  expect([text.isStored, text.fault, text.refusal]).toEqual([false, undefined, { reason: 'role' }])
  device.instead = undefined
  text.doc.getText().insert(4, ' zwei')
  await text.flush()
  expect([text.isStored, text.refusal, device.known.size]).toEqual([true, undefined, 2])
  const other = openText()
  onTestFinished(() => other.text.close())
  other.device.tell([...device.known].map(received))
  expect(words(other.text)).toBe('eins zwei')
})

test('an update that is none is named, and the others are read', () => {
  const { device, text } = openText()
  onTestFinished(() => text.close())
  const good = openText()
  onTestFinished(() => good.text.close())
  good.text.doc.getText().insert(0, 'gut')
  dispatchEvent(new PageTransitionEvent('pagehide'))
  const id = 'y:minutes:one:01J00000000000000000000001:00000000'
  device.tell([received([id, new Uint8Array([1, 1])]), ...[...good.device.known].map(received)])
  expect([text.damaged, words(text)]).toEqual([[id], 'gut'])
})
