import { definitions, isRecordType, readRecord, type AnyRecord } from '../../../shared/oparl/index.ts'
import { referencesIn, typeOfId } from '../../../shared/oparl/record.ts'
import type { AudienceStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { PublicationContext } from '../../../shared/rules/publication.ts'
import { mostReserved } from '../../../shared/rules/reservation.ts'

/** What `office` says of one id: a record, a record in dispute of which nothing new may be published, or nothing. */
export type Reading =
  | { readonly kind: 'record'; readonly record: AnyRecord; readonly disputed: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'invalid' }

/** Ids that a record names in its reference fields. */
export const referencesOf = (record: AnyRecord): string[] =>
  Object.keys(definitions[record.type].references).flatMap((field) =>
    referencesIn(record as unknown as Readonly<Record<string, unknown>>, field),
  )

/** Whether the publisher is concerned with a document at all. */
export const isRecordId = (id: string): boolean => isRecordType(typeOfId(id))

/** Every record of `office` in memory, with the records that name it. */
export class WorkingState implements PublicationContext {
  readonly #records = new Map<string, AnyRecord>()
  readonly #referrers = new Map<string, Set<string>>()
  readonly #disputed = new Set<string>()

  get(id: string): AnyRecord | undefined {
    return this.#records.get(id)
  }

  *referrers(id: string): Iterable<AnyRecord> {
    for (const referrer of this.#referrers.get(id) ?? []) {
      const record = this.#records.get(referrer)
      if (record) yield record
    }
  }

  ids(): string[] {
    return [...this.#records.keys()]
  }

  isDisputed(id: string): boolean {
    return this.#disputed.has(id)
  }

  /** Ids that name the id or are named by it. */
  neighbours(id: string): string[] {
    const record = this.#records.get(id)
    return [...(this.#referrers.get(id) ?? []), ...(record ? referencesOf(record) : [])]
  }

  set(id: string, reading: Reading): void {
    const before = this.#records.get(id)
    if (before) for (const target of referencesOf(before)) this.#referrers.get(target)?.delete(id)
    this.#records.delete(id)
    this.#disputed.delete(id)
    if (reading.kind !== 'record') return
    this.#records.set(id, reading.record)
    if (reading.disputed) this.#disputed.add(id)
    for (const target of referencesOf(reading.record)) {
      const referrers = this.#referrers.get(target)
      if (referrers) referrers.add(id)
      else this.#referrers.set(target, new Set([id]))
    }
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
