import { entriesOf } from '../journal.ts'

/** Media that lies in objects, not in the data folder. */
export interface MediaElsewhere {
  readonly recordings: number
  readonly objects: number
  readonly bytes: number
}

/** What lies elsewhere by the journals of broadcasts. */
export function elsewhereBy(journals: readonly string[]): MediaElsewhere {
  const each = journals.map(objectsOf).filter((sizes) => sizes.length > 0)
  const sizes = each.flat()
  return { recordings: each.length, objects: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** The sizes of a broadcast's objects; none as long as all of them are on disk as well. */
function objectsOf(journal: string): number[] {
  const { entries } = entriesOf(journal)
  const kept = entries.slice(entries.findLastIndex(({ kind }) => kind === 'removed') + 1)
  if (!kept.some(({ kind }) => kind === 'moved')) return []
  const sizes = new Map<string, number>()
  for (const entry of kept) if (entry.kind === 'piece') sizes.set(`${entry.rendition}/${entry.offset}`, entry.length)
  return [...sizes.values()]
}
