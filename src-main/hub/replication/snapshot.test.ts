import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPack } from '../../../shared/packs/index.ts'
import type { PackList, SnapshotHead, SnapshotTail } from '../../../shared/hub-api/snapshot.ts'
import type { IncomingDocument, StoredDocument } from '../../../shared/ports/document-store.ts'
import { openLocal, openRemote } from './pouchdb-client.suite.ts'
import { people, signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

const lastTerm = { _id: 'legislative-term:2019', startDate: '2019-06-01', endDate: '2024-05-31' }
const thisTerm = { _id: 'legislative-term:2024', startDate: '2024-06-01', endDate: '2029-05-31' }
let now: number
let hub: ReplicationHub
beforeEach(async () => {
  now = Date.parse('2026-11-23T12:00:00Z')
  hub = await startReplicationHub({ clock: () => now })
  signInEverybody(hub.sessions)
  await write(lastTerm, thisTerm)
})
afterEach(() => hub.stop())

async function write(...documents: IncomingDocument[]): Promise<void> {
  await (await hub.store.open('public')).write(documents)
}
const papers = (from: number, to: number, term: string) =>
  Array.from({ length: to - from }, (_, n) => ({
    _id: `paper:${String(from + n).padStart(5, '0')}`,
    name: `Paper ${from + n}`,
    term,
  }))

interface Snapshot {
  readonly head: SnapshotHead
  readonly documents: StoredDocument[]
  readonly tail: SnapshotTail
}
async function readSnapshot(device: string | null = null, audience = 'public'): Promise<Snapshot> {
  const answer = await hub.ask(device, `/api/snapshot/${audience}`)
  const lines = (await answer.text()).trimEnd().split('\n')
  const [head, ...rest] = lines.map((line) => JSON.parse(line) as unknown)
  const tail = rest.pop() as SnapshotTail
  return { head: head as SnapshotHead, documents: rest as StoredDocument[], tail }
}
const readPacks = async (audience = 'public'): Promise<PackList['packs']> =>
  ((await (await hub.ask('clerk', `/api/packs/${audience}`)).json()) as PackList).packs
async function documentsOf(digest: string): Promise<StoredDocument[]> {
  const answer = await hub.ask(null, `/api/packs/public/${digest}`)
  return readPack(await answer.text()).sections.flatMap(({ text }) => JSON.parse(text) as StoredDocument[])
}

test('snapshot and packs together are the list, each document once', async () => {
  await write(...papers(0, 1400, lastTerm._id), ...papers(2000, 2300, thisTerm._id), { _id: 'body:1', name: 'Town' })
  const { head, documents, tail } = await readSnapshot()
  expect(head).toEqual({ uuid: hub.store.uuid(), seq: 1703, documents: 303 })
  expect([documents.length, tail]).toEqual([303, { conflicted: [] }])
  const packs = await readPacks()
  const packed = (await Promise.all(packs.map(({ digest }) => documentsOf(digest)))).flat()
  expect(packed.every(({ term }) => term === lastTerm._id)).toBe(true)
  expect(packs.every((pack) => pack.documents <= 500 && pack.term === lastTerm._id)).toBe(true)
  const { rows } = await (await hub.store.open('public')).list({ includeDocs: true })
  const withoutAncestry = documents.map(({ _revisions, ...document }) => {
    expect(`${_revisions?.start}-${_revisions?.ids[0]}`).toBe(document['_rev'])
    return document
  })
  const together = [...withoutAncestry, ...packed].sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1))
  expect(together).toEqual(rows.map(({ doc }) => doc))
})

test('a device that begins with the snapshot continues by replication and ends with what the hub has', async () => {
  const store = await hub.store.open('public')
  await write(...papers(0, 300, thisTerm._id))
  await store.write([{ _id: 'paper:00000', _rev: '1-0', name: 'Other branch' }], { newEdits: false })
  const { head, documents, tail } = await readSnapshot()
  expect(tail).toEqual({ conflicted: ['paper:00000'] })
  const changed = await store.get('paper:00001')
  await write({ ...changed, _id: 'paper:00001', name: 'Changed since' }, { _id: 'paper:new' })
  const local = openLocal()
  await local.bulkDocs(documents, { new_edits: false })
  const topUp = await hub.ask(null, '/db/public/_bulk_get?revs=true', {
    method: 'POST',
    body: JSON.stringify({ docs: [{ id: 'paper:00000', rev: '1-0' }] }),
  })
  const { results } = (await topUp.json()) as { results: { docs: { ok: object }[] }[] }
  await local.bulkDocs(
    results.flatMap(({ docs }) => docs.map(({ ok }) => ok)),
    { new_edits: false },
  )
  expect(await local.replicate.from(openRemote(hub.url, 'public', null), { since: head.seq })).toMatchObject({
    docs_written: 2,
  })
  const { rows } = await store.list({ includeDocs: true, conflicts: true })
  const here = await local.allDocs({ include_docs: true, conflicts: true })
  expect(here.rows.map(({ doc }) => doc)).toEqual(rows.map(({ doc }) => doc))
})

