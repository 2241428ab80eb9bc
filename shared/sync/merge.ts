import { canonical } from '../canonical.ts'
import type { Publication } from '../oparl/record.ts'

type Fields = Readonly<Record<string, unknown>>

/** Merged by rules of their own, or not at all. */
const bookkeeping = new Set([
  '_rev',
  '_revisions',
  '_conflicts',
  'modified',
  'versions',
  'publication',
  'deleted',
  'schema',
])

/**
 * Merges concurrent revisions of one record, field by field, against their common ancestor. Pure: no clock, no user,
 * no chance, so every device that merges the same revisions writes the same result. What it shows of a field that a
 * person has to decide depends on the order of the leaves, which the store gives; nothing else does.
 *
 * @param base the newest common ancestor; undefined when it is not known, then every difference is a conflict
 * @param leaves at least one revision, the one that the store shows first
 * @returns the merged record without `_rev`; `versions` lists every field that a person has to decide
 */
export function mergeRecords(base: Fields | undefined, leaves: readonly Fields[]): Record<string, unknown> {
  if (leaves.length === 0) throw new RangeError('mergeRecords needs at least one revision')
  const merged: Record<string, unknown> = {}
  const versions = openVersions(base, leaves)
  const decide = (field: string, value: unknown, candidates: readonly unknown[]): void => {
    if (candidates.length > 0) versions.set(field, distinct([...(versions.get(field) ?? []), ...candidates]))
    if (value !== undefined) merged[field] = value
  }
  for (const field of new Set(leaves.flatMap((leaf) => Object.keys(leaf)))) {
    if (bookkeeping.has(field)) continue
    const { value, candidates } = mergeField(
      base?.[field],
      leaves.map((leaf) => leaf[field]),
      base !== undefined,
    )
    decide(field, value, candidates)
  }
  const deletion = mergeDeletion(base, leaves)
  decide('deleted', deletion.value, deletion.candidates)
  Object.assign(merged, mergeBookkeeping(leaves))
  if (versions.size > 0) merged['versions'] = Object.fromEntries([...versions].sort(([a], [b]) => (a < b ? -1 : 1)))
  return merged
}

interface FieldOutcome {
  readonly value: unknown
  /** Values among which a person has to choose; none when the field is settled. */
  readonly candidates: readonly unknown[]
}

const settledAs = (value: unknown): FieldOutcome => ({ value, candidates: [] })

function mergeField(base: unknown, values: readonly unknown[], ancestorKnown: boolean): FieldOutcome {
  const written = distinct(values.filter((value) => !ancestorKnown || !same(value, base)))
  if (written.length === 0) return settledAs(base)
  const [first] = values.filter((value) => !ancestorKnown || !same(value, base))
  if (written.length === 1) return settledAs(first)
  const list = ancestorKnown ? mergeLists(base, values) : undefined
  return list ? settledAs(list) : { value: first, candidates: written }
}

/**
 * Additions and removals of all sides hold, and the order of whoever changed it. Undefined when the values are no lists
 * of different texts, when two sides ordered them differently, or when nothing would be left of what each side kept.
 */
function mergeLists(base: unknown, values: readonly unknown[]): string[] | undefined {
  const lists = [base, ...values].map((value) => value ?? [])
  if (!lists.every(isTextSet)) return undefined
  const [before = [], ...sides] = lists
  const kept = before.filter((entry) => sides.every((side) => side.includes(entry)))
  const removed = new Set(before.filter((entry) => !kept.includes(entry)))
  const keptIn = (list: readonly string[]): string[] => list.filter((entry) => kept.includes(entry))
  const reordered = sides.filter((side) => !same(keptIn(side), kept))
  const [frame] = reordered
  if (frame && !reordered.every((side) => same(keptIn(side), keptIn(frame)))) return undefined
  const added = distinct(sides.flat().filter((entry) => !before.includes(entry))) as string[]
  const merged = [...keptIn(frame ?? kept), ...added].filter((entry) => !removed.has(entry))
  return merged.length > 0 ? merged : undefined
}

const isTextSet = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string') && new Set(value).size === value.length

/** Whoever deleted a record did not see what others wrote meanwhile: it stays until a person decides. */
function mergeDeletion(base: Fields | undefined, leaves: readonly Fields[]): FieldOutcome {
  const deleted = leaves.filter((leaf) => leaf['deleted'])
  if (deleted.length === 0) return settledAs(undefined)
  const edited = (leaf: Fields): boolean =>
    !leaf['deleted'] &&
    (!base ||
      [...new Set([...Object.keys(leaf), ...Object.keys(base)])].some(
        (field) => (!bookkeeping.has(field) || field === 'publication') && !same(leaf[field], base[field]),
      ))
  const restored = base?.['deleted'] === true && deleted.length < leaves.length
  if (restored) return settledAs(undefined)
  return leaves.some(edited) ? { value: undefined, candidates: [true, null] } : settledAs(true)
}

/** What earlier merges left open. Settling decides about what the settler saw: values that came since stay open. */
function openVersions(base: Fields | undefined, leaves: readonly Fields[]): Map<string, unknown[]> {
  const of = (record: Fields | undefined) => (record?.['versions'] ?? {}) as Readonly<Record<string, unknown[]>>
  const open = new Map<string, unknown[]>()
  for (const field of new Set(leaves.flatMap((leaf) => Object.keys(of(leaf))))) {
    const before = of(base)[field]
    const settled = before !== undefined && leaves.some((leaf) => !of(leaf)[field])
    const seen = new Set(settled ? before.map(canonical) : [])
    const values = leaves.flatMap((leaf) => of(leaf)[field] ?? []).filter((value) => !seen.has(canonical(value)))
    if (values.length > 0) open.set(field, distinct(values))
  }
  return open
}

/** States and stamps that only rise. */
function mergeBookkeeping(leaves: readonly Fields[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const field of ['modified', 'schema']) {
    const values = leaves.flatMap((leaf) => (leaf[field] === undefined ? [] : [leaf[field] as string | number]))
    if (values.length > 0) merged[field] = values.reduce((highest, value) => (value > highest ? value : highest))
  }
  const publications = leaves.flatMap((leaf) => (leaf['publication'] as Publication | undefined) ?? [])
  if (publications.length > 0) merged['publication'] = publications.reduce(higherPublication)
  return merged
}

/** From the one that shows least. */
const showing: readonly Publication['state'][] = ['withdrawn', 'draft', 'published']

/** The later decision holds; of two at the same step the one that shows less. */
function higherPublication(left: Publication, right: Publication): Publication {
  if (left.step !== right.step) return left.step > right.step ? left : right
  return showing.indexOf(left.state) <= showing.indexOf(right.state) ? left : right
}

/** Different values in an order of their own; a field that was removed is null among them. */
function distinct(values: readonly unknown[]): unknown[] {
  const texts = new Set(values.map((value) => canonical(value ?? null)))
  return [...texts].sort().map((text) => JSON.parse(text) as unknown)
}

const same = (left: unknown, right: unknown): boolean => left === right || canonical(left) === canonical(right)
