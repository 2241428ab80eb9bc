import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRemote } from './pouchdb-client.suite.ts'
import { signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

const database = '/db/faction-greens'
let hub: ReplicationHub
beforeAll(async () => {
  hub = await startReplicationHub()
  signInEverybody(hub.sessions)
})
afterAll(() => hub.stop())

const ask = (path: string, init?: RequestInit) => hub.ask('member', database + path, init)
const json = async (path: string, init?: RequestInit): Promise<unknown> => (await ask(path, init)).json()
const put = (document: object) =>
  ask('/_bulk_docs', { method: 'POST', body: JSON.stringify({ docs: [document], new_edits: false }) })

test('the hub introduces itself as a replication peer whose uuid names the data', async () => {
  expect(await (await hub.ask(null, '/db/')).json()).toMatchObject({ couchdb: 'Welcome', uuid: hub.store.uuid() })
  expect(await json('')).toMatchObject({ db_name: 'faction-greens', doc_count: 0, update_seq: 0 })
  expect((await ask('', { method: 'PUT' })).status).toBe(412)
  expect((await hub.ask('clerk', '/db/org-nowhere', { method: 'PUT' })).status).toBe(403)
  expect((await ask('', { method: 'DELETE' })).status).toBe(403)
  expect((await ask('/_ensure_full_commit', { method: 'POST' })).status).toBe(201)
})

test('documents are made, read, changed and removed one by one', async () => {
  const made = await ask('/note:1', { method: 'PUT', body: '{"text":"one"}' })
  const { rev } = (await made.json()) as { rev: string }
  expect([made.status, made.headers.get('etag')]).toEqual([201, `"${rev}"`])
  expect(await json('/note:1')).toEqual({ _id: 'note:1', _rev: rev, text: 'one' })
  expect((await ask('/note:1', { method: 'PUT', body: '{"text":"two"}' })).status).toBe(409)
  const changed = await ask('/note:1', { method: 'PUT', body: '{"text":"two"}', headers: { 'if-match': `"${rev}"` } })
  const second = ((await changed.json()) as { rev: string }).rev
  expect(await json(`/note:1?revs=true`)).toMatchObject({ _revisions: { start: 2 } })
  expect((await ask('/note:1', { method: 'DELETE' })).status).toBe(409)
  expect((await ask(`/note:1?rev=${second}`, { method: 'DELETE' })).status).toBe(201)
  expect(await json('/note:1')).toEqual({ error: 'not_found', reason: 'deleted' })
  expect(await json('/note:none')).toEqual({ error: 'not_found', reason: 'missing' })
})

test('lists are cut by keys, ranges and pages, and longer than a page of the store', async () => {
  const ids = Array.from({ length: 1203 }, (_, n) => `list:${String(n).padStart(4, '0')}`)
  await ask('/_bulk_docs', { method: 'POST', body: JSON.stringify({ docs: ids.map((_id) => ({ _id })) }) })
  const list = async (query: string): Promise<string[]> =>
    ((await json(`/_all_docs?${query}`)) as { rows: { id: string }[] }).rows.map(({ id }) => id)
  const range = 'startkey="list:"&endkey="list:z"'
  expect(await list(range)).toEqual(ids)
  expect(await list(`${range}&skip=600&limit=520`)).toEqual(ids.slice(600, 1120))
  expect(await list('startkey="list:0005"&endkey="list:0003"&descending=true&inclusive_end=false')).toEqual([
    'list:0005',
    'list:0004',
  ])
  expect(await list('key="list:0007"')).toEqual(['list:0007'])
  const body = JSON.stringify({ keys: ['list:0009', 'list:none', 'list:0002'] })
  expect(await json('/_all_docs?include_docs=true', { method: 'POST', body })).toMatchObject({
    rows: [
      { id: 'list:0009', doc: { _id: 'list:0009' } },
      { key: 'list:none', error: 'not_found' },
      { id: 'list:0002', doc: { _id: 'list:0002' } },
    ],
  })
})

test('every leaf is to be had with its ancestry, and the latest in place of an ancestor', async () => {
  await put({ _id: 'tree:1', _rev: '1-a', text: 'a' })
  await put({ _id: 'tree:1', _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] }, text: 'b' })
  await put({ _id: 'tree:1', _rev: '2-c', _revisions: { start: 2, ids: ['c', 'a'] }, text: 'c' })
  const leaf = (id: string) => ({ _id: 'tree:1', _rev: `2-${id}`, _revisions: { start: 2, ids: [id, 'a'] }, text: id })
  const accept = { accept: 'application/json' }
  expect(await json('/tree:1?open_revs=all&revs=true', { headers: accept })).toEqual(
    expect.arrayContaining([{ ok: leaf('b') }, { ok: leaf('c') }]),
  )
  const asked = '/tree:1?open_revs=["1-a","2-c","3-z"]&revs=true'
  expect(await json(asked, { headers: accept })).toEqual(
    expect.arrayContaining([{ ok: leaf('c') }, { missing: '3-z' }]),
  )
  const latest = (await json(`${asked}&latest=true`, { headers: accept })) as { ok?: { _rev: string } }[]
  expect(latest.flatMap(({ ok }) => ok?._rev ?? []).sort()).toEqual(['2-b', '2-c'])
  expect(await json('/tree:1?conflicts=true')).toMatchObject({ _rev: '2-c', _conflicts: ['2-b'] })
  expect(
    await json('/_bulk_get?revs=true&latest=true', {
      method: 'POST',
      body: JSON.stringify({ docs: [{ id: 'tree:1', rev: '2-b' }, { id: 'tree:1', rev: '7-q' }, { id: 'tree:1' }] }),
    }),
  ).toEqual({
    results: [
      { id: 'tree:1', docs: [{ ok: leaf('b') }] },
      { id: 'tree:1', docs: [{ error: { id: 'tree:1', rev: '7-q', error: 'not_found', reason: 'missing' } }] },
      { id: 'tree:1', docs: [{ ok: leaf('c') }] },
    ],
  })
  expect(
    await json('/_revs_diff', { method: 'POST', body: '{"tree:1":["1-a","2-c","3-d"],"tree:2":["1-x"]}' }),
  ).toEqual({
    'tree:1': { missing: ['3-d'], possible_ancestors: expect.arrayContaining(['2-c']) as string[] },
    'tree:2': { missing: ['1-x'] },
  })
})

