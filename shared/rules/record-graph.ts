import { definitions, type AnyRecord } from '../council/records/index.ts'
import { referencesIn } from '../oparl/record.ts'

/** The working state that a publication is decided from. */
export interface PublicationContext {
  get(id: string): AnyRecord | undefined
  /** Records that name the id in one of their reference fields. */
  referrers(id: string): Iterable<AnyRecord>
}

/** Ids that a record names in its reference fields. */
export const referencesOf = (record: AnyRecord): string[] =>
  Object.keys(definitions[record.type].references).flatMap((field) =>
    referencesIn(record as unknown as Readonly<Record<string, unknown>>, field),
  )

/** Records in memory with the records that name them: what the publication rule is asked with. */
export class RecordGraph implements PublicationContext {
  readonly #records = new Map<string, AnyRecord>()
  readonly #referrers = new Map<string, Set<string>>()

  constructor(records: Iterable<AnyRecord> = []) {
    for (const record of records) this.set(record)
  }

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

  /** Ids that name the id or are named by it. */
  neighbours(id: string): string[] {
    const record = this.#records.get(id)
    return [...(this.#referrers.get(id) ?? []), ...(record ? referencesOf(record) : [])]
  }

  set(record: AnyRecord): void {
    this.remove(record._id)
    this.#records.set(record._id, record)
    for (const target of referencesOf(record)) {
      const referrers = this.#referrers.get(target)
      if (referrers) referrers.add(record._id)
      else this.#referrers.set(target, new Set([record._id]))
    }
  }

  remove(id: string): void {
    const before = this.#records.get(id)
    if (before) for (const target of referencesOf(before)) this.#referrers.get(target)?.delete(id)
    this.#records.delete(id)
  }
}
