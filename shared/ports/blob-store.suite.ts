import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BlobStore } from './blob-store.ts'

/** A place for one store's bytes that outlives the store. */
export interface BlobPlace {
  open(): Promise<BlobStore>
  dispose(): Promise<void>
}

const digestOf = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', new TextEncoder().encode(text)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function* chunksOf(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

async function textOf(bytes: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> {
  if (!bytes) return undefined
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

/** What every blob store must do, whatever is behind it. */
export function blobStoreSuite(name: string, prepare: () => Promise<BlobPlace>): void {
  describe(`blob store: ${name}`, () => {
    const text = 'Anlage 1 zur Niederschrift über die Sitzung des Stadtrates'
    let place: BlobPlace
    let store: BlobStore
    let sha512: string

    beforeEach(async () => {
      place = await prepare()
      store = await place.open()
      sha512 = await digestOf(text)
    })
    afterEach(() => place.dispose())

    const digests = async (): Promise<string[]> => {
      const found: string[] = []
      for await (const digest of store.digests()) found.push(digest)
      return found.sort()
    }

    it('gives back what was put, whole and in part, also after it was opened again', async () => {
      await store.put(sha512, chunksOf(text))
      store = await place.open()
      expect(await store.has(sha512)).toEqual({ size: new TextEncoder().encode(text).length })
      expect(await textOf(await store.read(sha512))).toBe(text)
      expect(await textOf(await store.read(sha512, { start: 7, end: 7 }))).toBe('1')
      expect(await textOf(await store.read(sha512, { start: 0, end: 5 }))).toBe('Anlage')
      expect(await digests()).toEqual([sha512])
    })

    it('has nothing where nothing was put', async () => {
      expect(await store.has(sha512)).toBeUndefined()
      expect(await store.read(sha512)).toBeUndefined()
      expect(await digests()).toEqual([])
      expect(await store.claim(sha512)).toBeUndefined()
      expect(await store.removeUnclaimed(sha512, Infinity)).toBe(false)
    })

    it('takes the same bytes twice, also at once, and empty ones', async () => {
      const empty = await digestOf('')
      await Promise.all([store.put(sha512, chunksOf(text)), store.put(sha512, chunksOf(text, 3))])
      await store.put(empty, chunksOf(''))
      expect(await textOf(await store.read(sha512))).toBe(text)
      expect(await store.has(empty)).toEqual({ size: 0 })
      expect(await digests()).toEqual([sha512, empty].sort())
    })

    it('removes for good', async () => {
      await store.put(sha512, chunksOf(text))
      expect(await store.removeUnclaimed(sha512, Infinity)).toBe(true)
      expect(await store.has(sha512)).toBeUndefined()
      expect(await digests()).toEqual([])
    })

    it('keeps what was put or claimed lately', async () => {
      const before = Date.now() - 60_000
      await store.put(sha512, chunksOf(text))
      expect(await store.removeUnclaimed(sha512, before)).toBe(false)
      expect(await store.claim(sha512)).toEqual(await store.has(sha512))
      expect(await store.removeUnclaimed(sha512, before)).toBe(false)
      expect(await digests()).toEqual([sha512])
    })

    it('keeps nothing of bytes that broke off', async () => {
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield* chunksOf('Anlage')
        throw new Error('connection lost')
      }
      await expect(store.put(sha512, broken())).rejects.toThrow('connection lost')
      expect(await store.has(sha512)).toBeUndefined()
      expect(await digests()).toEqual([])
    })

    it('refuses a name that is no digest', async () => {
      await expect(store.read('../../etc/passwd')).rejects.toThrow(TypeError)
      await expect(store.put('ABC', chunksOf(text))).rejects.toThrow(TypeError)
    })
  })
}
