import { isRecordType, readRecord, type AnyRecord } from '../../../shared/council/records/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { AudienceStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import { RecordGraph } from '../../../shared/rules/record-graph.ts'
import { mostReserved } from '../../../shared/rules/reservation.ts'

/** What `office` says of one id: a record, a record in dispute of which nothing new may be published, or nothing. */
export type Reading =
  | { readonly kind: 'record'; readonly record: AnyRecord; readonly disputed: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'invalid' }

/** Whether the publisher is concerned with a document at all. */
export const isRecordId = (id: string): boolean => isRecordType(typeOfId(id))

/** Every record of `office` in memory, with the records that name it and those in dispute. */
export class WorkingState extends RecordGraph {
  readonly #disputed = new Set<string>()

  isDisputed(id: string): boolean {
    return this.#disputed.has(id)
  }

  take(id: string, reading: Reading): void {
    if (reading.kind === 'record') this.set(reading.record)
    else this.remove(id)
    if (reading.kind === 'record' && reading.disputed) this.#disputed.add(id)
    else this.#disputed.delete(id)
  }
}

/** Reads one document of `office` with all its concurrent revisions. */
export async function readWorkingRecord(office: AudienceStore, winner: StoredDocument): Promise<Reading> {
  const { _conflicts: conflicts = [], ...document } = winner
  const others = await Promise.all(conflicts.map((rev) => office.get(winner._id, { rev })))
  const records: AnyRecord[] = []
  for (const revision of [document, ...others]) {
    const outcome = readRecord(revision && withoutStoreFields(revision))
    if (!outcome.ok || outcome.value._id !== winner._id) return { kind: 'invalid' }
    records.push(outcome.value)
  }
  const [first, ...rest] = records
  if (!first) return { kind: 'invalid' }
  return { kind: 'record', record: mostReserved([first, ...rest]), disputed: rest.length > 0 }
}

const withoutStoreFields = ({ _attachments: _, _revisions: __, _rev: ___, ...record }: Record<string, unknown>) =>
  record
