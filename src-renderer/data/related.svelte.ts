import type { RecordOf, RecordType } from '../../shared/council/records/index.ts'
import type { Data, Entry, LiveQuery } from './contract.ts'

/** Records that a live query shows, without those marked as deleted. */
export const recordsOf = <Type extends RecordType>(query: Pick<LiveQuery<Type>, 'entries'>): RecordOf[Type][] =>
  query.entries.map((entry) => entry.record).filter((record) => !record.deleted)

/** Records by ids that come from live data themselves; asks anew only when the set of ids changes. */
export class Related<Type extends RecordType> implements LiveQuery<Type> {
  readonly #key: string
  readonly #query: LiveQuery<Type> | undefined
  readonly #byId: ReadonlyMap<string, RecordOf[Type]>

  constructor(data: Pick<Data, 'select'>, type: Type, ids: () => Iterable<string | undefined>) {
    this.#key = $derived(
      [...new Set(ids())]
        .filter((id) => id !== undefined)
        .sort()
        .join(' '),
    )
    this.#query = $derived(this.#key === '' ? undefined : data.select({ type, ids: this.#key.split(' ') }))
    this.#byId = $derived(new Map(recordsOf(this).map((record) => [record._id, record])))
  }

  get entries(): readonly Entry<Type>[] {
    return this.#query?.entries ?? []
  }

  get state(): LiveQuery<Type>['state'] {
    return this.#query?.state ?? 'ready'
  }

  get(id: string | undefined): RecordOf[Type] | undefined {
    return id === undefined ? undefined : this.#byId.get(id)
  }

  /** The records of the ids that are known, in the order asked for. */
  all(ids: readonly string[] | undefined): RecordOf[Type][] {
    return (ids ?? []).flatMap((id) => this.get(id) ?? [])
  }
}

/** What a page that needs several queries is in: the worst of them. */
export const stateOf = (...queries: readonly Pick<LiveQuery<RecordType>, 'state'>[]): LiveQuery<RecordType>['state'] =>
  queries.some((query) => query.state === 'failed')
    ? 'failed'
    : queries.some((query) => query.state === 'loading')
      ? 'loading'
      : 'ready'
