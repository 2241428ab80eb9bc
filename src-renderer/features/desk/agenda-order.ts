import { generateKeyBetween } from 'fractional-indexing'
import type { AgendaItem } from '../../../shared/oparl/index.ts'

type Placed = Pick<AgendaItem, '_id' | 'order' | 'public'>

/** The order in which an agenda is read: public items first, each part by its keys; ids settle equal keys alike everywhere. */
export function inAgendaOrder<Item extends Placed>(items: readonly Item[]): Item[] {
  return items.toSorted(
    (a, b) => Number(b.public) - Number(a.public) || compare(a.order, b.order) || compare(a._id, b._id),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A key behind every item of the agenda. */
export function orderAtEnd(items: readonly Placed[]): string {
  const last = items.reduce<string | null>(
    (highest, item) => (highest === null || item.order > highest ? item.order : highest),
    null,
  )
  return generateKeyBetween(last, null)
}

/**
 * The key that moves an item by one place within its part (public or closed).
 * @param by -1 up, 1 down
 * @returns undefined when the item already stands at that end
 */
export function orderMoved(items: readonly Placed[], id: string, by: -1 | 1): string | undefined {
  const moving = items.find((item) => item._id === id)
  const part = inAgendaOrder(items.filter((item) => item.public === moving?.public))
  const at = part.findIndex((item) => item._id === id)
  const neighbour = part[at + by]
  if (at < 0 || !neighbour) return undefined
  const beyond = part[at + 2 * by]
  const [low, high] = by < 0 ? [beyond, neighbour] : [neighbour, beyond]
  // Two devices may have made the same key; nothing fits between equals, so the item goes beside both.
  if (low && high && low.order >= high.order)
    return by < 0 ? generateKeyBetween(null, low.order) : generateKeyBetween(high.order, null)
  return generateKeyBetween(low?.order ?? null, high?.order ?? null)
}
