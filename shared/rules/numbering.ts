import type { AgendaItem } from '../oparl/index.ts'

type Numbered = Pick<AgendaItem, '_id' | 'order' | 'public' | 'publicTitle' | 'deleted'>

/**
 * Public items first, then closed ones that are mentioned by a neutral title, then closed ones that are not mentioned.
 * Were the last two mixed, a gap in the public numbers would tell that something is hidden.
 */
const part = (item: Numbered): number => (item.public ? 0 : item.publicTitle ? 1 : 2)

function compare(a: Numbered, b: Numbered): number {
  if (part(a) !== part(b)) return part(a) - part(b)
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a._id < b._id ? -1 : a._id > b._id ? 1 : 0
}

/** The agenda in the order in which it is dealt with; deleted items are left out. */
export const sortAgenda = <Item extends Numbered>(items: Iterable<Item>): Item[] =>
  [...items].filter((item) => !item.deleted).sort(compare)

/**
 * Numbers of the items of one meeting, counted from 1, by item id. Every audience that numbers what it sees gives an
 * item the same number, because what it does not see stands behind all that it does.
 */
export const numberAgenda = (items: Iterable<Numbered>): Map<string, number> =>
  new Map(sortAgenda(items).map((item, index) => [item._id, index + 1]))
