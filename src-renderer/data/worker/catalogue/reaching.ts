import { definitions, type RecordType } from '../../../../shared/council/records/index.ts'
import { sortKey, type Bounds } from '../../../../shared/packs/index.ts'
import type { Entry, Selection } from '../../contract.ts'

/** What a day and its offset may differ from the instant that it is compared as; milliseconds. */
const leeway = 2 * 24 * 3600 * 1000

/**
 * Whether records within the bounds can be in a selection by anything but their ids; where that is unknown, they can.
 * With the `last` of as many entries as the selection wants of the newest, only a newer one can.
 */
export function canReach(bounds: Bounds, selection: Selection, last?: Entry): boolean {
  const { type, where, between, newest } = selection
  if (!areCurrent(bounds, type)) return true
  for (const [field, value] of Object.entries(where ?? {})) if (!canHold(bounds, field, value)) return false
  if (between && !overlaps(bounds.fields[between.field], between)) return false
  return !newest || !last || comesBefore(bounds, newest.field, last)
}

const areCurrent = (bounds: Bounds, type: RecordType): boolean => bounds.schema === definitions[type].version

function canHold({ fields }: Bounds, field: string, value: unknown): boolean {
  const bound = fields[field]
  if (bound === null) return true
  const key = sortKey(value)
  return bound !== undefined && bound[0] <= key && key <= bound[1]
}

function overlaps(bound: Bounds['fields'][string] | undefined, { from, to }: { from?: string; to?: string }): boolean {
  if (bound === null) return true
  if (bound === undefined) return false
  const [least, greatest] = bound.map((key) => Date.parse(key)) as [number, number]
  if (Number.isNaN(least) || Number.isNaN(greatest)) return true
  return !(Date.parse(from ?? '') > greatest + leeway) && !(Date.parse(to ?? '') < least - leeway)
}

/** Newest first, of equals the lesser id. */
function comesBefore({ fields }: Bounds, field: string, { record }: Entry): boolean {
  const [bound, ids] = [fields[field], fields['_id']]
  if (bound === null || !ids) return true
  const [greatest, key] = [bound?.[1] ?? '', sortKey((record as unknown as Record<string, unknown>)[field])]
  return greatest > key || (greatest === key && ids[0] < record._id)
}

/** Whether of two segments one can hold a newer record; of equals the one with the lesser id. */
export function holdsNewer(one: Bounds, other: Bounds, field: string): boolean {
  const [a, b] = [one, other].map(({ fields }) => (fields[field] === null ? unbounded : (fields[field]?.[1] ?? '')))
  return a === b ? (one.fields['_id']?.[0] ?? '') < (other.fields['_id']?.[0] ?? '') : a! > b!
}

/** Sorts after every key. */
const unbounded = '\uffff'

/** Whether two ranges of ids share some. */
export const shareIds = (one: Bounds, other: Bounds): boolean => {
  const [a, b] = [one.fields['_id'], other.fields['_id']]
  return !a || !b || (a[0] <= b[1] && b[0] <= a[1])
}

export const canHoldId = (bounds: Bounds, id: string): boolean => !bounds.fields['_id'] || canHold(bounds, '_id', id)
