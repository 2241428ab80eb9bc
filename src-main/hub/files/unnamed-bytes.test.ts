import { createHash } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../store/index.ts'
import { makeFolder } from '../testing/hub.ts'
import { FolderBlobStore } from './folder-blob-store.ts'
import { removeUnnamed } from './unnamed-bytes.ts'

const dayMs = 86_400_000

async function openHouse() {
  const folder = await makeFolder()
  const documents = await openSqliteStore({ folder })
  const blobs = await FolderBlobStore.open(join(folder, 'files'))
  /** Bytes that were put so many days ago. */
  const put = async (text: string, days: number): Promise<string> => {
    const digest = createHash('sha512').update(text).digest('hex')
    await blobs.put(digest, new Blob([text]).stream())
    const then = new Date(Date.now() - days * dayMs)
    await utimes(join(folder, 'files', digest.slice(0, 2), digest.slice(2, 4), digest), then, then)
    return digest
  }
  const kept = async (): Promise<string[]> => {
    const digests: string[] = []
    for await (const digest of blobs.digests()) digests.push(digest)
    return digests.sort()
  }
  return {
    documents,
    blobs,
    put,
    kept,
    clean: (days: number) => removeUnnamed({ documents, blobs }, Date.now() - days * dayMs),
  }
}

test('only what is old and named by no leaf of any document goes', async () => {
  const { documents, put, kept, clean } = await openHouse()
  const office = await documents.open('office')
  const [named, deleted, disputed, noted] = await Promise.all(['a', 'b', 'c', 'd'].map((text) => put(text, 90)))
  const fresh = await put('fresh', 1)
  const replaced = await put('replaced', 90)
  await put('orphan', 90)
  const file = (id: string, sha512: string | undefined, more: object = {}) => ({
    _id: `file:${id}`,
    type: 'file',
    sha512,
    ...more,
  })
  const [first] = await office.write([file('1', replaced)])
  await office.write([
    file('1', named, { _rev: first?.ok ? first.rev : '' }),
    file('2', deleted, { deleted: true }),
    ...Array.from({ length: 1200 }, (_, n) => ({ _id: `paper:${n}` })),
  ])
  for (const sha512 of [disputed, named])
    await office.write([file('3', sha512, { _rev: `1-${sha512!.slice(0, 9)}` })], { newEdits: false })
  await (await documents.open('faction-greens')).write([{ _id: 'note:1', text: `see ${noted}` }])
  expect(await clean(30)).toBe(2)
  expect(await kept()).toEqual([named, deleted, disputed, noted, fresh].sort())
  await documents.close()
})

test('what somebody is about to name waits for its record anew', async () => {
  const { documents, blobs, put, kept, clean } = await openHouse()
  const waiting = await put('waiting', 90)
  expect(await blobs.claim(waiting)).toEqual({ size: 7 })
  expect(await clean(30)).toBe(0)
  expect(await kept()).toEqual([waiting])
  await documents.close()
})
