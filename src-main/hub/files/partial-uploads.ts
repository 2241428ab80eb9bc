import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import type { UploadedFile } from '../../../shared/hub-api/contract.ts'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'
import { failed, success, type Result } from '../../../shared/result.ts'
import { isSha512, orMissing } from './folder-blob-store.ts'
import { detectMediaType } from './media-type.ts'

export type UploadFailure = 'wrong-offset' | 'too-large' | 'interrupted' | 'wrong-digest' | 'unsupported-type'

export interface PartialUploadsOptions {
  readonly folder: string
  readonly blobs: BlobStore
  /** Bytes that a file may have. */
  readonly maxSize: number
  /** Milliseconds after its last byte at which an unfinished upload counts as abandoned. */
  readonly expiry: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Files on their way in, each named by the digest that it will have. They survive a restart of the hub. */
export class PartialUploads {
  readonly #options: PartialUploadsOptions
  /** The last work on each upload: parts of one file are never written at the same time. */
  readonly #working = new Map<string, { interrupt: AbortController; ended: Promise<unknown> }>()

  private constructor(options: PartialUploadsOptions) {
    this.#options = options
  }

  static async open(options: PartialUploadsOptions): Promise<PartialUploads> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    return new PartialUploads(options)
  }

  /** Bytes that are there; a part that is just being received ends, for a client that asks has given it up. */
  async offset(sha512: string): Promise<number> {
    return this.#alone(sha512, () => this.#size(sha512))
  }

  /**
   * Appends bytes and says how many there are now. What came before a connection broke stays, so that the client can
   * go on from there (`interrupted`).
   */
  async append(sha512: string, offset: number, bytes: Readable): Promise<Result<number, UploadFailure>> {
    return this.#alone(sha512, async (interrupted) => {
      let size = await this.#size(sha512)
      if (offset !== size) return failed('wrong-offset')
      const handle = await open(this.#pathOf(sha512), 'a', 0o600)
      try {
        // Not destroyed on the way out: the answer goes back over the same connection.
        const chunks = addAbortSignal(interrupted, bytes).iterator({ destroyOnReturn: false })
        for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
          if (size + chunk.length > this.#options.maxSize) {
            await rm(this.#pathOf(sha512), { force: true })
            return failed('too-large')
          }
          await handle.writeFile(chunk)
          size += chunk.length
        }
      } catch (thrown) {
        if (isBrokenConnection(thrown)) return failed('interrupted')
        throw thrown
      } finally {
        await handle.close()
      }
      return success(size)
    })
  }

  /** Checks digest and type of a whole upload and puts it into the blob store; a failure removes the bytes. */
  async finish(sha512: string): Promise<Result<UploadedFile, UploadFailure>> {
    return this.#alone(sha512, async () => {
      const path = this.#pathOf(sha512)
      try {
        if ((await digestOf(path)) !== sha512) return failed('wrong-digest')
        const mimeType = await detectMediaType(path)
        if (mimeType === undefined) return failed('unsupported-type')
        await this.#options.blobs.put(sha512, createReadStream(path))
        return success({ sha512, size: (await stat(path)).size, mimeType })
      } finally {
        await rm(path, { force: true })
      }
    })
  }

  async discard(sha512: string): Promise<void> {
    await this.#alone(sha512, () => rm(this.#pathOf(sha512), { force: true }))
  }

  /** Removes abandoned uploads and says how many there were. */
  async expire(): Promise<number> {
    let removed = 0
    for (const name of await readdir(this.#options.folder)) {
      if (!isSha512(name) || !(await this.#isAbandoned(name))) continue
      // Whoever asks for it just now is answered first, and whoever goes on with it keeps it.
      const isGone = await this.#alone(name, async () => {
        if (!(await this.#isAbandoned(name))) return false
        await rm(this.#pathOf(name), { force: true })
        return true
      })
      if (isGone) removed += 1
    }
    return removed
  }

  async #isAbandoned(sha512: string): Promise<boolean> {
    const found = await orMissing(stat(this.#pathOf(sha512)))
    return found !== undefined && found.mtimeMs <= this.#options.now() - this.#options.expiry
  }

  /** Runs work on an upload after what runs on it already has been interrupted and has ended. */
  async #alone<Value>(sha512: string, work: (interrupted: AbortSignal) => Promise<Value>): Promise<Value> {
    const before = this.#working.get(sha512)
    before?.interrupt.abort()
    const interrupt = new AbortController()
    const running = Promise.resolve(before?.ended).then(() => work(interrupt.signal))
    const current = { interrupt, ended: running.catch(() => undefined) }
    this.#working.set(sha512, current)
    try {
      return await running
    } finally {
      if (this.#working.get(sha512) === current) this.#working.delete(sha512)
    }
  }

  async #size(sha512: string): Promise<number> {
    return (await orMissing(stat(this.#pathOf(sha512))))?.size ?? 0
  }

  #pathOf(sha512: string): string {
    if (!isSha512(sha512)) throw new TypeError('a digest is 128 lower-case hexadecimal digits')
    return join(this.#options.folder, sha512)
  }
}

async function digestOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha512')
  const handle = await orMissing(open(path, 'r'))
  if (!handle) return undefined
  for await (const chunk of handle.createReadStream()) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

function isBrokenConnection(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException).code ?? ''
  return ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR', 'HPE_INVALID_EOF_STATE'].includes(code)
}
