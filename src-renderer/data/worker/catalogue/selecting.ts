import type { AnyRecord } from '../../../../shared/oparl/index.ts'
import type { Entry, Selection } from '../../contract.ts'

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (record: object): Fields => record as Fields

/**
 * The entries that a selection shows, in order: the newest first where it asks for them, by the field of a span,
 * else by id. Deleted records are never shown.
 */
export function selectEntries(entries: ReadonlyMap<string, Entry>, selection: Selection): Entry[] {
  const candidates = selection.ids ? selection.ids.flatMap((id) => entries.get(id) ?? []) : entries.values()
  const found: Entry[] = []
  for (const entry of candidates) if (matches(entry.record, selection)) found.push(entry)
  const { newest, between } = selection
  if (newest) return sorted(found, newest.field, -1).slice(0, newest.limit)
  return sorted(found, between?.field ?? '_id', 1)
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

function sorted(entries: Entry[], field: string, direction: 1 | -1): Entry[] {
  const key = ({ record }: Entry): string => sortKey(fieldsOf(record)[field])
  const id = ({ record }: Entry): string => record._id
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return entries
    .map((entry) => ({ entry, key: key(entry) }))
    .sort((a, b) => direction * compare(a.key, b.key) || compare(id(a.entry), id(b.entry)))
    .map(({ entry }) => entry)
}

const instantLike = /^\d{4}-\d\d-\d\dT/
const wholeSecond = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Instants may be written with any offset; everything else sorts as text. */
export const sortKey = (value: unknown): string => {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value)
  if (wholeSecond.test(value)) return `${value.slice(0, -1)}.000Z`
  return instantLike.test(value) ? new Date(value).toISOString() : value
}
