import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canRead, nobody, type Principal } from '../../../shared/rules/access.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { hubKeyOf, makeSecretKey } from '../signing.ts'
import { SigningDevice } from '../testing/signed-events.ts'
import { people, signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

const audiences = [
  'public',
  'office',
  'org-planning',
  'org-council',
  'circle-one',
  'box-one',
  'faction-greens',
  'faction-reds',
  'user-ada',
  'user-clara',
] as const satisfies readonly Audience[]
const everybody: Record<string, Principal> = { ...people, nobody }
const hubKey = hubKeyOf(makeSecretKey())
const eventBy = (principal: Principal) =>
  SigningDevice.certifiedBy(hubKey, principal).write('meeting:1', { kind: 'note-added', text: 'Heard.' })
const [guestsEvent, membersEvent] = [eventBy(people.guest), eventBy(people.otherMember)]
const secretOf = (audience: string) => `SECRET-OF-${audience.toUpperCase()}`

let hub: ReplicationHub
let packOf: Map<string, string>
beforeAll(async () => {
  hub = await startReplicationHub({ clock: () => Date.parse('2026-11-23T12:00:00Z') })
  signInEverybody(hub.sessions)
  for (const audience of audiences) await fill(audience)
  packOf = new Map()
  for (const audience of ['office', 'public', 'org-planning'])
    packOf.set(audience, await firstPack('administrator', audience))
})
afterAll(() => hub.stop())

async function fill(audience: Audience): Promise<void> {
  const store = await hub.store.open(audience)
  const secret = secretOf(audience)
  await store.write([
    { _id: 'paper:1', name: secret, _attachments: { a: attachment(secret) } },
    { _id: 'paper:2', name: secret, term: 'legislative-term:old' },
    { _id: 'legislative-term:old', name: secret, endDate: '2024-05-31' },
  ])
  await store.write([{ _id: 'paper:3', _rev: '1-a', name: secret }], { newEdits: false })
  await store.write([{ _id: 'paper:3', _rev: '1-b', name: secret }], { newEdits: false })
  await store.putLocal('checkpoint', { secret })
}
const attachment = (text: string) => ({ content_type: 'text/plain', data: Buffer.from(text).toString('base64') })

async function firstPack(device: string, audience: string): Promise<string> {
  const answer = await hub.ask(device, `/api/packs/${audience}`)
  const { packs } = (await answer.json()) as { packs: { digest: string }[] }
  expect(packs).toHaveLength(1)
  return packs[0]?.digest ?? ''
}

interface Ask {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}
const get = (path: string): Ask => ({ method: 'GET', path })
const send = (method: string, path: string, body: unknown): Ask => ({ method, path, body })

/** Every path that this service answers, for a name in place of the audience. */
const endpoints = (name: string): Ask[] => [
  ...['', '/', '/_all_docs', '/_all_docs?include_docs=true', '/_all_docs?keys=["paper:1"]'].map((end) =>
    get(`/db/${name}${end}`),
  ),
  ...['?include_docs=true&style=all_docs', '?feed=longpoll&timeout=1', '?feed=continuous&timeout=1&since=0'].map(
    (end) => get(`/db/${name}/_changes${end}`),
  ),
  get(`/db/${name}/_changes?filter=_doc_ids&doc_ids=["paper:1"]`),
  get(`/db/${name}/_changes?since=now&limit=1`),
  send('POST', `/db/${name}/_changes?filter=_doc_ids&include_docs=true`, { doc_ids: ['paper:1'] }),
  send('POST', `/db/${name}/_all_docs?include_docs=true`, { keys: ['paper:1', 'paper:2'] }),
  send('POST', `/db/${name}/_bulk_get?revs=true&attachments=true&latest=true`, {
    docs: [{ id: 'paper:1' }, { id: 'paper:3', rev: '1-a' }],
  }),
  send('POST', `/db/${name}/_revs_diff`, { 'paper:3': ['1-a', '1-z'] }),
  send('POST', `/db/${name}/_bulk_docs`, { docs: [guestsEvent, { _id: 'paper:1' }] }),
  send('POST', `/db/${name}/_bulk_docs`, { new_edits: false, docs: [{ _id: 'paper:9', _rev: '1-a' }] }),
  send('POST', `/db/${name}/_ensure_full_commit`, {}),
  send('POST', `/db/${name}/_find`, { selector: {} }),
  send('POST', `/db/${name}`, { _id: 'paper:9' }),
  get(`/db/${name}/paper:1`),
  get(`/db/${name}/paper:1?attachments=true&conflicts=true&revs=true`),
  get(`/db/${name}/paper:3?open_revs=all&revs=true`),
  { ...get(`/db/${name}/paper:3?open_revs=["1-a"]&latest=true`), headers: { accept: 'multipart/mixed' } },
  get(`/db/${name}/paper:1/a`),
  get(`/db/${name}/_local/checkpoint`),
  get(`/db/${name}/_design/rules`),
  get(`/db/${name}/_security`),
  { method: 'HEAD', path: `/db/${name}` },
  { method: 'HEAD', path: `/db/${name}/paper:1` },
  send('PUT', `/db/${name}`, undefined),
  send('PUT', `/db/${name}/paper:9`, { name: 'x' }),
  { ...send('PUT', `/db/${name}/paper:9/a`, 'text'), headers: { 'content-type': 'text/plain' } },
  send('PUT', `/db/${name}/_local/mine`, { last_seq: 1 }),
  send('PUT', `/db/${name}/_design/rules`, { views: {} }),
  { method: 'DELETE', path: `/db/${name}` },
  { method: 'DELETE', path: `/db/${name}/paper:3?rev=1-a` },
  { method: 'DELETE', path: `/db/${name}/paper:1/a?rev=1-a` },
  get(`/api/snapshot/${name}`),
  get(`/api/packs/${name}`),
  ...[...packOf.values()].map((digest) => get(`/api/packs/${name}/${digest}`)),
]

interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
}

