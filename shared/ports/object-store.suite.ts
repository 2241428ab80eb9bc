import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ObjectStoreFault, type ObjectStore } from './object-store.ts'

/** A place for one store's objects that outlives the store. */
export interface ObjectPlace {
  open(): Promise<ObjectStore>
  dispose(): Promise<void>
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

const kindOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (fault: unknown) => (fault instanceof ObjectStoreFault ? fault.kind : String(fault)),
  )

/** What every object store must do, whatever is behind it. */
export function objectStoreSuite(name: string, prepare: () => Promise<ObjectPlace>): void {
  describe(`object store: ${name}`, () => {
    let place: ObjectPlace
    let store: ObjectStore
    beforeEach(async () => {
      place = await prepare()
      store = await place.open()
    })
    afterEach(async () => {
      store.close()
      await place.dispose()
    })

    const names = async (prefix = ''): Promise<string[]> => {
      const found: string[] = []
      for await (const each of store.names(prefix)) found.push(each)
      return found.sort()
    }

    it('proves itself, and keeps nothing of the proof', async () => {
      await store.check()
      expect(await names()).toEqual([])
    })

    it('gives back what was put, in any range, also after it was opened again', async () => {
      const large = Uint8Array.from({ length: 300_000 }, (_, place) => place % 251)
      await store.put('m1/0/high/0', bytesOf('Haushaltssatzung'))
      await store.put('m1/0/high/16', large)
      store.close()
      store = await place.open()
      expect(await textOf(await store.read('m1/0/high/0', { start: 0, end: 15 }))).toBe('Haushaltssatzung')
      expect(await textOf(await store.read('m1/0/high/0', { start: 8, end: 8 }))).toBe('s')
      const chunks: Uint8Array[] = []
      for await (const chunk of await store.read('m1/0/high/16', { start: 250, end: 299_999 })) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(large.subarray(250))).toBe(true)
      expect(await store.size('m1/0/high/16')).toBe(300_000)
    })

    it('replaces an object whole', async () => {
      await store.put('one', bytesOf('a long first text'))
      await store.put('one', bytesOf('second'))
      expect([await store.size('one'), await names()]).toEqual([6, ['one']])
      expect(await textOf(await store.read('one', { start: 0, end: 5 }))).toBe('second')
    })

    it('names what begins with a prefix, and nothing else', async () => {
      for (const each of ['m1/0/a/0', 'm1/0/a/9', 'm1/1/a/0', 'm10/0/a/0']) await store.put(each, bytesOf(each))
      expect(await names('m1/0/')).toEqual(['m1/0/a/0', 'm1/0/a/9'])
      expect(await names('m1/')).toHaveLength(3)
      expect(await names('m2/')).toEqual([])
    })

    it('removes for good, and what is not there too', async () => {
      await store.put('one', bytesOf('text'))
      for (const _ of [1, 2]) await store.remove('one')
      expect([await store.size('one'), await names()]).toEqual([undefined, []])
      expect(await kindOf(store.read('one', { start: 0, end: 1 }))).toBe('missing')
    })

    it('lets nothing be read while it is left half way, and goes on', async () => {
      await store.put('one', new Uint8Array(2_000_000))
      for await (const chunk of await store.read('one', { start: 0, end: 1_999_999 })) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
      expect(await store.size('one')).toBe(2_000_000)
    })

    it('refuses a name that could lead elsewhere', async () => {
      for (const bad of ['../one', 'a/../b', '/one', 'a//b', '', 'a?b', '.hidden'])
        await expect(store.put(bad, bytesOf('x'))).rejects.toThrow(TypeError)
      await expect(store.read('../../etc/passwd', { start: 0, end: 1 })).rejects.toThrow(TypeError)
    })
  })
}
