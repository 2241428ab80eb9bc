import type { RecordOf, RecordType } from '../../../shared/oparl/index.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { Data } from '../../data/contract.ts'
import { changeRecord, createRecord, type Saved } from '../desk/index.ts'

type FieldsOf<Type extends RecordType> = Parameters<typeof createRecord<Type>>[2]
type Entered<Type extends RecordType> = { [Field in keyof FieldsOf<Type>]: FieldsOf<Type>[Field] | undefined }

/** Text of a form as a field: trimmed, and absent when empty. */
export const entered = (text: string): string | undefined => text.trim() || undefined

/** Changes the record, or makes one where there is none; absent fields are removed or left out. */
export function saveRecord<Type extends RecordType>(
  data: Data,
  type: Type,
  record: RecordOf[Type] | undefined,
  fields: Entered<Type>,
): Saved<RecordOf[Type]> {
  if (record) return changeRecord<RecordOf[Type]>(data, record, fields as Partial<RecordOf[Type]>)
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return createRecord(data, type, present as unknown as FieldsOf<Type>)
}

/** The refusal of an outcome, if it is one. */
export const refusalOf = (outcome: { ok: true } | { ok: false; failure: Refusal }): Refusal | undefined =>
  outcome.ok ? undefined : outcome.failure
