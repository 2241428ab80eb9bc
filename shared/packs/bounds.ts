import { definitions, isRecordType } from '../council/records/index.ts'
import type { StoredDocument } from '../ports/document-store.ts'
import { documentToRecord } from './document.ts'

/** What the fields of many records lie between, so that a selection knows whether it has to read them. */
export interface Bounds {
  /** Schema of the records that were looked at. */
  readonly schema: number
  /** Least and greatest sort key of a field's values; null where they are not bounded, absent where no record has it. */
  readonly fields: Readonly<Record<string, readonly [least: string, greatest: string] | null>>
}

/** Longer values are prose, which nobody selects by. */
const longestKey = 64
/** What the fields of these documents lie between; of texts alone, as lists reach over all terms. */
export function boundsOf(type: string, documents: readonly StoredDocument[]): Bounds {
  const fields: Record<string, [string, string] | null> = {}
  for (const document of documents)
    for (const [field, value] of Object.entries(documentToRecord(document) ?? {})) {
      const known = fields[field]
      if (known === null) continue
      if (typeof value !== 'string' || value.length > longestKey) {
        fields[field] = null
        continue
      }
      const key = sortKey(value)
      if (!known) fields[field] = [key, key]
      else if (key < known[0]) known[0] = key
      else if (key > known[1]) known[1] = key
    }
  return { schema: isRecordType(type) ? definitions[type].version : 0, fields }
}

const instantLike = /^\d{4}-\d\d-\d\dT/
const wholeSecond = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Instants may be written with any offset; everything else sorts as text. */
export const sortKey = (value: unknown): string => {
  if (typeof value !== 'string') return value === undefined ? '' : JSON.stringify(value)
  if (value[10] !== 'T') return value
  if (wholeSecond.test(value)) return `${value.slice(0, -1)}.000Z`
  return instantLike.test(value) ? new Date(value).toISOString() : value
}
