import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ObjectStoreFault, type ObjectStore } from '../../../shared/ports/object-store.ts'
import { objectStoreSuite } from '../../../shared/ports/object-store.suite.ts'
import type { HubConfigInput } from '../config.ts'
import { StartFault } from '../start-fault.ts'
import { configFor, makeFolder } from '../testing/hub.ts'
import { FolderObjectStore } from './folder-object-store.ts'
import { openObjectStore } from './index.ts'
import { S3ObjectStore } from './s3-object-store.ts'
import { startFront } from './testing/front.suite.ts'
import { askBucket, buckets, hasS3Server, startS3Server, type Bucket } from './testing/s3-server.suite.ts'

const ends: (() => Promise<void>)[] = []
const onEnd = (end: () => Promise<void>): void => void ends.push(end)
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const faultOf = async (asked: Promise<unknown>): Promise<ObjectStoreFault> => {
  const fault = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (fault instanceof ObjectStoreFault) return fault
  throw new Error(`no fault of the store: ${String(fault)}`)
}

async function empty(store: ObjectStore): Promise<void> {
  for await (const name of store.names('')) await store.remove(name)
}

objectStoreSuite('folder', async () => {
  const folder = await makeFolder(onEnd)
  return { open: async () => new FolderObjectStore(folder), dispose: () => empty(new FolderObjectStore(folder)) }
})

it('a folder that is not mounted is unreachable, and never made; what is half written is no object', async () => {
  const [folder, away] = [await makeFolder(onEnd), join(await makeFolder(onEnd), 'away')]
  const store = new FolderObjectStore(join(folder, 'share'))
  const kinds = async () =>
    Promise.all(
      [
        store.check(),
        store.put('a/b', Buffer.from('x')),
        store.read('a/b', { start: 0, end: 0 }),
        store.size('a/b'),
      ].map(async (asked) => (await faultOf(asked)).kind),
    )
  expect(await kinds()).toEqual(Array(4).fill('unreachable'))
  expect(await readdir(folder)).toEqual([])
  await mkdir(join(folder, 'share'))
  await store.put('a/b', Buffer.from('x'))
  await writeFile(join(folder, 'share', '.half'), 'half')
  expect(await Array.fromAsync(store.names(''))).toEqual(['a/b'])
  await rename(join(folder, 'share'), away)
  expect(await kinds()).toEqual(Array(4).fill('unreachable'))
})

const found = new Map<string, Promise<Bucket>>()
/** One server for everything here. */
const bucketOf = (name: string, find: (typeof buckets)[number][1]): Promise<Bucket> =>
  found.get(name) ?? (found.set(name, find(onEnd)), bucketOf(name, find))

for (const [name, find] of buckets) {
  let bucket: Bucket
  beforeAll(async () => {
    bucket = await bucketOf(name, find)
  })
  objectStoreSuite(`S3, ${name}`, async () => {
    const prefix = `${randomUUID()}/`
    return {
      open: async () => new S3ObjectStore({ ...bucket, prefix }),
      dispose: () => empty(new S3ObjectStore({ ...bucket, prefix })),
    }
  })
}