test('a pack changes with a document in it, and no other pack does', async () => {
  await write(...papers(0, 2600, lastTerm._id))
  const before = await readPacks()
  expect(before.length).toBeGreaterThan(5)
  expect(await readPacks()).toEqual(before)
  const store = await hub.store.open('public')
  const paper = await store.get('paper:01300')
  await write({ ...paper, _id: 'paper:01300', name: 'Changed' })
  await write({ _id: 'paper:00700-a', name: 'More', term: lastTerm._id })
  const digests = new Set(before.map(({ digest }) => digest))
  const after = await readPacks()
  const fresh = after.filter(({ digest }) => !digests.has(digest))
  expect(fresh.length).toBeLessThanOrEqual(before.length / 2 + 1)
  const renewed = (await Promise.all(fresh.map(({ digest }) => documentsOf(digest)))).flat()
  expect(renewed.map(({ name }) => name)).toEqual(expect.arrayContaining(['Changed', 'More']))
  const gone = before.find(({ digest }) => !after.some((pack) => pack.digest === digest))
  expect((await hub.ask(null, `/api/packs/public/${gone?.digest}`)).status).toBe(404)
})

test('a term is closed from the day after its end on', async () => {
  await write(...papers(0, 10, thisTerm._id))
  now = new Date(2029, 4, 31, 23, 59).getTime()
  expect((await readSnapshot()).head.documents).toBe(12)
  expect((await readPacks()).length).toBe(0)
  now = new Date(2029, 5, 1, 0, 1).getTime()
  expect((await readSnapshot()).documents.map(({ _id }) => _id)).toEqual([lastTerm._id, thisTerm._id])
  expect((await readPacks()).map(({ documents }) => documents)).toEqual([10])
})

test('a document in conflict comes with the snapshot, however old its term', async () => {
  await write(...papers(0, 2, lastTerm._id))
  const store = await hub.store.open('public')
  await store.write([{ _id: 'paper:00000', _rev: '1-0', term: lastTerm._id }], { newEdits: false })
  expect(await readSnapshot()).toMatchObject({ tail: { conflicted: ['paper:00000'] }, head: { documents: 3 } })
  expect((await readPacks()).map(({ documents }) => documents)).toEqual([1])
})

test('an organization’s records go by the terms that everybody knows', async () => {
  const store = await hub.store.open('org-planning')
  await store.write([
    { _id: 'paper:old', term: lastTerm._id },
    { _id: 'paper:new', term: thisTerm._id },
  ])
  const { documents } = await readSnapshot('member', 'org-planning')
  expect(documents.map(({ _id }) => _id)).toEqual(['paper:new'])
  expect(await readPacks('org-planning')).toMatchObject([{ documents: 1, term: lastTerm._id }])
})

test('both travel compressed as the client can read it', async () => {
  await write(...papers(0, 400, lastTerm._id), ...papers(1000, 1400, thisTerm._id))
  const [pack] = await readPacks()
  for (const path of ['/api/snapshot/public', `/api/packs/public/${pack?.digest}`]) {
    const plain = await raw(path, 'identity')
    const zstd = await raw(path, 'zstd, gzip')
    const gzip = await raw(path, 'gzip, deflate, br, zstd;q=0')
    expect([plain.encoding, zstd.encoding, gzip.encoding]).toEqual([undefined, 'zstd', 'gzip'])
    expect(zstdDecompressSync(zstd.body)).toEqual(plain.body)
    expect(gunzipSync(gzip.body)).toEqual(plain.body)
    expect(zstd.body.length * 4).toBeLessThan(plain.body.length)
  }
})

function raw(path: string, encodings: string): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(hub.url + path, { headers: { 'accept-encoding': encodings } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(chunks) }))
    }).on('error', reject)
  })
}

test.each(['identity', 'gzip'])(
  'a snapshot (%s) breaks off when the membership ends while it is sent',
  async (encoding) => {
    const store = await hub.store.open('org-planning')
    await store.write(
      Array.from({ length: 4000 }, (_, n) => ({ _id: `paper:${n}`, text: randomBytes(2500).toString('hex') })),
    )
    const answer = await hub.ask('member', '/api/snapshot/org-planning', { headers: { 'accept-encoding': encoding } })
    const reader = answer.body?.getReader()
    await reader?.read()
    hub.sessions.change({ ...people.member, organizations: [] })
    let received = 0
    const drain = async () => {
      for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read())
        received += (chunk.value as Uint8Array).length
    }
    await expect(drain()).rejects.toThrow()
    expect(received).toBeLessThan(10_000_000)
  },
)
