import { SvelteMap } from 'svelte/reactivity'
import { readRecord, type AnyRecord } from '../../../../shared/council/records/index.ts'
import { failed, success } from '../../../../shared/result.ts'
import { judgeWrite, nobody, type Principal, type Refusal, type Role } from '../../../../shared/rules/access.ts'
import type { Data, Entry, Selection, SyncStatus } from '../../../data/contract.ts'

/**
 * The working state of a town as a device of somebody in the administration has it: it takes what the hub's own rule
 * takes, keeps what cannot be sent for later, and shows every change at once.
 */
export class Office {
  phase = $state<SyncStatus['phase']>('live')
  /** What queries say of themselves. */
  standing = $state<'loading' | 'ready' | 'failed'>('ready')
  readonly #entries = new SvelteMap<string, Entry>()
  readonly #principal: Principal
  #last = 0

  constructor(records: readonly AnyRecord[], role: Role = 'clerk') {
    this.#principal = { ...nobody, account: 'account', roles: [role] }
    for (const record of records) this.#entries.set(record._id, { record, audience: 'office', pending: false })
  }

  /** The device as a page sees it; questions that no page of passages asks are not answered. */
  get data(): Data {
    return this as unknown as Data
  }
  get session(): unknown {
    return { kind: 'signed-in', session: { principal: this.#principal } }
  }
  get sync(): unknown {
    return { phase: this.phase }
  }

  newId = (type: string): string => `${type}:k${String((this.#last += 1)).padStart(4, '0')}`

  save = async (record: AnyRecord): Promise<unknown> => {
    const stored = this.#entries.get(record._id)?.record as unknown as Record<string, unknown> | undefined
    const document = record as unknown as Record<string, unknown>
    const verdict = judgeWrite(this.#principal, { audience: 'office', document, stored, liveLeaves: stored ? 1 : 0 })
    if (!verdict.allowed) return failed({ reason: verdict.reason } satisfies Refusal)
    const read = readRecord(record)
    if (!read.ok) return failed({ reason: 'invalid' } satisfies Refusal)
    this.#entries.set(record._id, { record: read.value, audience: 'office', pending: this.phase === 'offline' })
    return success(read.value)
  }

  select = ({ type, ids, where }: Selection): unknown => {
    const fits = (record: AnyRecord): boolean =>
      record.type === type &&
      (ids?.includes(record._id) ?? true) &&
      Object.entries(where ?? {}).every(([field, value]) => (record as never)[field] === value)
    const entries = this.#entries
    const standing = () => this.standing
    return {
      get entries() {
        return standing() === 'ready' ? [...entries.values()].filter(({ record }) => fits(record)) : []
      },
      get state() {
        return standing()
      },
    }
  }

  /** All records of a type that are not deleted. */
  all<Type extends AnyRecord['type']>(type: Type): Extract<AnyRecord, { type: Type }>[] {
    return [...this.#entries.values()]
      .map(({ record }) => record)
      .filter((record): record is Extract<AnyRecord, { type: Type }> => record.type === type && !record.deleted)
  }
}
