import { createHash, randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { DocumentStore, StoredDocument } from '../../shared/ports/document-store.ts'
import { backUp, restore, unfinishedRestore } from './backup.ts'
import { FolderBlobStore } from './files/index.ts'
import { makeFolder, membershipRecord, setUp, signIn, startTestHub, welcome, writeOffice } from './testing/hub.ts'

/** Every revision of every leaf of every audience. */
async function everythingIn(store: DocumentStore): Promise<Record<string, StoredDocument[]>> {
  const all: Record<string, StoredDocument[]> = {}
  for (const name of await store.audiences()) {
    const audience = await store.open(name)
    const { rows } = await audience.changes({ style: 'all_docs' })
    for (const { id } of rows) {
      const { found } = await audience.openRevisions(id, 'all', { attachments: true })
      all[`${name} ${id}`] = found.sort((a, b) => (a._rev < b._rev ? -1 : 1))
    }
  }
  return all
}

const accountsIn = (folder: string): unknown[] => {
  const database = new DatabaseSync(join(folder, 'accounts.sqlite'), { readOnly: true })
  const tables = ['account', 'device', 'session', 'invitation', 'setting']
  const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all())
  database.close()
  return rows
}

test('a backup of a running hub brings back every document, file and account, under a new name', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  await welcome(hub, administrator, ['clerk'])
  await writeOffice(hub, membershipRecord('grete', 'council', {}))
  const notes = await hub.store.open('faction-greens')
  const conflict = (rev: string) => ({
    _id: 'note:1',
    _rev: rev,
    text: rev,
    _revisions: { start: 1, ids: [rev.slice(2)] },
  })
  await notes.write([conflict('1-a'), conflict('1-b')], { newEdits: false })
  await notes.write([{ _id: 'note:2', _attachments: { a: { content_type: 'text/plain', data: 'aGFsbG8=' } } }])
  const blob = randomBytes(100_000)
  const name = createHash('sha512').update(blob).digest('hex')
  const blobs = await FolderBlobStore.open(join(hub.folder, 'files'))
  await blobs.put(name, new Blob([blob]).stream())
  const underWay = [join('uploads', name), join('files', 'incoming', 'half')]
  for (const path of underWay) await writeFile(join(hub.folder, path), 'half a file')

  const [target, fresh] = [join(await makeFolder(), 'backup'), join(await makeFolder(), 'data')]
  const writing = (async () => {
    for (let round = 0; round < 50; round++) await notes.write([{ _id: `later:${round}`, round }])
  })()
  await backUp(hub.folder, target)
  await writing
  for (const path of underWay) expect(existsSync(join(target, path))).toBe(false)
  const before = await everythingIn(hub.store)
  const accounts = accountsIn(hub.folder)
  const uuid = hub.store.uuid()
  await hub.stop()

  const restored = await restore(target, fresh)
  const again = await startTestHub({ folder: fresh })
  expect(again.store.uuid()).toBe(restored.uuid)
  expect(again.store.uuid()).not.toBe(uuid)
  const after = await everythingIn(again.store)
  const asked = (all: object) => Object.fromEntries(Object.entries(all).filter(([key]) => !key.includes(' later:')))
  expect(asked(after)).toEqual(asked(before))
  // What was written meanwhile is there up to one instant, whole and in order.
  const later = Object.keys(after).filter((key) => key.includes(' later:'))
  expect(later.sort()).toEqual(later.map((_key, index) => `faction-greens later:${index}`).sort())
  expect(accountsIn(fresh)).toEqual(accounts)
  const restoredBlobs = await FolderBlobStore.open(join(fresh, 'files'))
  expect(await buffer((await restoredBlobs.read(name))!)).toEqual(blob)
  expect((await signIn(again, 'ada')).session!.account).toEqual(administrator.session!.account)
})

test('what says where a recording lies is copied after its media, and media elsewhere is counted, not copied', async () => {
  const [data, target] = [await makeFolder(), join(await makeFolder(), 'backup')]
  const broadcast = (key: string, ...entries: object[]): Promise<void> =>
    mkdir(join(data, 'broadcasts', key), { recursive: true }).then(() =>
      writeFile(
        join(data, 'broadcasts', key, 'journal.jsonl'),
        entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
      ),
    )
  const piece = (offset: number, length: number) => ({ kind: 'piece', rendition: 'sign', offset, length, stored: true })
  await broadcast('m1', piece(0, 70), piece(0, 70), piece(70, 30), { kind: 'moved' })
  await broadcast('m2', piece(0, 5))
  await broadcast('m3', piece(0, 5), { kind: 'moved' }, { kind: 'removed' })
  const media = join('broadcasts', 'm2', 'sign.mp4')
  await writeFile(join(data, media), Buffer.alloc(40_000_000))
  const { elsewhere } = await backUp(data, target)
  expect(elsewhere).toEqual({ recordings: 1, objects: 2, bytes: 100 })
  expect(JSON.parse(await readFile(join(target, 'backup.json'), 'utf8'))).toMatchObject({ elsewhere })
  const written = (path: string) => statSync(join(target, path), { bigint: true }).mtimeNs
  expect(written(join('broadcasts', 'm2', 'journal.jsonl')) >= written(media)).toBe(true)
})

test('nothing is overwritten, and half a backup or half a restore is no data', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const target = join(await makeFolder(), 'backup')
  await backUp(hub.folder, target)
  await expect(backUp(hub.folder, target)).rejects.toThrow(`${target} is there already`)
  await expect(backUp('/no/such/data', `${target}-2`)).rejects.toThrow('There is no data folder')
  await expect(restore(target, hub.folder)).rejects.toThrow('is not empty')

  const half = join(await makeFolder(), 'half')
  await cp(target, half, { recursive: true })
  await rm(join(half, 'backup.json'))
  const fresh = join(await makeFolder(), 'data')
  await expect(restore(half, fresh)).rejects.toThrow('is no backup of a hub, or not a whole one')
  await expect(readdir(fresh)).rejects.toThrow('ENOENT')
  await writeFile(join(half, 'backup.json'), '{"format":2}')
  await expect(restore(half, fresh)).rejects.toThrow('another version')

  await mkdir(fresh)
  await writeFile(join(fresh, unfinishedRestore), '')
  await expect(startTestHub({ folder: fresh })).rejects.toThrow('did not come to its end')
})
