import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AgendaItem } from '../oparl/index.ts'
import { numberAgenda, sortAgenda } from './numbering.ts'

type Numbered = Pick<AgendaItem, '_id' | 'order' | 'public' | 'publicTitle' | 'deleted'>

const agendas: fc.Arbitrary<Numbered[]> = fc
  .uniqueArray(
    fc.record({
      _id: fc.nat({ max: 99 }).map((key) => `agenda-item:k${key}`),
      order: fc.constantFrom('a0', 'a1', 'a1V', 'a2', 'Zz', 'b00'),
      public: fc.boolean(),
      publicTitle: fc.constantFrom('Personalangelegenheit', ''),
    }),
    { selector: (item) => item._id },
  )
  .map((items) => items.map(({ publicTitle, ...item }) => (publicTitle ? { ...item, publicTitle } : item)))

it('counts public items from 1 by their key, closed ones after them', () => {
  const items: Numbered[] = [
    { _id: 'agenda-item:4', order: 'a0', public: false },
    { _id: 'agenda-item:3', order: 'a1', public: false, publicTitle: 'Vergabe' },
    { _id: 'agenda-item:2', order: 'a2', public: true },
    { _id: 'agenda-item:1', order: 'a1', public: true },
    { _id: 'agenda-item:9', order: 'a0', public: true, deleted: true },
  ]
  expect([...numberAgenda(items)]).toEqual([
    ['agenda-item:1', 1],
    ['agenda-item:2', 2],
    ['agenda-item:3', 3],
    ['agenda-item:4', 4],
  ])
})

it('is blind to the order in which items come', () => {
  fc.assert(
    fc.property(agendas, fc.infiniteStream(fc.nat()), (items, chance) => {
      const shuffled = [...items].map((item) => ({ item, at: chance.next().value as number }))
      shuffled.sort((a, b) => a.at - b.at)
      expect(sortAgenda(shuffled.map(({ item }) => item))).toEqual(sortAgenda(items))
    }),
  )
})

it('gives an item the same number for everybody who sees it, and leaves no gap that tells of a hidden one', () => {
  fc.assert(
    fc.property(agendas, (items) => {
      const inside = numberAgenda(items)
      const outside = numberAgenda(items.filter((item) => item.public || item.publicTitle))
      for (const [id, number] of outside) expect(inside.get(id)).toBe(number)
      expect([...outside.values()]).toEqual([...outside.keys()].map((_, index) => index + 1))
    }),
  )
})
