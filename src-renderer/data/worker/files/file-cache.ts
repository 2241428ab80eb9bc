import type { FileState, StorageUse } from '../../contract.ts'
import type { OpenCopy } from '../store/databases.ts'
import type { DeviceStore, FileRow } from '../store/device-store.ts'
import { seal, unseal } from '../store/sealing.ts'

/** Bytes of files on this device, by digest: sealed unless everybody may read them, evicted the least recently used first. */
export class FileCache {
  #store: DeviceStore
  #rows = new Map<string, FileRow>()
  #fetching = new Set<string>()
  #quota: number
  /** Called after files came, went or were pinned. */
  onChange: () => void = () => {}

  private constructor(store: DeviceStore, quota: number, rows: readonly FileRow[]) {
    this.#store = store
    this.#quota = quota
    for (const row of rows) this.#rows.set(row.sha512, row)
  }

  static async open(store: DeviceStore, quota: number): Promise<FileCache> {
    return new FileCache(store, quota, await store.getAll('files'))
  }

  get use(): StorageUse {
    let [used, pinned] = [0, 0]
    for (const row of this.#rows.values()) {
      used += row.bytes
      if (row.pinned || row.waiting) pinned += row.bytes
    }
    return { used, pinned, quota: this.#quota }
  }

  get states(): ReadonlyMap<string, FileState> {
    const states = new Map<string, FileState>()
    for (const sha512 of this.#fetching) states.set(sha512, { held: 'fetching', pinned: false })
    for (const { sha512, pinned, waiting } of this.#rows.values())
      states.set(sha512, { held: 'here', pinned: pinned || waiting })
    return states
  }

  has = (sha512: string): boolean => this.#rows.has(sha512)
  row = (sha512: string): FileRow | undefined => this.#rows.get(sha512)
  get rows(): readonly FileRow[] {
    return [...this.#rows.values()]
  }

  noteFetching(sha512: string, fetching: boolean): void {
    if (fetching) this.#fetching.add(sha512)
    else this.#fetching.delete(sha512)
    this.onChange()
  }

  /** Keeps bytes; false when neither the quota nor the device has room for them. */
  async put(
    file: { readonly sha512: string; readonly mimeType: string; readonly bytes: ArrayBuffer },
    owner: OpenCopy,
    keep: { readonly pinned: boolean; readonly waiting: boolean },
  ): Promise<boolean> {
    if (!keep.waiting && !(await this.#makeRoom(file.bytes.byteLength))) return false
    const { sha512, mimeType, bytes } = file
    const body = owner.key ? await seal(owner.key, sha512, bytes) : new Uint8Array(bytes)
    const row: FileRow = {
      sha512,
      copy: owner.key ? owner.copy.key : null,
      bytes: bytes.byteLength,
      mimeType,
      used: Date.now(),
      ...keep,
    }
    try {
      const transaction = this.#store.transaction(['files', 'bytes'], 'readwrite', { durability: 'strict' })
      await transaction.objectStore('bytes').put(new Blob([body]), sha512)
      await transaction.objectStore('files').put(row)
      await transaction.done
    } catch (fault) {
      if (fault instanceof DOMException && fault.name === 'QuotaExceededError') return false
      throw fault
    }
    this.#rows.set(sha512, row)
    this.onChange()
    return true
  }

  /** Bytes as they were put, or undefined when they are not here or nobody here may read them. */
  async get(sha512: string, copies: readonly OpenCopy[]): Promise<ArrayBuffer | undefined> {
    const row = this.#rows.get(sha512)
    const owner = copies.find(({ copy }) => copy.key === row?.copy)
    if (!row || (row.copy !== null && !owner)) return undefined
    const body = await this.#store.get('bytes', sha512)
    if (!body) return undefined
    const stored = await body.arrayBuffer()
    await this.mark(sha512, { used: Date.now() })
    return owner?.key ? unseal(owner.key, sha512, new Uint8Array(stored)) : stored
  }

  async mark(sha512: string, change: Partial<Pick<FileRow, 'used' | 'pinned' | 'waiting'>>): Promise<void> {
    const row = this.#rows.get(sha512)
    if (!row) return
    const marked = { ...row, ...change }
    this.#rows.set(sha512, marked)
    await this.#store.put('files', marked)
    if (marked.pinned !== row.pinned || marked.waiting !== row.waiting) this.onChange()
  }

  async remove(sha512s: readonly string[]): Promise<void> {
    if (sha512s.length === 0) return
    const transaction = this.#store.transaction(['files', 'bytes'], 'readwrite', { durability: 'strict' })
    for (const sha512 of sha512s) {
      await transaction.objectStore('bytes').delete(sha512)
      await transaction.objectStore('files').delete(sha512)
      this.#rows.delete(sha512)
    }
    await transaction.done
    this.onChange()
  }

  async setQuota(quota: number): Promise<void> {
    this.#quota = quota
    await this.#makeRoom(0)
    this.onChange()
  }

  /** Evicts until so many more bytes fit; false when what may be evicted is not enough. */
  async #makeRoom(bytes: number): Promise<boolean> {
    let excess = this.use.used + bytes - this.#quota
    const evicted: string[] = []
    const evictable = this.rows.filter((row) => !row.pinned && !row.waiting).sort((a, b) => a.used - b.used)
    for (const row of evictable) {
      if (excess <= 0) break
      evicted.push(row.sha512)
      excess -= row.bytes
    }
    if (excess > 0 && bytes > 0) return false
    await this.remove(evicted)
    return excess <= 0
  }
}