test('PouchDB puts, reads and removes attachments', async () => {
  const remote = openRemote(hub.url, 'faction-greens', 'member')
  const bytes = Buffer.from([0, 1, 2, 253, 254, 255])
  const { rev: first } = await remote.put({ _id: 'note:1' })
  const { rev: second } = await remote.putAttachment('note:1', 'folder/plan ä.bin', first, bytes, 'application/x-plan')
  expect(Buffer.from(await remote.getAttachment('note:1', 'folder/plan ä.bin')).equals(bytes)).toBe(true)
  const { rev: third } = await remote.putAttachment(
    'note:1',
    'b.json',
    second,
    Buffer.from('{"a":'),
    'application/json',
  )
  const { rev: fourth } = await remote.removeAttachment('note:1', 'folder/plan ä.bin', third)
  const document = await remote.get('note:1')
  expect([document._rev, Object.keys(document['_attachments'] as object)]).toEqual([fourth, ['b.json']])
  await expect(remote.putAttachment('note:1', 'c', first, bytes, 'text/plain')).rejects.toMatchObject({ status: 409 })
})

test('CouchDB’s replicator sends attachments as multipart/related', async () => {
  const boundary = 'e89b3e29388aef23453450d10e5aaed0'
  const document = {
    _id: 'note:2',
    _rev: '1-a',
    _revisions: { start: 1, ids: ['a'] },
    _attachments: {
      'one.txt': { follows: true, content_type: 'text/plain', length: 3, revpos: 1 },
      'two.bin': { follows: true, content_type: 'application/octet-stream', length: 4, revpos: 1 },
    },
  }
  const part = (name: string, bytes: string) =>
    `--${boundary}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Length: ${bytes.length}\r\n\r\n${bytes}\r\n`
  const body = `--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(document)}\r\n${part('one.txt', 'one')}${part('two.bin', '\r\n--')}--${boundary}--`
  const headers = { 'content-type': `multipart/related;boundary="${boundary}"` }
  const answer = await ask('/note:2?new_edits=false', { method: 'PUT', headers, body })
  expect([answer.status, await answer.json()]).toEqual([201, { ok: true, id: 'note:2', rev: '1-a' }])
  expect(await (await ask('/note:2/one.txt')).text()).toBe('one')
  expect(await (await ask('/note:2/two.bin')).text()).toBe('\r\n--')
  for (const broken of ['', 'text', body.slice(0, 150), body.replace('one.txt', 'other.txt').slice(0, -120)])
    expect((await ask('/note:3?new_edits=false', { method: 'PUT', headers, body: broken })).status).toBe(400)
})

