import { generateKeyBetween } from 'fractional-indexing'
import type { AgendaItem } from '../../../shared/oparl/index.ts'
import { sortAgenda } from '../../../shared/rules/numbering.ts'

type Placed = Pick<AgendaItem, '_id' | 'order' | 'public' | 'publicTitle' | 'deleted'>

/** Items change places only within their part: public, closed with a neutral title, closed without one. */
const samePart = (a: Placed, b: Placed): boolean =>
  a.public === b.public && (a.public || Boolean(a.publicTitle) === Boolean(b.publicTitle))

/** A key behind every item of the agenda. */
export function orderAtEnd(items: readonly Placed[]): string {
  const last = items.reduce<string | null>(
    (highest, item) => (highest === null || item.order > highest ? item.order : highest),
    null,
  )
  return generateKeyBetween(last, null)
}

/**
 * The key that moves an item by one place within its part.
 * @param by -1 up, 1 down
 * @returns undefined when the item already stands at that end
 */
export function orderMoved(items: readonly Placed[], id: string, by: -1 | 1): string | undefined {
  const moving = items.find((item) => item._id === id)
  if (!moving) return undefined
  const part = sortAgenda(items).filter((item) => samePart(item, moving))
  const at = part.findIndex((item) => item._id === id)
  const neighbour = part[at + by]
  if (!neighbour) return undefined
  const beyond = part[at + 2 * by]
  const [low, high] = by < 0 ? [beyond, neighbour] : [neighbour, beyond]
  // Two devices may have made the same key; nothing fits between equals, so the item goes beside both.
  if (low && high && low.order >= high.order)
    return by < 0 ? generateKeyBetween(null, low.order) : generateKeyBetween(high.order, null)
  return generateKeyBetween(low?.order ?? null, high?.order ?? null)
}