/** Sends the path as it is: `fetch` would tidy it up. */
function ask(device: string, { method, path, body, headers }: Ask): Promise<Answer> {
  const authorization = device === 'nobody' ? {} : { authorization: `Bearer ${device}` }
  const { hostname, port } = new URL(hub.url)
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { 'content-type': 'application/json', ...authorization, ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const { date: _date, ...rest } = answer.headers
          resolve({ status: answer.statusCode ?? 0, headers: rest, body: Buffer.concat(chunks).toString('utf8') })
        })
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? '' : JSON.stringify(body))
  })
}

test('what one may not read answers like what does not exist, on every path, in every byte', async () => {
  const before = await contents()
  for (const [device, principal] of Object.entries(everybody))
    for (const audience of audiences.filter((name) => !canRead(principal, name))) {
      const nowhere = `user-${'x'.repeat(audience.length)}`
      const [real, absent] = [endpoints(audience), endpoints(nowhere)]
      for (const [place, asked] of real.entries()) {
        const [answer, other] = [await ask(device, asked), await ask(device, absent[place] ?? asked)]
        const where = `${device} ${asked.method} ${asked.path}`
        expect({ where, ...answer }).toEqual({ where, ...other })
        expect([403, 404], where).toContain(answer.status)
        expect(answer.body, where).not.toMatch(/SECRET/)
      }
    }
  expect(await contents()).toEqual(before)
})

/** What the store holds of each audience, to see that no refused request changed it. */
async function contents(): Promise<unknown> {
  const all = []
  for (const audience of (await hub.store.audiences()).sort()) {
    const store = await hub.store.open(audience)
    all.push([audience, await store.info(), (await store.list({ includeDocs: true })).rows])
  }
  return all
}

