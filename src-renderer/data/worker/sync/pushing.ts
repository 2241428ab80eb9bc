import { paths, type RefusedWrite } from '../../../../shared/hub-api/contract.ts'
import type { HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'

/** Documents of one request. */
const batchSize = 100

/** Sends what waits to the hub and takes its receipts. */
export class Pushing {
  #hub: HubClient
  #databases: Databases
  #outbox: Outbox
  #running: Promise<void> | undefined
  #again = false
  /** Whether an entry still waits for something else, such as the bytes of a file. */
  isHeldBack: (entry: OutboxEntry) => boolean = () => false

  constructor(hub: HubClient, databases: Databases, outbox: Outbox) {
    this.#hub = hub
    this.#databases = databases
    this.#outbox = outbox
  }

  /** Sends everything that waits; settles when it was sent, or when the hub cannot be reached. */
  push(): Promise<void> {
    this.#again = true
    this.#running ??= this.#drain().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #drain(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const due = this.#outbox.entries.filter((entry) => !entry.row.refusal && !this.isHeldBack(entry))
      const copies = Map.groupBy(due, ({ open }) => open)
      for (const [open, entries] of copies)
        for (let start = 0; start < entries.length; start += batchSize)
          if (!(await this.#send(open, entries.slice(start, start + batchSize)))) return
    }
  }

  async #send(open: OpenCopy, due: readonly OutboxEntry[]): Promise<boolean> {
    const entries = await this.#outbox.claim(due)
    if (entries.length === 0) return true
    const database = paths.database(open.copy.audience)
    const asked = Object.fromEntries(entries.map(({ row, revisions }) => [row.id, revisions.map(({ _rev }) => _rev)]))
    const lacking = await this.#hub.ask<Record<string, { missing: string[] }>>('POST', `${database}/_revs_diff`, asked)
    if (!lacking.ok) return false
    const documents = entries.flatMap(({ row, revisions }) =>
      revisions.filter(({ _rev }) => lacking.value[row.id]?.missing.includes(_rev)),
    )
    const outcome = documents.length
      ? await this.#hub.ask<RefusedWrite[]>('POST', `${database}/_bulk_docs`, { docs: documents, new_edits: false })
      : undefined
    if (outcome && !outcome.ok) return false
    const refused = new Map((outcome?.value ?? []).map((row) => [row.id, row]))
    for (const entry of entries) await this.#take(open, entry, refused.get(entry.row.id))
    return true
  }

  async #take(open: OpenCopy, entry: OutboxEntry, refused: RefusedWrite | undefined): Promise<void> {
    if (refused) {
      const { reason, faults } = refused
      await this.#outbox.refuse(entry, faults ? { reason, faults } : { reason })
      return
    }
    const { base, revisions } = entry
    await this.#databases.put(open, base ? [base, ...revisions] : revisions)
    await this.#outbox.settle(entry)
  }
}