describe.skipIf(!hasS3Server)('a server that speaks S3', () => {
  let bucket: Bucket
  const storeWith = (more: Partial<Bucket>): S3ObjectStore => new S3ObjectStore({ ...bucket, ...more, prefix: 'town/' })
  beforeAll(async () => {
    bucket = await bucketOf('Swift', startS3Server)
  })

  it('says what is wrong with key, secret, bucket and rights, and how to mend it', async () => {
    const faults = await Promise.all(
      [{ secret: 'another' }, { accessKey: 'town:nobody' }, { bucket: 'nowhere' }, { accessKey: 'town:guest' }].map(
        async (more) => faultOf(storeWith(more).check()),
      ),
    )
    expect(faults.map(({ kind, code }) => [kind, code])).toEqual([
      ['refused', 'SignatureDoesNotMatch'],
      ['refused', 'SignatureDoesNotMatch'],
      ['refused', 'NoSuchBucket'],
      ['refused', 'AccessDenied'],
    ])
    const [secret, key, where, rights] = faults.map(({ message }) => message)
    expect(secret).toContain('"recordings.secretFile"')
    expect(key).toContain('"recordings.accessKey"')
    expect(where).toMatch(/no bucket "nowhere" at http.*"recordings.bucket"/)
    expect(rights).toContain('the rights to write, read, list and remove')
    expect(faults.map(({ message }) => message).join()).not.toContain(bucket.secret)
  })

  it('takes no bytes that were changed on their way', async () => {
    const front = await startFront(bucket.endpoint, onEnd)
    const store = storeWith({ endpoint: front.origin })
    front.judge = (method) => (method === 'PUT' ? 'spoil' : undefined)
    expect(await faultOf(store.put('spoilt', Buffer.from('text')))).toMatchObject({ kind: 'refused' })
    expect(await store.size('spoilt')).toBeUndefined()
  })

  it('names more than one answer holds', async () => {
    const store = storeWith({})
    // This server names ten at once.
    await Promise.all(Array.from({ length: 21 }, (_, place) => store.put(`many/${place}`, Buffer.from('x'))))
    const found = await Array.fromAsync(store.names('many/'))
    expect(found).toHaveLength(21)
  })

  it('is unreachable when it is gone, cut off, or closed while it answers', async () => {
    const front = await startFront(bucket.endpoint, onEnd)
    const store = storeWith({ endpoint: front.origin })
    front.judge = () => 'cut'
    expect(await faultOf(store.check())).toMatchObject({ kind: 'unreachable' })
    front.judge = () => undefined
    await store.check()
    await store.put('half', Buffer.alloc(100))
    front.judge = () => 'break'
    const half = await store.read('half', { start: 0, end: 99 })
    expect(await faultOf(Array.fromAsync(half))).toMatchObject({ kind: 'unreachable' })
    expect(await faultOf(storeWith({ endpoint: 'http://127.0.0.1:9' }).check())).toMatchObject({ kind: 'unreachable' })
    store.close()
    expect(await faultOf(store.size('one'))).toMatchObject({ kind: 'unreachable' })
  })

  it('is not trusted with recordings where everybody reads, or where removed versions are kept', async () => {
    const front = await startFront(bucket.endpoint, onEnd)
    front.judge = (method) => (method === 'GET' ? 'open' : undefined)
    expect(await faultOf(storeWith({ endpoint: front.origin }).check())).toMatchObject({ code: 'public' })

    const versioned = { ...bucket, bucket: 'versioned' }
    await askBucket(versioned, 'PUT')
    const status =
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'
    await askBucket(versioned, 'PUT', '?versioning', status)
    expect(await faultOf(storeWith(versioned).check())).toMatchObject({ kind: 'refused', code: 'versioned' })
  })

  it('is opened as the configuration says, or the start says what to mend', async () => {
    const folder = await makeFolder(onEnd)
    const open = async (recordings: HubConfigInput['recordings']) => openObjectStore(configFor(folder, { recordings }))
    const secretFile = join(folder, 'secret')
    const { endpoint: at, bucket: name, accessKey } = bucket
    const given = { at, bucket: name, accessKey, secretFile }
    await expect(open(given)).rejects.toThrow(
      /The file .*secret that "recordings.secretFile" names cannot be read \(ENOENT\)/,
    )
    await writeFile(secretFile, '\n')
    await expect(open(given)).rejects.toThrow(StartFault)
    await expect(open({ at, bucket: name, accessKey })).rejects.toThrow('RATSSAAL_RECORDINGS_SECRET holds none')
    await writeFile(secretFile, `${bucket.secret}\n`)
    const store = await open(given)
    await store!.put('configured', Buffer.from('x'))
    expect(await Array.fromAsync(storeWith({}).names('configured'))).toEqual([])
    expect(await askBucket(bucket, 'GET', '?prefix=recordings/')).toContain('<Key>recordings/configured</Key>')
    expect(await open(undefined)).toBeUndefined()
  })
})
