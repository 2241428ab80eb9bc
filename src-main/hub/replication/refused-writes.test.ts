import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RefusedWrite } from '../../../shared/hub-api/contract.ts'
import { openLocal, openRemote } from './pouchdb-client.suite.ts'
import { hubKeyOf, makeSecretKey } from '../signing.ts'
import { SigningDevice } from '../testing/signed-events.ts'
import { people, signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

let hub: ReplicationHub
beforeEach(async () => {
  hub = await startReplicationHub()
  signInEverybody(hub.sessions)
})
afterEach(() => hub.stop())

const at = '2026-05-04T17:00:00Z'
const paper = (key: string, more: object = {}) => ({
  _id: `paper:${key}`,
  type: 'paper',
  schema: 1,
  created: at,
  modified: at,
  term: 'legislative-term:1',
  name: 'Paper',
  public: true,
  publication: { state: 'draft', step: 0 },
  ...more,
})

const hubKey = hubKeyOf(makeSecretKey())
/** An event of the member, and the same with another content. */
function twoVersions() {
  const { _rev: _, ...event } = SigningDevice.certifiedBy(hubKey, people.member).write('meeting:1', {
    kind: 'note-added',
    text: 'Heard.',
  })
  return { event, forged: { ...event, body: { kind: 'note-added', text: 'Never said.' } } }
}

async function bulk(device: string, audience: string, docs: unknown[], newEdits = false): Promise<RefusedWrite[]> {
  const answer = await hub.ask(device, `/db/${audience}/_bulk_docs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ docs, new_edits: newEdits }),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as RefusedWrite[]
}
const winner = async (audience: 'office' | 'org-planning' | 'faction-greens', id: string) =>
  (await hub.store.open(audience)).get(id, { conflicts: true })

test('PouchDB hears of each refused document, and the others are stored', async () => {
  const local = openLocal()
  await local.put(paper('good'))
  await local.put(paper('bad', { name: '' }))
  await local.put({ _id: 'note:1', text: 'not for the office' })
  const denied: { id: string; reason: string }[] = []
  const feed = local.replicate.to(openRemote(hub.url, 'office', 'clerk'))
  void feed.on('denied', (error: { id: string; reason: string }) => denied.push(error))
  expect(await feed).toMatchObject({ ok: true, docs_written: 1, doc_write_failures: 2 })
  expect(denied.map(({ id, reason }) => `${id} ${reason}`).sort()).toEqual(['note:1 invalid', 'paper:bad invalid'])
  expect(await winner('office', 'paper:good')).toMatchObject({ name: 'Paper' })
  expect(await winner('office', 'paper:bad')).toBeUndefined()
})

test('a refusal says why, in terms that a screen can word', async () => {
  expect(
    await bulk('clerk', 'office', [
      { ...paper('1', { name: '' }), _rev: '1-a' },
      { _id: '_design/rules', _rev: '1-a', validate_doc_update: 'function () {}' },
      { ...paper('2'), _rev: '1-a' },
    ]),
  ).toEqual([
    {
      id: 'paper:1',
      rev: '1-a',
      error: 'forbidden',
      reason: 'invalid',
      faults: [{ field: 'name', message: 'must not be empty' }],
    },
    expect.objectContaining({ id: '_design/rules', error: 'forbidden', reason: 'no-code' }),
  ])
  expect(await bulk('member', 'org-planning', [{ ...paper('1'), _rev: '1-a' }])).toMatchObject([
    { reason: 'read-only' },
  ])
  expect(await bulk('staff', 'office', [{ ...paper('2', { name: 'Mine' }), _rev: '2-b' }])).toEqual([])
})

test('an event is written once, by its author, whatever revision it comes as', async () => {
  const { event, forged } = twoVersions()
  expect(await bulk('chair', 'org-planning', [{ ...event, _rev: '1-a' }])).toMatchObject([{ reason: 'not-the-author' }])
  // The same request brings two versions: the second finds the first.
  expect(
    await bulk('member', 'org-planning', [
      { ...event, _rev: '1-a' },
      { ...forged, _rev: '1-b' },
    ]),
  ).toMatchObject([{ rev: '1-b', reason: 'append-only' }])
  const attempts = [
    { ...forged, _rev: '2-c', _revisions: { start: 2, ids: ['c', 'a'] } },
    { ...forged, _rev: '9-d', _revisions: { start: 9, ids: ['d', 'c'] } },
    { ...event, _rev: '2-e', _revisions: { start: 2, ids: ['e', 'a'] }, _deleted: true },
  ]
  for (const document of attempts)
    expect(await bulk('member', 'org-planning', [document])).toMatchObject([{ reason: 'append-only' }])
  expect(await winner('org-planning', event._id)).toEqual({ ...event, _rev: '1-a' })
})

test('a revision that was received already is received again without a word, and keeps its content', async () => {
  const { event, forged } = twoVersions()
  await bulk('member', 'org-planning', [{ ...event, _rev: '1-a' }])
  for (const device of ['member', 'chair'])
    expect(await bulk(device, 'org-planning', [{ ...forged, _rev: '1-a' }])).toEqual([])
  expect(await winner('org-planning', event._id)).toMatchObject({ body: event.body })
})

test('of the branches of a conflict the last one stays, also when one request ends both', async () => {
  await bulk('clerk', 'office', [
    { ...paper('1'), _rev: '1-a' },
    { ...paper('1', { name: 'Other' }), _rev: '1-b' },
  ])
  const ends = ['a', 'b'].map((id) => ({
    _id: 'paper:1',
    _rev: `2-${id}${id}`,
    _revisions: { start: 2, ids: [`${id}${id}`, id] },
    _deleted: true,
  }))
  expect(await bulk('clerk', 'office', ends)).toMatchObject([{ rev: '2-bb', reason: 'deletion-is-a-state' }])
  expect(await winner('office', 'paper:1')).toMatchObject({ _rev: '1-b', name: 'Other' })
})

test('two requests at once are judged one after the other', async () => {
  const { event } = twoVersions()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => bulk('member', 'org-planning', [{ ...event, _rev: `1-${n}` }])),
  )
  expect(answers.filter((answer) => answer.length === 0)).toHaveLength(1)
  expect(await winner('org-planning', event._id)).not.toHaveProperty('_conflicts')
})

test('staff cannot take back what the clerk has published, by any revision', async () => {
  await bulk('clerk', 'office', [{ ...paper('1', { publication: { state: 'published', step: 1 } }), _rev: '1-a' }])
  const attempts = [
    { ...paper('1'), _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] } },
    {
      ...paper('1', { publication: { state: 'draft', step: 99 } }),
      _rev: '2-c',
      _revisions: { start: 2, ids: ['c', 'a'] },
    },
    { ...paper('1'), _rev: '900-d' },
    { _id: 'paper:1', _rev: '2-e', _revisions: { start: 2, ids: ['e', 'a'] }, _deleted: true },
  ]
  for (const attempt of attempts) expect(await bulk('staff', 'office', [attempt])).toMatchObject([{ reason: 'role' }])
  expect(await winner('office', 'paper:1')).toMatchObject({ _rev: '1-a' })
})

test('what is not a revision of a document is refused before anything reads it', async () => {
  const note = { _id: 'note:1', _rev: '2-b' }
  const malformed = [
    { ...note, _revisions: { start: 2, ids: ['x', 'a'] } },
    { ...note, _revisions: { start: 1, ids: ['b', 'a'] } },
    { ...note, _revisions: { start: 2, ids: [] } },
    { ...note, _revisions: { start: 1500, ids: Array.from({ length: 1500 }, (_, n) => `a${n}`) }, _rev: '1500-a0' },
    { ...note, _revisions: { start: 2, ids: ['b', { name: 'body' }] } },
    { _id: 'note:1' },
    { ...note, _rev: 'constructor' },
    { ...note, _id: '_local/x' },
    { ...note, _id: '' },
    { ...note, _id: 7 },
    { ...note, _id: 'x'.repeat(600) },
    { ...note, _access: ['everybody'] },
    { ...note, __defineGetter__: 1 },
    { ...note, _attachments: { a: { content_type: 'text/plain\r\nset-cookie: x', data: 'eA==' } } },
    { ...note, _attachments: { a: { content_type: 'text/plain', data: 'not base 64!' } } },
    { ...note, _attachments: { a: { content_type: 'text/plain', follows: true } } },
    {
      ...note,
      _attachments: { a: { content_type: 'text/plain', stub: true, digest: 'md5-nowhere', revpos: 1, length: 1 } },
    },
    null,
    'text',
    [note],
  ]
  for (const document of malformed) {
    const answer = await bulk('member', 'faction-greens', [document])
    expect(answer, JSON.stringify(document)).toHaveLength(1)
    expect(answer[0]?.error, JSON.stringify(document)).toMatch(/^(?:forbidden|bad_request)$/)
  }
  expect((await (await hub.store.open('faction-greens')).info()).docCount).toBe(0)
})

test('bodies that would harm the reader are refused as a whole', async () => {
  const post = async (body: string) =>
    (await hub.ask('member', '/db/faction-greens/_bulk_docs', { method: 'POST', body })).status
  expect(await post(`{"docs":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toBe(400)
  expect(await post('{"docs":[{"_id":"note:1","__proto__":{"isAdmin":true}}]}')).toBe(400)
  expect(await post('{"docs":')).toBe(400)
  expect(await post('{"docs":{"length":1}}')).toBe(400)
  expect(await post(`{"docs":[{"_id":"note:1","text":"${'x'.repeat(33 * 1024 * 1024)}"}]}`)).toBe(413)
  expect(await bulk('member', 'faction-greens', [{ _id: 'note:1', text: 'x'.repeat(8_000_001) }], true)).toMatchObject([
    { reason: 'invalid' },
  ])
})

test('fields named like those of every object are content like any other', async () => {
  const note = { _id: 'constructor', toString: 'text', constructor: { prototype: 1 }, hasOwnProperty: null }
  expect(await bulk('member', 'faction-greens', [{ ...note, _rev: '1-a' }])).toEqual([])
  expect(await winner('faction-greens', 'constructor')).toEqual({ ...note, _rev: '1-a' })
})

test('code is never stored nor run', async () => {
  const put = await hub.ask('clerk', '/db/office/_design/rules', { method: 'PUT', body: '{"views":{}}' })
  expect([put.status, ((await put.json()) as { error: string }).error]).toEqual([403, 'forbidden'])
  for (const path of [
    '_changes?filter=rules/mine',
    '_changes?filter=_view&view=a/b',
    '_changes?filter=_selector',
    '_find',
  ])
    expect((await hub.ask('clerk', `/db/office/${path}`)).status).toBe(403)
  expect((await hub.ask('clerk', '/db/office/_find', { method: 'POST', body: '{}' })).status).toBe(403)
})
