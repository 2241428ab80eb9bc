import { deleteDB } from 'idb'
import { afterEach, expect, test } from 'vitest'
import { openDeviceStore, rowStores, type Copy, type DeviceStore } from './device-store.ts'

const name = 'device-store-test'
afterEach(() => deleteDB(name))

const copy: Copy = {
  key: 'ada/office',
  account: 'ada',
  audience: 'office',
  database: 'ratssaal-office',
  uuid: 'hub',
  seq: '7',
  seen: '2026-03-01T12:00:00.000Z',
  sealed: true,
}
const bytes = new Uint8Array([1, 2, 3])
const waiting = { key: 'ada/office/paper:1', copy: copy.key, id: 'paper:1', order: 1, sealed: bytes, tried: true }
const file = {
  sha512: 'f',
  copy: copy.key,
  bytes: 3,
  mimeType: 'application/pdf',
  used: 1,
  pinned: true,
  waiting: true,
}

async function fill(store: DeviceStore): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await store.put('copies', copy)
  await store.put('keys', key, copy.key)
  await store.put('values', 'device-1', 'device')
  await store.put('values', copy.seen, 'freshAsOf')
  await store.put('outbox', waiting)
  await store.put('packs', { key: 'ada/office/p', copy: copy.key, heads: bytes })
  await store.put('segments', { key: 'ada/office/p/paper', copy: copy.key, text: bytes })
  await store.put('withdrawn', { key: 'ada/office/paper:2', copy: copy.key, id: 'paper:2' })
  const running = { database: copy.database, version: 1, seq: '7', unsettled: [], heads: bytes }
  await store.put('running', { key: copy.key, copy: copy.key, ...running })
  await store.put('files', file)
  await store.put('bytes', new Blob([bytes]), 'f')
  return key
}

test('the store of an older app is upgraded: copies are filled anew, nothing that waits for the hub is lost', async () => {
  const before = await openDeviceStore(name, 1)
  const key = await fill(before)
  before.close()

  const store = await openDeviceStore(name)
  const { seq: _, ...empty } = copy
  expect(await store.getAll('copies')).toEqual([empty])
  const rows = await Promise.all(rowStores.map(async (rows) => [rows, await store.getAll(rows)]))
  expect(Object.fromEntries(rows)).toEqual({
    ...{ outbox: [waiting], events: [], packs: [], segments: [], running: [], withdrawn: [] },
  })
  expect(await store.getAllKeys('values')).toEqual(['device'])
  expect(await store.getAll('files')).toEqual([file])
  expect(await (await store.get('bytes', 'f'))?.bytes()).toEqual(bytes)
  const kept = await store.get('keys', copy.key)
  const iv = new Uint8Array(12)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes)
  expect(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, kept!, sealed))).toEqual(bytes)
  store.close()
})

test('a store of this version is left as it is', async () => {
  const before = await openDeviceStore(name)
  await fill(before)
  before.close()
  const store = await openDeviceStore(name)
  expect(await store.getAll('copies')).toEqual([copy])
  expect(await store.getAllKeys('segments')).toEqual(['ada/office/p/paper'])
  store.close()
})