test('what one may read holds nothing of any other audience', async () => {
  for (const [device, principal] of Object.entries(everybody))
    for (const audience of audiences.filter((name) => canRead(principal, name))) {
      const reading = endpoints(audience).filter(
        ({ method, path }) => method === 'GET' || /_bulk_get|_all_docs/.test(path),
      )
      let seen = 0
      for (const asked of reading) {
        const { body } = await ask(device, asked)
        const secrets = new Set(body.match(/SECRET-OF-[A-Z-]+/g))
        secrets.delete(secretOf(audience))
        expect([...secrets], `${device} ${asked.path}`).toEqual([])
        if (body.includes(secretOf(audience))) seen += 1
      }
      expect(seen, `${device} reads ${audience}`).toBeGreaterThan(5)
    }
})

test('no spelling of a path reaches a foreign audience', async () => {
  const spellings = [
    '/db/%6Fffice/paper:1',
    '/db/OFFICE/paper:1',
    '/db/Office/_all_docs?include_docs=true',
    '/db/public/../office/paper:1',
    '/db/public/..%2Foffice/paper:1',
    '/db/public%2F..%2Foffice/paper:1',
    '/db/public/%2e%2e/office/paper:1',
    '/db/./office/paper:1',
    '/db//office/paper:1',
    '//db/office/paper:1',
    '/db/office%00/paper:1',
    '/db/office%2Fpaper:1',
    '/db/office;x/paper:1',
    '/db/office%20/paper:1',
    '/db/office.sqlite/paper:1',
    '/db/public/_local/..%2F..%2Foffice',
    '/db/public/paper:1/../../office/paper:1',
    '/db/public/_all_docs?keys=["../office/paper:1"]',
    '/db/public?audience=office',
    '/db/__proto__/paper:1',
    '/db/constructor/paper:1',
    '/api/snapshot/..%2Foffice',
    '/api/snapshot/%6Fffice',
    '/api/packs/public/../office',
    `/api/packs/public/${packOf.get('office')}`,
    `/api/packs/public/..%2Foffice%2F${packOf.get('office')}`,
  ]
  for (const device of ['nobody', 'guest', 'member'])
    for (const path of spellings) {
      const { body } = await ask(device, get(path))
      expect(body, `${device} ${path}`).not.toContain(secretOf('office'))
    }
})

test('a checkpoint is seen by the device that wrote it alone', async () => {
  const path = '/db/org-planning/_local/mine'
  expect((await ask('member', send('PUT', path, { last_seq: 7 }))).status).toBe(201)
  expect(JSON.parse((await ask('member', get(path))).body)).toMatchObject({ last_seq: 7, _id: '_local/mine' })
  expect((await ask('chair', get(path))).status).toBe(404)
  expect((await ask('nobody', send('PUT', '/db/public/_local/mine', { last_seq: 7 }))).status).toBe(403)
})

test('an attachment is not to be had by naming its digest in another audience', async () => {
  const office = await hub.store.open('office')
  const stub = (await office.get('paper:1'))?._attachments?.['a']
  const _attachments = { a: { ...stub, stub: true } }
  for (const body of [
    { docs: [{ _id: 'note:1', _attachments }] },
    { docs: [{ _id: 'note:1', _rev: '1-a', _attachments }], new_edits: false },
  ])
    await ask('member', send('POST', '/db/faction-greens/_bulk_docs', body))
  const answer = await ask('member', get('/db/faction-greens/note:1/a'))
  expect(answer).toMatchObject({ status: 404, body: expect.not.stringContaining('SECRET') as string })
})

test.each(['public', 'org-planning'] as const)(
  'what was taken back from %s cannot be had by an old revision',
  async (audience) => {
    const store = await hub.store.open(audience)
    const [first] = await store.write([
      { _id: 'paper:7', name: 'TAKEN-BACK', _attachments: { a: attachment('TAKEN-BACK') } },
    ])
    const rev = first?.ok ? first.rev : ''
    const [second] = await store.write([{ _id: 'paper:7', _rev: rev, name: 'Shown' }])
    await expectGone(audience, rev)
    await store.write([{ _id: 'paper:7', _rev: second?.ok ? second.rev : '', _deleted: true }])
    await expectGone(audience, rev)
  },
)

