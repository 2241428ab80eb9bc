import type { ApiFailureCode } from '../../../../shared/hub-api/contract.ts'
import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import { sendBytes, type HubClient, type Sent } from '../../hub/index.ts'
import type { Databases } from '../store/databases.ts'
import type { Outbox, OutboxEntry } from '../sync/outbox.ts'
import type { FileCache } from './file-cache.ts'

/** Sends bytes of new files to the hub, resumably; records that name them wait for it. */
export class Uploads {
  #hub: HubClient
  #cache: FileCache
  #outbox: Outbox
  #databases: Databases
  #save: (record: AnyRecord) => Promise<unknown>
  #running: Promise<void> | undefined

  constructor(
    hub: HubClient,
    cache: FileCache,
    outbox: Outbox,
    databases: Databases,
    save: (record: AnyRecord) => Promise<unknown>,
  ) {
    this.#hub = hub
    this.#cache = cache
    this.#outbox = outbox
    this.#databases = databases
    this.#save = save
  }

  /** Whether an entry is a file whose bytes are not up, or names one. */
  isHeldBack = (entry: OutboxEntry): boolean => {
    const waiting = this.#waiting()
    if (waiting.length === 0) return false
    const text = JSON.stringify(entry.revisions[0])
    return waiting.some(({ row }) => row.id === entry.row.id || text.includes(`"${row.id}"`))
  }

  /** Sends what waits; settles when all is up, refused or out of reach. */
  send(): Promise<void> {
    this.#running ??= this.#sendAll().finally(() => (this.#running = undefined))
    return this.#running
  }

  #waiting(): OutboxEntry[] {
    return this.#outbox.entries.filter(({ row, revisions: [file] }) => {
      return row.id.startsWith('file:') && (this.#cache.row(String(file['sha512']))?.waiting ?? false)
    })
  }

  async #sendAll(): Promise<void> {
    for (const entry of this.#waiting()) {
      if (entry.row.refusal) continue
      const file = entry.revisions[0] as unknown as OparlFile
      const outcome = await this.#sendFile(file.sha512)
      if (outcome === 'unreachable') return
      if ('refused' in outcome) await this.#outbox.refuse(entry, refusalOf(outcome.refused))
      else {
        await this.#cache.mark(file.sha512, { waiting: false })
        // The hub judges the type by content, browsers by the name.
        if (outcome.mimeType !== file.mimeType) await this.#save({ ...file, mimeType: outcome.mimeType })
      }
    }
  }

  async #sendFile(sha512: string): Promise<Sent> {
    const bytes = await this.#cache.get(sha512, this.#databases.open)
    return bytes ? sendBytes(this.#hub, sha512, bytes) : { refused: 'not-found' }
  }
}

const refusalOf = (error: ApiFailureCode): Refusal =>
  error === 'forbidden' || error === 'not-signed-in'
    ? { reason: 'role' }
    : { reason: 'invalid', faults: [{ field: error === 'too-large' ? 'size' : 'mimeType', message: error }] }
