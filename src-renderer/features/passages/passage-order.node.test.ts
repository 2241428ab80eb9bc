import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Passage } from '../../../shared/council/records/index.ts'
import { sortPassages } from '../../../shared/rules/minutes/index.ts'
import { orderAtEnd, orderMoved } from './passage-order.ts'

const passageAt = (index: number, order: string): Passage => ({
  ...{ _id: `passage:${index}`, type: 'passage', schema: 1, created: '', modified: '' },
  ...{ name: `${index}`, text: `${index}`, order },
})
const ids = (passages: readonly Passage[]): string[] => sortPassages(passages).map(({ _id }) => _id)

const list = fc
  .integer({ min: 1, max: 9 })
  .map((length) =>
    Array.from({ length }).reduce<Passage[]>((made, _, index) => [...made, passageAt(index, orderAtEnd(made))], []),
  )

test('what is new stands last, and what is moved stands where it was put, among the others as they were', () => {
  fc.assert(
    fc.property(list, fc.nat(9), fc.nat(9), (passages, one, other) => {
      const [from, to] = [one % passages.length, other % passages.length]
      const order = orderMoved(passages, from, to)
      const expected = ids(passages)
      expect(expected).toEqual(passages.map(({ _id }) => _id))
      expect(order === undefined).toBe(from === to)
      expected.splice(to, 0, ...expected.splice(from, 1))
      expect(
        ids(
          passages.map((passage, index) => (index === from && order !== undefined ? { ...passage, order } : passage)),
        ),
      ).toEqual(expected)
    }),
  )
})

test('among equal keys, which two devices made, every move still has a key', () => {
  const equal = [passageAt(0, 'a1'), passageAt(1, 'a1'), passageAt(2, 'a1'), passageAt(3, 'a2')]
  for (let from = 0; from < 4; from++)
    for (let to = 0; to < 4; to++) if (from !== to) expect(orderMoved(equal, from, to)).toMatch(/^[0-9A-Za-z]+$/)
  expect(ids([{ ...equal[3]!, order: orderMoved(equal, 3, 0)! }, ...equal.slice(0, 3)])[0]).toBe('passage:3')
})
