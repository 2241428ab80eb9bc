import { ulid } from 'ulid'
import { definitions, type AnyRecord, type RecordOf, type RecordType } from '../../../shared/council/records/index.ts'
import { berlinInstant } from './calendar.ts'
import type { Dice } from './random.ts'

type Envelope = '_id' | '_rev' | 'type' | 'schema' | 'created' | 'modified' | 'deleted' | 'versions'
/** What a record says beside its envelope; undefined stands for a field that is not there. */
type Fields<Type extends RecordType> = {
  [Field in keyof Omit<RecordOf[Type], Envelope>]: Omit<RecordOf[Type], Envelope>[Field] | undefined
}

export interface Register {
  readonly records: readonly AnyRecord[]
  /** An id for a record that others name before it is there. */
  readonly reserve: (type: RecordType, day: string) => string
  /** Adds a record made on a day, of which nobody changed anything after `modified` (the same day when left out). */
  readonly add: <Type extends RecordType>(
    type: Type,
    when: { readonly id?: string; readonly created: string; readonly modified?: string },
    fields: Partial<Fields<Type>>,
  ) => RecordOf[Type]
}

export function openRegister(dice: Dice): Register {
  const records: AnyRecord[] = []
  const reserve = (type: RecordType, day: string): string =>
    `${type}:${ulid(Date.parse(`${day}T08:00:00Z`), () => dice.fraction())}`
  return {
    records,
    reserve,
    add: (type, when, fields) => {
      const record = {
        _id: when.id ?? reserve(type, when.created),
        type,
        schema: definitions[type].version,
        created: berlinInstant(when.created, 8),
        modified: berlinInstant(when.modified ?? when.created, 9),
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      } as unknown as RecordOf[typeof type]
      records.push(record)
      return record
    },
  }
}
