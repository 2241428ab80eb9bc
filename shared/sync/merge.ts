import type { Publication } from '../oparl/record.ts'

type Fields = Readonly<Record<string, unknown>>

const bookkeeping = new Set(['_rev', '_revisions', '_conflicts', 'modified', 'versions', 'publication'])

/**
 * Merges concurrent revisions of one record, field by field, against their common ancestor. Pure: no clock, no user,
 * no chance, so every device that merges the same revisions writes the same result.
 *
 * @param base the newest common ancestor; undefined when it is not known, then every difference is a conflict
 * @param leaves at least one revision, the one that the store shows first
 * @returns the merged record without `_rev`; `versions` lists every field that a person has to decide
 */
export function mergeRecords(base: Fields | undefined, leaves: readonly Fields[]): Record<string, unknown> {
  const [winner, ...others] = leaves
  if (!winner) throw new RangeError('mergeRecords needs at least one revision')
  let merged: Record<string, unknown> = withoutBookkeeping(winner)
  for (const other of others) merged = mergePair(base, merged, other)
  return merged
}

function withoutBookkeeping(record: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => field !== '_rev' && field !== '_revisions' && field !== '_conflicts'),
  )
}

function mergePair(base: Fields | undefined, left: Fields, right: Fields): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  const versions = mergeVersions(base, left, right)
  for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (bookkeeping.has(field)) continue
    const outcome = mergeField(base?.[field], left[field], right[field], base !== undefined)
    if (outcome.conflict) versions.set(field, [...new Set([...(versions.get(field) ?? []), left[field], right[field]])])
    if (outcome.value !== undefined) merged[field] = outcome.value
  }
  merged['modified'] = later(left['modified'], right['modified'])
  const publication = higherPublication(
    left['publication'] as Publication | undefined,
    right['publication'] as Publication | undefined,
  )
  if (publication) merged['publication'] = publication
  if (versions.size > 0) merged['versions'] = Object.fromEntries([...versions].sort(([a], [b]) => (a < b ? -1 : 1)))
  return merged
}

interface FieldOutcome {
  readonly value: unknown
  readonly conflict: boolean
}

function mergeField(base: unknown, left: unknown, right: unknown, ancestorKnown: boolean): FieldOutcome {
  if (same(left, right)) return { value: left, conflict: false }
  if (ancestorKnown && same(base, left)) return { value: right, conflict: false }
  if (ancestorKnown && same(base, right)) return { value: left, conflict: false }
  if (
    ancestorKnown &&
    isIdList(left ?? []) &&
    isIdList(right ?? []) &&
    isIdList(base ?? []) &&
    (isIdList(left) || isIdList(right))
  )
    return {
      value: mergeLists((base ?? []) as string[], (left ?? []) as string[], (right ?? []) as string[]),
      conflict: false,
    }
  return { value: left, conflict: true }
}

/** Additions and removals of both sides hold; new entries keep the order of the side they come from. */
function mergeLists(base: string[], left: string[], right: string[]): string[] {
  const removed = new Set(base.filter((entry) => !left.includes(entry) || !right.includes(entry)))
  return [...new Set([...left, ...right])].filter((entry) => !removed.has(entry))
}

const isIdList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** A field that one side already settled is settled; what either side still has to decide stays open. */
function mergeVersions(base: Fields | undefined, left: Fields, right: Fields): Map<string, unknown[]> {
  const of = (record: Fields | undefined) => (record?.['versions'] ?? {}) as Record<string, unknown[]>
  const versions = new Map<string, unknown[]>()
  for (const field of new Set([...Object.keys(of(left)), ...Object.keys(of(right))])) {
    const [mine, theirs, before] = [of(left)[field], of(right)[field], of(base)[field]]
    const settled = before && (!mine || !theirs)
    if (!settled)
      versions.set(
        field,
        [...new Set([...(mine ?? []), ...(theirs ?? [])].map((value) => JSON.stringify(value)))].map(
          (text) => JSON.parse(text) as unknown,
        ),
      )
  }
  return versions
}

/** The later decision holds; of two at the same step the one that shows less. */
function higherPublication(left: Publication | undefined, right: Publication | undefined): Publication | undefined {
  if (!left || !right) return left ?? right
  if (left.step !== right.step) return left.step > right.step ? left : right
  return left.state === 'published' ? right : left
}

const later = (left: unknown, right: unknown): unknown => (String(left) >= String(right) ? left : right)

/** Structural equality of JSON values, blind to the order of keys. */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const [a, b] = [left as Fields, right as Fields]
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]))
}
