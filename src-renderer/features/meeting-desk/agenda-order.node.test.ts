import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortAgenda } from '../../../shared/rules/numbering.ts'
import { orderAtEnd, orderMoved } from './agenda-order.ts'

type Placed = { _id: `agenda-item:${string}`; order: string; public: boolean }

const agenda = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 12 })
  .map((parts) =>
    parts.reduce<Placed[]>(
      (items, open, index) => [...items, { _id: `agenda-item:${index}`, order: orderAtEnd(items), public: open }],
      [],
    ),
  )
const ids = (items: readonly Placed[]): string[] => sortAgenda(items).map((item) => item._id)

describe('agenda order', () => {
  it('reads public items before closed ones, each part in the order of entry', () => {
    fc.assert(
      fc.property(agenda, (items) => {
        const expected = [...items.filter((item) => item.public), ...items.filter((item) => !item.public)]
        expect(ids(items)).toEqual(expected.map((item) => item._id))
      }),
    )
  })

  it('moves an item past exactly its neighbour, and back again', () => {
    fc.assert(
      fc.property(agenda, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (items, pick, by) => {
        const moving = items[pick % items.length]!
        const before = ids(items)
        const order = orderMoved(items, moving._id, by)
        const part = ids(items.filter((item) => item.public === moving.public))
        const neighbour = part[part.indexOf(moving._id) + by]
        if (neighbour === undefined) {
          expect(order).toBeUndefined()
          return
        }
        const moved = items.map((item) => (item === moving ? { ...item, order: order! } : item))
        const swapped = before.map((id) => (id === moving._id ? neighbour : id === neighbour ? moving._id : id))
        expect(ids(moved)).toEqual(swapped)
        const back = orderMoved(moved, moving._id, by === 1 ? -1 : 1)!
        expect(ids(moved.map((item) => (item._id === moving._id ? { ...item, order: back } : item)))).toEqual(before)
      }),
    )
  })

  it('keeps away from equal keys that two devices made at the same time', () => {
    const items: Placed[] = [
      { _id: 'agenda-item:a', order: 'a1', public: true },
      { _id: 'agenda-item:b', order: 'a1', public: true },
      { _id: 'agenda-item:c', order: 'a2', public: true },
    ]
    const order = orderMoved(items, 'agenda-item:c', -1)!
    expect(ids(items.map((item) => (item._id === 'agenda-item:c' ? { ...item, order } : item)))[0]).toBe(
      'agenda-item:c',
    )
  })
})
