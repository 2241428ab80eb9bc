import { canonical } from '../canonical.ts'
import type { AnyRecord } from '../council/records/index.ts'

type Fields = Record<string, unknown>

const intersection = (lists: readonly unknown[]): unknown[] => {
  const [first, ...others] = lists.map((list) => (Array.isArray(list) ? (list as unknown[]) : []))
  return (first ?? []).filter((entry) => others.every((list) => list.includes(entry)))
}

/** Every reading of a record that its undecided fields allow. */
function readingsOf(record: AnyRecord): Fields[] {
  const readings: Fields[] = [{ ...record }]
  for (const [field, values] of Object.entries(record.versions ?? {}))
    for (const value of values) readings.push({ ...record, [field]: value })
  return readings
}

/**
 * One record out of several readings of it (concurrent revisions, undecided `versions`) that shows no more than any of
 * them: withdrawn, deleted or closed in one is so in all. Content that decides nothing is taken from the first.
 */
export function mostReserved(records: readonly [AnyRecord, ...AnyRecord[]]): AnyRecord {
  const [first] = records
  if (records.length === 1 && !first.versions) return first
  const readings = records.flatMap(readingsOf)
  const reserved: Fields = { ...first }
  const all = (field: string): unknown[] => readings.map((reading) => reading[field])
  const withdrawn = readings.find(
    ({ publication }) => (publication as { state?: string } | undefined)?.state !== 'published',
  )
  if (all('deleted').includes(true)) reserved['deleted'] = true
  if ('public' in first) reserved['public'] = all('public').every((value) => value === true)
  if ('publication' in first && withdrawn) reserved['publication'] = { state: 'withdrawn', step: 0 }
  if ('released' in first) reserved['released'] = intersection(all('released'))
  const excluded = new Set(all('excluded').flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])))
  if (excluded.size > 0) reserved['excluded'] = [...excluded].sort()
  if ('organization' in first && Array.isArray(first.organization))
    reserved['organization'] = intersection(all('organization'))
  for (const field of ['publicTitle', 'announced'])
    if (new Set(all(field).map(canonical)).size > 1) delete reserved[field]
  return reserved as unknown as AnyRecord
}