test('CouchDB’s replicator reads leaves with attachments as multipart/mixed', async () => {
  await put({
    _id: 'note:4',
    _rev: '1-a',
    _attachments: { 'a "b".txt': { content_type: 'text/plain', data: Buffer.from('bytes').toString('base64') } },
  })
  const answer = await ask('/note:4?open_revs=["1-a","9-z"]&revs=true&attachments=true', {
    headers: { accept: 'multipart/mixed' },
  })
  const boundary = /^multipart\/mixed; boundary="(.+)"$/.exec(answer.headers.get('content-type') ?? '')?.[1] ?? ''
  const [before, document, missing, end] = (await answer.text()).split(`--${boundary}`)
  expect([before, end]).toEqual(['', '--'])
  expect(document).toMatch(/^\r\nContent-Type: multipart\/related; boundary="/)
  expect(document).toContain('"follows":true')
  expect(document).toContain('Content-Disposition: attachment; filename="a \\"b\\".txt"')
  expect(document).toContain('\r\n\r\nbytes\r\n')
  expect(missing).toBe('\r\nContent-Type: application/json; error="true"\r\n\r\n{"missing":"9-z"}\r\n')
})

test('checkpoints are kept, one after the other', async () => {
  const path = '/_local/G1.6yUkO7bQ%2F%2Fj4Kx~w%3D%3D'
  expect((await ask(path)).status).toBe(404)
  expect((await ask(path, { method: 'PUT', body: '{"last_seq":7,"history":[]}' })).status).toBe(201)
  expect(await json(path)).toMatchObject({ _id: '_local/G1.6yUkO7bQ//j4Kx~w==', last_seq: 7, history: [] })
  expect((await ask(path, { method: 'DELETE' })).status).toBe(200)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(404)
  expect((await ask('/_local/big', { method: 'PUT', body: JSON.stringify({ x: 'x'.repeat(70_000) }) })).status).toBe(
    413,
  )
})

test('everybody replicates what is public without an account', async () => {
  const store = await hub.store.open('public')
  await store.write([{ _id: 'paper:1', name: 'For all' }])
  const { openLocal } = await import('./pouchdb-client.suite.ts')
  const local = openLocal()
  const remote = openRemote(hub.url, 'public', null)
  expect(await local.replicate.from(remote)).toMatchObject({ ok: true, docs_written: 1 })
  await store.write([{ _id: 'paper:2', name: 'For all' }])
  // The checkpoint of the first time is kept on the device alone, and is found again.
  expect(await local.replicate.from(remote)).toMatchObject({ ok: true, docs_read: 1, docs_written: 1 })
})
