import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import type { Entry } from '../../contract.ts'
import type { OpenCopy } from '../store/databases.ts'
import type { Segment } from '../store/segment.ts'
import { canHoldId, shareIds } from './reaching.ts'

/** One audience's records of a type. */
interface Rack {
  /** What was read of the database. */
  readonly running: Map<string, AnyRecord>
  /** What was read of closed terms; a document of the database covers the one of a pack. */
  readonly packed: Map<string, AnyRecord>
}

/** Documents that nobody asked for yet, and where they belong. */
export interface Unread {
  readonly open: OpenCopy
  readonly part: keyof Rack
  readonly segment: Segment
}

/** Records of one type, of all audiences, and what is shown of them. */
export class Shelf {
  readonly entries = new Map<string, Entry>()
  /** The copy that knows most first. */
  readonly racks = new Map<OpenCopy, Rack>()
  #unread: Unread[] = []
  #saved: (id: string) => Entry | undefined

  constructor(saved: (id: string) => Entry | undefined) {
    this.#saved = saved
  }

  get unread(): readonly Unread[] {
    return this.#unread
  }

  /** Copies are added in order, the one that knows most first. */
  add(open: OpenCopy, running: Map<string, AnyRecord>, unread: Readonly<Record<keyof Rack, readonly Segment[]>>): void {
    this.racks.set(open, { running, packed: new Map() })
    for (const part of ['running', 'packed'] as const)
      for (const segment of unread[part]) this.#unread.push({ open, part, segment })
  }

  addRead(unread: Unread, records: readonly AnyRecord[]): void {
    const { open, part, segment } = unread
    this.#unread = this.#unread.filter((other) => other.segment !== segment)
    const known = this.racks.get(open)?.[part]
    for (const record of records) known?.set(record._id, record)
    for (const record of records) this.place(record._id)
  }

  /** Shows what is to be shown of a record: what is saved here, else what the copy holds that knows most. */
  place(id: string): void {
    const entry = this.#saved(id) ?? this.#held(id)
    if (entry) this.entries.set(id, entry)
    else this.entries.delete(id)
  }

  /** Whether a segment can hold one of these records as its copy knows it, where no copy that knows as much does. */
  canAlter({ open, segment }: Unread, ids: Iterable<string>): boolean {
    const racks = [...this.racks]
    const asGood = racks.slice(0, racks.findIndex(([copy]) => copy === open) + 1).map(([, { running }]) => running)
    for (const id of ids) if (canHoldId(segment.bounds, id) && !asGood.some((running) => running.has(id))) return true
    return false
  }

  /**
   * What has to be read so that the wanted segments are shown rightly: where several audiences hold a record, the one
   * that knows most counts, and of one audience its database, so that their segments are read with those of lesser ones
   * whose ids they share.
   */
  due(isWanted: (unread: Unread) => boolean): Unread[] {
    const due: Unread[] = []
    for (const open of [...this.racks.keys()].reverse())
      for (const part of ['packed', 'running'] as const) {
        const lesser = [...due]
        const covers = ({ segment }: Unread): boolean =>
          lesser.some((other) => shareIds(segment.bounds, other.segment.bounds))
        const own = this.#unread.filter((unread) => unread.open === open && unread.part === part)
        due.push(...own.filter((unread) => isWanted(unread) || covers(unread)))
      }
    return due
  }

  #held(id: string): Entry | undefined {
    for (const [open, { running, packed }] of this.racks) {
      const record = running.get(id) ?? packed.get(id)
      if (record) return { record, audience: open.copy.audience, pending: false }
    }
    return undefined
  }
}
