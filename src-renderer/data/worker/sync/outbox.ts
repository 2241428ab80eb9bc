import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import type { Entry } from '../../contract.ts'
import type { Overlay } from '../catalogue/catalogue.ts'
import { documentToRecord } from '../../../../shared/packs/index.ts'
import type { OpenCopy } from '../store/databases.ts'
import type { DeviceStore, OutboxRow } from '../store/device-store.ts'
import { sealText, unsealText } from '../store/sealing.ts'
import type { Revision } from './revision.ts'

/** What the hub shall receive of one record. */
export interface Pending {
  /** What the record shall be, then the branches that end with it. */
  readonly revisions: readonly [Revision, ...Revision[]]
  /** What it was made from, for merging with what others make from it. */
  readonly base?: Revision | undefined
}

export interface OutboxEntry extends Pending {
  readonly open: OpenCopy
  readonly row: OutboxRow
}

/**
 * Records saved here that the hub has not received. They lie beside the databases, which hold only what the hub has:
 * a refused state can be taken back, and a hub with another past gets them as they are.
 */
export class Outbox implements Overlay {
  #store: DeviceStore
  #held = new Map<string, OutboxEntry>()
  #shown = new Map<string, Entry>()
  #order = 0
  /** Per record: whatever decides by what waits, and changes it, one after the other. */
  #turns = new Map<string, Promise<unknown>>()
  /** Called after entries came, went or were refused. */
  onChange: (ids: readonly string[]) => void = () => {}

  constructor(store: DeviceStore) {
    this.#store = store
  }

  /** Reads what is waiting in the given copies. */
  async load(copies: readonly OpenCopy[]): Promise<void> {
    const before = this.#order
    const found: OutboxEntry[] = []
    for (const open of copies)
      for (const row of await this.#store.getAllFromIndex('outbox', 'copy', open.copy.key)) {
        const pending = JSON.parse(await unsealText(open.key, row.key, row.sealed)) as Pending
        found.push({ ...pending, open, row })
      }
    const savedSince = this.entries.flatMap((entry) => {
      const open = copies.find(({ copy }) => copy.key === entry.row.copy)
      return open && entry.row.order > before ? { ...entry, open } : []
    })
    this.#held.clear()
    this.#shown.clear()
    for (const entry of [...found, ...savedSince]) this.#hold(entry)
    this.onChange([...this.#held.keys()])
  }

  /** Runs what decides by what waits of a record, and changes it, after whatever does so already. */
  inTurn<Value>(id: string, act: () => Promise<Value>): Promise<Value> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(act, act)
    this.#turns.set(id, turn)
    void turn
      .catch(() => {})
      .then(() => {
        if (this.#turns.get(id) === turn) this.#turns.delete(id)
      })
    return turn
  }

  entry = (id: string): Entry | undefined => this.#shown.get(id)
  ids = (): Iterable<string> => this.#held.keys()
  get = (id: string): OutboxEntry | undefined => this.#held.get(id)
  /** Everything that waits, in the order in which it was saved. */
  get entries(): OutboxEntry[] {
    return [...this.#held.values()].sort((a, b) => a.row.order - b.row.order)
  }

  /**
   * Keeps a state for the hub, in place of an earlier one of the same record; safe on disk when it settles. Called in
   * the record's turn.
   */
  async put(open: OpenCopy, pending: Pending): Promise<void> {
    const id = pending.revisions[0]._id
    const key = `${open.copy.key}/${id}`
    const sealed = await sealText(open.key, key, JSON.stringify(pending))
    const row = { key, copy: open.copy.key, id, order: ++this.#order, sealed, tried: false }
    const before = this.#held.get(id)?.row.key
    await this.#write(row)
    this.#hold({ ...pending, open, row })
    if (before !== undefined && before !== key) await this.#store.delete('outbox', before)
    this.onChange([id])
  }

  /** Those that still wait as they are, marked: the hub may know their revisions from now on. */
  async claim(entries: readonly OutboxEntry[]): Promise<OutboxEntry[]> {
    const claimed = await Promise.all(
      entries.map((entry) =>
        this.inTurn(entry.row.id, async () => {
          if (!entry.row.tried) await this.#replace(entry, { ...entry.row, tried: true })
          return this.#isCurrent(entry) ? (this.#held.get(entry.row.id) ?? []) : []
        }),
      ),
    )
    return claimed.flat()
  }

  refuse(entry: OutboxEntry, refusal: Refusal): Promise<void> {
    return this.inTurn(entry.row.id, async () => {
      if (!this.#isCurrent(entry)) return
      const { reason, faults } = refusal
      await this.#replace(entry, { ...entry.row, tried: false, refusal: faults ? { reason, faults } : { reason } })
      this.onChange([entry.row.id])
    })
  }

  /** The hub has this state; a later one of the same record stays. */
  settle(entry: OutboxEntry): Promise<void> {
    return this.inTurn(entry.row.id, async () => {
      if (this.#isCurrent(entry)) await this.drop(entry.row.id)
    })
  }

  /** Gives up what is saved here of a record. Called in the record's turn. */
  async drop(id: string): Promise<void> {
    const entry = this.#held.get(id)
    if (!entry) return
    await this.#store.delete('outbox', entry.row.key)
    this.#held.delete(id)
    this.#shown.delete(id)
    this.onChange([id])
  }

  #isCurrent(entry: OutboxEntry): boolean {
    return this.#held.get(entry.row.id)?.row.order === entry.row.order
  }

  async #replace(entry: OutboxEntry, row: OutboxRow): Promise<void> {
    if (!this.#isCurrent(entry)) return
    await this.#write(row)
    if (this.#isCurrent(entry)) this.#hold({ ...entry, row })
  }

  async #write(row: OutboxRow): Promise<void> {
    const transaction = this.#store.transaction('outbox', 'readwrite', { durability: 'strict' })
    await transaction.store.put(row)
    await transaction.done
  }

  #hold(entry: OutboxEntry): void {
    const { row, open, revisions } = entry
    this.#order = Math.max(this.#order, row.order)
    this.#held.set(row.id, entry)
    const record = documentToRecord(revisions[0])
    if (record) this.#shown.set(row.id, { ...shownAs(record, row), audience: open.copy.audience })
  }
}

const shownAs = (record: AnyRecord, { refusal }: OutboxRow): Omit<Entry, 'audience'> =>
  refusal ? { record, pending: false, refusal } : { record, pending: true }
