import { definitions, isRecordType, readRecord, type AnyRecord } from '../council/records/index.ts'
import { typeOfId } from '../oparl/record.ts'

/**
 * The record that a stored document is, lifted to the newest schema; undefined for what is no record (events, or types
 * of a newer app). The hub checked it on its way in, so that only old schemas are looked at again.
 */
export function documentToRecord(document: Readonly<Record<string, unknown>>): AnyRecord | undefined {
  const type = typeOfId(String(document['_id']))
  if (!isRecordType(type)) return undefined
  const record = withoutAncestry(document)
  if (record['schema'] === definitions[type].version) return record as unknown as AnyRecord
  const lifted = readRecord(record)
  return lifted.ok ? lifted.value : undefined
}

/** What the database adds to a record; most come without it and need not be copied. */
function withoutAncestry(document: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!('_revisions' in document) && !('_conflicts' in document)) return document
  const { _revisions, _conflicts, ...record } = document
  return record
}
