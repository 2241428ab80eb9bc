import { paths } from '../../../../shared/hub-api/contract.ts'
import { ulid } from 'ulid'
import type { AnyRecord } from '../../../../shared/council/records/index.ts'
import type { OparlFile } from '../../../../shared/oparl/index.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import type { Refusal } from '../../../../shared/rules/access.ts'
import type { FileFailure } from '../../contract.ts'
import { sha512Of, type HubClient } from '../../hub/index.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { FileCache } from './file-cache.ts'

/** Bytes of files: from this device, else from the hub, always checked against their digest. */
export class Files {
  #hub: HubClient
  #cache: FileCache
  #catalogue: Catalogue
  #databases: Databases
  #save: (record: AnyRecord) => Promise<Result<AnyRecord, Refusal>>
  #fetches = new Map<string, Promise<Result<ArrayBuffer, FileFailure>>>()

  constructor(
    hub: HubClient,
    cache: FileCache,
    catalogue: Catalogue,
    databases: Databases,
    save: (record: AnyRecord) => Promise<Result<AnyRecord, Refusal>>,
  ) {
    this.#save = save
    this.#hub = hub
    this.#cache = cache
    this.#catalogue = catalogue
    this.#databases = databases
  }

  async open(file: OparlFile): Promise<Result<Blob, FileFailure>> {
    const here = await this.#cache.get(file.sha512, this.#databases.open)
    if (here) return success(new Blob([here], { type: file.mimeType }))
    const fetched = await this.fetch(file, false)
    return fetched.ok ? success(new Blob([fetched.value], { type: file.mimeType })) : fetched
  }

  /** Keeps the bytes of a new file here; what names it waits until the hub has them. */
  async add(bytes: Blob, name: string, term?: string): Promise<Result<OparlFile, FileFailure | Refusal>> {
    const open = this.#databases.find('office')
    if (!open) return failed({ reason: 'no-such-audience' })
    const content = await bytes.arrayBuffer()
    const sha512 = await sha512Of(content)
    const mimeType = bytes.type || 'application/octet-stream'
    const kept = await this.#cache.put({ sha512, mimeType, bytes: content }, open, { pinned: false, waiting: true })
    if (!kept) return failed('no-space')
    const now = new Date().toISOString()
    const fileName = name.replaceAll(/[/\\]/g, '_')
    const envelope = { _id: `file:${ulid()}`, type: 'file', schema: 1, created: now, modified: now } as const
    const record: OparlFile = { ...envelope, name, fileName, mimeType, size: content.byteLength, sha512 }
    const saved = await this.#save(term ? { ...record, term } : record)
    return saved as Result<OparlFile, Refusal>
  }

  /** Fetches bytes and keeps them; two who ask for the same share one request. */
  fetch(file: OparlFile, pinned: boolean): Promise<Result<ArrayBuffer, FileFailure>> {
    const running = this.#fetches.get(file.sha512)
    if (running) return running
    const fetching = this.#fetch(file, pinned).finally(() => {
      this.#fetches.delete(file.sha512)
      this.#cache.noteFetching(file.sha512, false)
    })
    this.#fetches.set(file.sha512, fetching)
    this.#cache.noteFetching(file.sha512, true)
    return fetching
  }

  async #fetch(file: OparlFile, pinned: boolean): Promise<Result<ArrayBuffer, FileFailure>> {
    const owner = await this.#ownerOf(file)
    if (!owner) return failed('not-found')
    const bytes = await this.#download(file.sha512)
    if (!bytes.ok) return bytes
    if ((await sha512Of(bytes.value)) !== file.sha512) return failed('failed')
    // A copy that was purged while the bytes came takes nothing more.
    if (!this.#databases.open.includes(owner)) return failed('not-found')
    const kept = await this.#cache.put({ sha512: file.sha512, mimeType: file.mimeType, bytes: bytes.value }, owner, {
      pinned,
      waiting: false,
    })
    return kept || !pinned ? bytes : failed('no-space')
  }

  async #download(sha512: string): Promise<Result<ArrayBuffer, FileFailure>> {
    const response = await this.#hub.request(paths.file(sha512))
    if (!response) return failed('offline')
    if (response.status === 404 || response.status === 410) return failed('not-found')
    if (!response.ok) return failed('failed')
    try {
      return success(await response.arrayBuffer())
    } catch {
      return failed('offline')
    }
  }

  /** Sealed for the audience that knows least, so that losing another one does not take the bytes along. */
  async #ownerOf(file: OparlFile): Promise<OpenCopy | undefined> {
    return (await this.#catalogue.holders(file._id))[0]
  }
}
