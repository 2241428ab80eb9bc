import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { readRecord } from '../../shared/council/records/index.ts'
import type { OparlFile } from '../../shared/oparl/index.ts'
import type { BlobStore } from '../../shared/ports/blob-store.ts'
import { openSqliteStore, type SqliteStore } from '../../src-main/hub/store/index.ts'
import { loadDemo, type LoadProgress } from './load.ts'
import { profiles } from './profile.ts'
import { makeTown } from './town/town.ts'

const town = makeTown(profiles.small, '2026-11-23')

async function openStore(): Promise<SqliteStore> {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-demo-'))
  const store = await openSqliteStore({ folder })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return store
}

/** The port in memory: what counts here is which bytes come in. */
function openBlobs(): BlobStore & { readonly kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>()
  return {
    kept,
    has: async (sha512) => (kept.has(sha512) ? { size: kept.get(sha512)!.length } : undefined),
    read: async () => undefined,
    put: async (sha512, bytes) => void kept.set(sha512, await buffer(bytes)),
    claim: async (sha512) => (kept.has(sha512) ? { size: kept.get(sha512)!.length } : undefined),
    removeUnclaimed: async (sha512) => kept.delete(sha512),
    digests: async function* () {
      yield* kept.keys()
    },
  }
}

test('every record arrives, and what a file says of its bytes is true', async () => {
  const [documents, blobs, told] = [await openStore(), openBlobs(), [] as LoadProgress[]]
  await loadDemo(town, { documents, blobs }, (progress) => told.push(progress))
  const office = await documents.open('office')
  const { rows } = await office.list({ includeDocs: true })
  expect(rows).toHaveLength(town.records.length + town.prints.length)
  expect(rows.filter(({ doc }) => !readRecord(doc).ok)).toEqual([])
  const files = rows.flatMap(({ doc }) => (doc?.['type'] === 'file' ? [doc as unknown as OparlFile] : []))
  expect(files).toHaveLength(town.prints.length)
  for (const { sha512, size } of files) {
    const bytes = blobs.kept.get(sha512)!
    expect(bytes.length).toBe(size)
    expect(createHash('sha512').update(bytes).digest('hex')).toBe(sha512)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  }
  expect(files.some(({ pages }) => pages === 300)).toBe(true)
  expect(told.at(-1)).toEqual({ what: 'documents', done: rows.length, of: rows.length })
})

test('a load that was interrupted is begun again and leaves nothing of the first', async () => {
  const [documents, blobs] = [await openStore(), openBlobs()]
  const interrupted = loadDemo(makeTown(profiles.small, '2026-11-20'), { documents, blobs }, ({ what }) => {
    if (what === 'documents') throw new Error('pulled the plug')
  })
  await expect(interrupted).rejects.toThrow('pulled the plug')
  await loadDemo(town, { documents, blobs })
  const { total } = await (await documents.open('office')).list({ limit: 1 })
  expect(total).toBe(town.records.length + town.prints.length)
})
