import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blobStoreSuite } from '../../../shared/ports/blob-store.suite.ts'
import { FolderBlobStore } from './folder-blob-store.ts'

blobStoreSuite('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-blobs-'))
  return {
    open: () => FolderBlobStore.open(folder),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
})

it('removes what an interrupted process left half written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-blobs-'))
  await FolderBlobStore.open(folder)
  await writeFile(join(folder, 'incoming', 'half'), 'half')
  await FolderBlobStore.open(folder)
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
  await rm(folder, { recursive: true })
})
