import { byKnowledge } from '../../../shared/rules/audience.ts'
import type { DeviceKeys } from './log/device-key.ts'
import type { FileCache } from './files/file-cache.ts'
import type { Databases, OpenCopy } from './store/databases.ts'
import { readValue, writeValue, type Copy, type DeviceStore } from './store/device-store.ts'
import type { Secrets } from './store/secrets.ts'

/** Days without contact after which closed audiences end on this device, until a hub has named others. */
const usualLeaseDays = 30

/** Removes what this device may no longer hold: keys first, so that whatever is left behind is useless. */
export class Purge {
  #store: DeviceStore
  #databases: Databases
  #cache: FileCache
  #keys: DeviceKeys
  #secrets: Secrets

  constructor(store: DeviceStore, databases: Databases, cache: FileCache, keys: DeviceKeys, secrets: Secrets) {
    this.#store = store
    this.#databases = databases
    this.#cache = cache
    this.#keys = keys
    this.#secrets = secrets
  }

  /** Ends one copy, and the files that no other copy of the person names. */
  async copy(copy: Copy): Promise<void> {
    const sealed = this.#cache.rows.filter((row) => row.copy === copy.key)
    for (const row of sealed) await this.#handOver(row.sha512, copy)
    await this.#databases.remove(copy)
    await this.#cache.remove(this.#cache.rows.filter((row) => row.copy === copy.key).map(({ sha512 }) => sha512))
  }

  /** Ends everything of an account that is not public. */
  async account(account: string): Promise<void> {
    const copies = (await this.#databases.stored()).filter((copy) => copy.account === account)
    await this.#databases.dropKeys(copies)
    await this.#dropKeys(account)
    for (const copy of copies) {
      await this.#databases.remove(copy)
      await this.#cache.remove(this.#cache.rows.filter((row) => row.copy === copy.key).map(({ sha512 }) => sha512))
    }
    const { [account]: _, ...others } = (await readValue(this.#store, 'preferences')) ?? {}
    await writeValue(this.#store, 'preferences', others)
  }

  /** Ends closed copies that no hub has confirmed for too long; returns whether there were any. */
  async expire(now: Date): Promise<boolean> {
    const leaseDays = (await readValue(this.#store, 'leaseDays')) ?? usualLeaseDays
    const oldest = new Date(now.getTime() - leaseDays * 24 * 3600 * 1000).toISOString()
    const over = (await this.#databases.stored()).filter((copy) => copy.sealed && copy.seen < oldest)
    for (const copy of over) await this.copy(copy)
    const left = new Set((await this.#databases.stored()).map(({ account }) => account))
    for (const account of new Set(over.map((copy) => copy.account)))
      if (!left.has(account)) await this.#dropKeys(account)
    return over.length > 0
  }

  /** Nobody signs for the account any more, and its notes stay sealed. */
  async #dropKeys(account: string): Promise<void> {
    await this.#keys.drop(account)
    await this.#secrets.dropPasswordKeys(account)
  }

  /** Seals bytes for another copy that names the file as well. */
  async #handOver(sha512: string, from: Copy): Promise<void> {
    const others = this.#databases.open
      .filter(({ copy }) => copy.key !== from.key)
      .sort((a, b) => byKnowledge(b.copy.audience, a.copy.audience))
    const heir = await this.#namedBy(sha512, others)
    const row = this.#cache.row(sha512)
    const bytes = heir && (await this.#cache.get(sha512, this.#databases.open))
    if (heir && bytes && row)
      await this.#cache.put({ sha512, mimeType: row.mimeType, bytes }, heir, { pinned: row.pinned, waiting: false })
  }

  async #namedBy(sha512: string, copies: readonly OpenCopy[]): Promise<OpenCopy | undefined> {
    for (const open of copies)
      for (const document of (await this.#databases.readType(open, 'file')).values())
        if (document['sha512'] === sha512) return open
    return undefined
  }
}
