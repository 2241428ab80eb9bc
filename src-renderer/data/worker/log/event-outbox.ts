import { parseMeetingEventId, type MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import type { OpenCopy } from '../store/databases.ts'
import type { DeviceStore, EventRow } from '../store/device-store.ts'
import { sealText, unsealText } from '../store/sealing.ts'

/** An event that waits for the hub, or that the hub refused. */
export interface EventEntry {
  readonly open: OpenCopy
  readonly row: EventRow
  readonly event: MeetingEvent
}

/**
 * Events written here that the hub has not received, in the order in which they were written. They lie sealed beside
 * the databases, which hold only what the hub has; safe on disk before anybody is told that they were written.
 */
export class EventOutbox {
  #store: DeviceStore
  #held = new Map<string, EventEntry>()
  /** Called after entries came, went or changed, with their ids. */
  onChange: (ids: readonly string[]) => void = () => {}

  constructor(store: DeviceStore) {
    this.#store = store
  }

  /** Reads what waits in the given copies. */
  async load(copies: readonly OpenCopy[]): Promise<void> {
    const found = new Map<string, EventEntry>()
    for (const open of copies)
      for (const row of await this.#store.getAllFromIndex('events', 'copy', open.copy.key)) {
        const event = JSON.parse(await unsealText(open.key, row.key, row.sealed)) as MeetingEvent
        found.set(row.id, { open, row, event })
      }
    this.#held = found
    this.onChange([...found.keys()])
  }

  get = (id: string): EventEntry | undefined => this.#held.get(id)

  /** In the order in which they were written, those refused among them. */
  get entries(): EventEntry[] {
    return [...this.#held.values()].sort((a, b) => (clockOf(a) < clockOf(b) ? -1 : 1))
  }

  /** How many wait for the hub. */
  get waiting(): number {
    return this.entries.filter(({ row }) => !row.refusal).length
  }

  /** Keeps events for the hub, all or none. `tried`: the hub may have them already. */
  async put(open: OpenCopy, events: readonly MeetingEvent[], tried: boolean): Promise<void> {
    const copy = open.copy.key
    await this.#write(
      open,
      events.map((event) => {
        const row = { key: `${copy}/${event._id}`, copy, id: event._id, tried }
        return { event, row }
      }),
    )
  }

  /** Keeps events as they are about to be sent: the hub may have them from now on. Those that are gone are left out. */
  async markTried(
    ready: readonly { readonly entry: EventEntry; readonly event: MeetingEvent }[],
  ): Promise<EventEntry[]> {
    const here = ready.filter(({ entry }) => this.#held.has(entry.row.id))
    const changed = here.filter(({ entry, event }) => !entry.row.tried || entry.event !== event)
    for (const [open, own] of Map.groupBy(changed, ({ entry }) => entry.open))
      await this.#write(
        open,
        own.map(({ entry: { row }, event }) => ({
          event,
          row: { key: row.key, copy: row.copy, id: row.id, tried: true },
        })),
      )
    return here.flatMap(({ entry }) => this.#held.get(entry.row.id) ?? [])
  }

  async refuse({ open, row, event }: EventEntry, { reason, faults }: Refusal): Promise<void> {
    if (!this.#held.has(row.id)) return
    const { key, copy, id } = row
    const refused = { key, copy, id, tried: false, refusal: faults ? { reason, faults } : { reason } }
    await this.#write(open, [{ event, row: refused }])
  }

  /** The hub has it, or nobody wants it any more. */
  async drop(id: string): Promise<void> {
    const entry = this.#held.get(id)
    if (!entry) return
    this.#held.delete(id)
    await this.#store.delete('events', entry.row.key)
    this.onChange([id])
  }

  async #write(
    open: OpenCopy,
    entries: readonly { readonly event: MeetingEvent; readonly row: Omit<EventRow, 'sealed'> }[],
  ): Promise<void> {
    const rows = await Promise.all(
      entries.map(async ({ event, row }) => ({
        ...row,
        sealed: await sealText(open.key, row.key, JSON.stringify(event)),
      })),
    )
    const transaction = this.#store.transaction(['copies', 'events'], 'readwrite', { durability: 'strict' })
    // A copy that ended meanwhile takes nothing more.
    const lives = (await transaction.objectStore('copies').getKey(open.copy.key)) !== undefined
    if (lives) await Promise.all(rows.map((row) => transaction.objectStore('events').put(row)))
    await transaction.done
    if (!lives) throw new Error(`The copy ${open.copy.audience} ended while an event was written to it`)
    for (const [place, { event }] of entries.entries()) {
      const row = rows[place]
      if (row) this.#held.set(row.id, { open, row, event })
    }
    this.onChange(rows.map(({ id }) => id))
  }
}

const clockOf = ({ row }: EventEntry): string => parseMeetingEventId(row.id)?.clock ?? ''
