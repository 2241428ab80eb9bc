import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import { sortKey } from '../../../../shared/packs/index.ts'
import type { Entry, Selection } from '../../contract.ts'

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (record: object): Fields => record as Fields

/**
 * The entries that a selection shows, in order: the newest first where it asks for them, by the field of a span,
 * else by id. Deleted records are never shown.
 */
export function selectEntries(entries: ReadonlyMap<string, Entry>, selection: Selection): Entry[] {
  const candidates = selection.ids ? selection.ids.flatMap((id) => entries.get(id) ?? []) : entries.values()
  const { newest, between } = selection
  if (newest && newest.limit <= 0) return []
  const order = newest ? orderBy(newest.field, -1) : orderBy(between?.field ?? '_id', 1)
  const found: Keyed[] = []
  for (const entry of candidates) {
    if (!matches(entry.record, selection)) continue
    const keyed = order.keyed(entry)
    if (newest && found.length >= newest.limit) {
      // A start does not wait until ten thousand are sorted for the first ten.
      if (order.compare(keyed, found.at(-1)!) >= 0) continue
      found.pop()
      found.splice(placeIn(found, keyed, order.compare), 0, keyed)
    } else {
      found.push(keyed)
      if (newest?.limit === found.length) found.sort(order.compare)
    }
  }
  return found.sort(order.compare).map(({ entry }) => entry)
}

function matches(record: AnyRecord, { where, between }: Selection): boolean {
  if (record.deleted) return false
  const fields = fieldsOf(record)
  for (const [field, wanted] of Object.entries(where ?? {})) {
    const value = fields[field]
    if (Array.isArray(value) ? !value.includes(wanted) : value !== wanted) return false
  }
  return !between || lies(fields[between.field], between.from, between.to)
}

/**
 * Days and instants with any offset compare by time. A day stands for all of it: `to: "2026-05-04"` contains
 * `"2026-05-04T23:00:00Z"`.
 */
function lies(value: unknown, from: string | undefined, to: string | undefined): boolean {
  if (typeof value !== 'string') return false
  if (from !== undefined && value.slice(0, from.length) !== from && Date.parse(value) < Date.parse(from)) return false
  return to === undefined || value.slice(0, to.length) === to || Date.parse(value) <= Date.parse(to)
}

interface Keyed {
  readonly entry: Entry
  readonly key: string
}

function orderBy(field: string, direction: 1 | -1) {
  const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return {
    keyed: (entry: Entry): Keyed => ({ entry, key: sortKey(fieldsOf(entry.record)[field]) }),
    compare: (a: Keyed, b: Keyed): number =>
      direction * compareTexts(a.key, b.key) || compareTexts(a.entry.record._id, b.entry.record._id),
  }
}

/** Where a value belongs in what is sorted. */
function placeIn(sorted: readonly Keyed[], value: Keyed, compare: (a: Keyed, b: Keyed) => number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(sorted[middle]!, value) < 0) low = middle + 1
    else high = middle
  }
  return low
}