async function expectGone(audience: string, rev: string): Promise<void> {
  const paths = [
    `paper:7?rev=${rev}`,
    `paper:7?open_revs=["${rev}"]&revs=true&attachments=true`,
    'paper:7?open_revs=all&attachments=true',
    `paper:7/a?rev=${rev}`,
    '_changes?include_docs=true&style=all_docs',
  ]
  for (const path of paths)
    expect((await ask('member', get(`/db/${audience}/${path}`))).body).not.toContain('TAKEN-BACK')
  const asked = send('POST', `/db/${audience}/_bulk_get?revs=true&attachments=true`, { docs: [{ id: 'paper:7', rev }] })
  expect((await ask('member', asked)).body).not.toContain('TAKEN-BACK')
}

test('a browser does not run what somebody attached', async () => {
  const html = {
    ...send('PUT', '/db/faction-greens/note:html/page', '<script>'),
    headers: { 'content-type': 'text/html' },
  }
  expect((await ask('member', html)).status).toBe(201)
  expect((await ask('member', get('/db/faction-greens/note:html/page'))).headers).toMatchObject({
    'content-disposition': 'attachment',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
})

test('a body that arrives after the membership ended neither reads nor writes', async () => {
  for (const [path, body] of [
    ['/db/org-council/_bulk_get?revs=true', { docs: [{ id: 'paper:1' }] }],
    ['/db/org-council/_bulk_docs', { docs: [membersEvent] }],
  ] as const) {
    hub.sessions.signIn('otherMember', people.otherMember)
    const text = JSON.stringify(body)
    const { hostname, port } = new URL(hub.url)
    const headers = { authorization: 'Bearer otherMember', 'content-length': text.length }
    const sent = request({ hostname, port, method: 'POST', path, headers })
    const answered = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      sent.on('error', reject).on('response', (answer) => {
        let received = ''
        answer.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')))
        answer.on('end', () => resolve({ status: answer.statusCode, body: received }))
      })
    })
    const arrived = new Promise<void>((resolve) => hub.app.server.once('request', () => resolve()))
    sent.write(text.slice(0, 5))
    await arrived
    hub.sessions.change({ ...people.otherMember, organizations: [] })
    sent.end(text.slice(5))
    expect((await answered).status).toBe(404)
    expect((await answered).body).not.toContain('SECRET')
  }
  expect(await (await hub.store.open('org-council')).get(membersEvent._id)).toBeUndefined()
  hub.sessions.signIn('otherMember', people.otherMember)
})

test.each([
  ['GET', '/db/org-planning/_all_docs?include_docs=true', undefined],
  ['POST', '/db/org-planning/_bulk_get', { docs: Array.from({ length: 4000 }, (_, n) => ({ id: `big:${n % 50}` })) }],
  ['GET', '/db/org-planning/_changes?include_docs=true', undefined],
])('a long answer to %s %s breaks off when the membership ends', async (method, path, body) => {
  const store = await hub.store.open('org-planning')
  const documents = Array.from({ length: 3000 }, (_, n) => ({ _id: `big:${n}`, text: 'x'.repeat(10_000) }))
  await store.write(documents)
  hub.sessions.signIn('member', people.member)
  const answer = await hub.ask('member', path, {
    method,
    headers: { 'accept-encoding': 'identity' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const reader = answer.body?.getReader()
  await reader?.read()
  hub.sessions.change({ ...people.member, organizations: [] })
  const drain = async () => {
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read());
  }
  await expect(drain()).rejects.toThrow()
  hub.sessions.signIn('member', people.member)
})
