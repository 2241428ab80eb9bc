import { randomUUID } from 'node:crypto'
import { rmSync, statSync, utimesSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from '../../../shared/ports/blob-store.ts'

const digestPattern = /^[0-9a-f]{128}$/

/** Whether a text is a SHA-512 digest in lower-case hexadecimal; nothing else may become part of a path. */
export const isSha512 = (text: string): boolean => digestPattern.test(text)

/** Blobs as files, `ab/cd/abcd…`, in one folder. What is being written lies in `incoming` and counts for nothing. */
export class FolderBlobStore implements BlobStore {
  readonly #folder: string
  readonly #incoming: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#incoming = join(folder, 'incoming')
  }

  /** Opens the folder, makes it when there is none, and removes what an interrupted process left half written. */
  static async open(folder: string): Promise<FolderBlobStore> {
    const store = new FolderBlobStore(folder)
    await rm(store.#incoming, { recursive: true, force: true })
    await mkdir(store.#incoming, { recursive: true, mode: 0o700 })
    return store
  }

  async has(sha512: string): Promise<{ size: number } | undefined> {
    const found = await orMissing(stat(this.#pathOf(sha512)))
    return found && { size: found.size }
  }

  async read(sha512: string, range?: { start: number; end: number }): Promise<AsyncIterable<Uint8Array> | undefined> {
    // Opened before it is promised: a removal in between cannot cut an answer off.
    const handle = await orMissing(open(this.#pathOf(sha512), 'r'))
    return handle?.createReadStream(range ? { start: range.start, end: range.end } : {})
  }

  async put(sha512: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#pathOf(sha512)
    const unfinished = join(this.#incoming, randomUUID())
    try {
      const handle = await open(unfinished, 'wx', 0o600)
      try {
        for await (const chunk of bytes) await handle.writeFile(chunk)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(unfinished, path)
    } catch (thrown) {
      await rm(unfinished, { force: true })
      throw thrown
    }
    // The names are data of their folders: without this a power cut could take a finished file away again.
    for (let folder = dirname(path); folder.length >= this.#folder.length; folder = dirname(folder))
      await syncFolder(folder)
  }

  /** Not awaited inside, as `removeUnclaimed`: nothing in this process comes between looking and acting. */
  async claim(sha512: string): Promise<{ size: number } | undefined> {
    const path = this.#pathOf(sha512)
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return undefined
    const now = new Date()
    utimesSync(path, now, now)
    return { size: found.size }
  }

  async removeUnclaimed(sha512: string, since: number): Promise<boolean> {
    const path = this.#pathOf(sha512)
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found || found.mtimeMs >= since) return false
    rmSync(path)
    return true
  }

  async *digests(): AsyncIterable<string> {
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && isSha512(entry.name)) yield entry.name
  }

  #pathOf(sha512: string): string {
    if (!isSha512(sha512)) throw new TypeError('a digest is 128 lower-case hexadecimal digits')
    return join(this.#folder, sha512.slice(0, 2), sha512.slice(2, 4), sha512)
  }
}

/** What a promise gives, or undefined when there is no such file. */
export async function orMissing<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; it keeps names in a journal of its own.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
