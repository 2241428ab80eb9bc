import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { openLive } from './live-client.suite.ts'
import { people, signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

let hub: ReplicationHub
beforeEach(async () => {
  hub = await startReplicationHub()
  signInEverybody(hub.sessions)
})
afterEach(() => hub.stop())

test('a change arrives with its ancestry, ready for bulkDocs, in every audience that the device follows', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { public: 0, 'org-planning': 0 } })
  expect(await live.next('changes', ({ audience }) => audience === 'public')).toEqual({
    kind: 'changes',
    audience: 'public',
    from: 0,
    seq: 0,
    pending: 0,
    documents: [],
  })
  const store = await hub.store.open('org-planning')
  await store.write([{ _id: 'paper:1', _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] }, name: 'Closed' }], {
    newEdits: false,
  })
  expect(await live.next('changes', ({ documents }) => documents.length > 0)).toEqual({
    kind: 'changes',
    audience: 'org-planning',
    from: 0,
    seq: 1,
    pending: 0,
    documents: [{ _id: 'paper:1', _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] }, name: 'Closed' }],
  })
})

test('what was missed is sent first, and more than some hundred changes are left to replication', async () => {
  const store = await hub.store.open('public')
  await store.write(Array.from({ length: 120 }, (_, n) => ({ _id: `paper:${n}` })))
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { public: 20 } })
  const last = await live.next('changes', ({ seq }) => seq === 120)
  expect(last.documents.length).toBeGreaterThan(0)
  const sent = live.heard.flatMap((tell) => (tell.kind === 'changes' ? tell.documents : []))
  expect(sent.map(({ _id }) => _id).sort()).toEqual(Array.from({ length: 100 }, (_, n) => `paper:${n + 20}`).sort())

  await store.write(Array.from({ length: 400 }, (_, n) => ({ _id: `meeting:${n}` })))
  expect(await live.next('behind')).toEqual({ kind: 'behind', audience: 'public', seq: 520 })
  live.ask({ kind: 'subscribe', since: { public: 520 } })
  expect(await live.next('changes', ({ from }) => from === 520)).toMatchObject({ seq: 520, documents: [] })
})

test('attachments come along while they are small; large ones are left to replication', async () => {
  const store = await hub.store.open('faction-greens')
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { 'faction-greens': 0 } })
  await live.next('changes')
  const note = (id: string, bytes: number) => ({
    _id: id,
    _attachments: { a: { content_type: 'text/plain', data: Buffer.alloc(bytes, 'x').toString('base64') } },
  })
  await store.write([note('note:small', 10)])
  const { documents } = await live.next('changes')
  expect(documents[0]?._attachments?.['a']).toMatchObject({ data: Buffer.alloc(10, 'x').toString('base64') })
  await store.write([note('note:large', 100_000)])
  expect(await live.next('behind')).toMatchObject({ audience: 'faction-greens', seq: 2 })
})

test('a device whose membership ends hears so and nothing later of that audience', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { public: 0, 'org-planning': 0 } })
  await live.next('changes', ({ audience }) => audience === 'public')
  await live.next('changes', ({ audience }) => audience === 'org-planning')
  const store = await hub.store.open('org-planning')
  // The write is announced while the feed still has to be read: the end of the membership comes in between.
  const written = store.write([{ _id: 'paper:1', name: 'TOP-SECRET' }])
  hub.sessions.change({ ...people.member, organizations: [] })
  await written
  await store.write([{ _id: 'paper:2', name: 'TOP-SECRET' }])
  expect(await live.next('session')).toMatchObject({ session: { principal: { organizations: [] } } })
  live.ask({ kind: 'subscribe', since: { 'org-planning': 0 } })
  const open = await hub.store.open('public')
  await open.write([{ _id: 'paper:3' }])
  await live.next('changes', ({ documents }) => documents.length > 0)
  live.ask({ kind: 'ping' })
  await live.next('pong')
  expect(JSON.stringify(live.heard)).not.toContain('TOP-SECRET')
})

test('a revoked device hears so, then the socket is closed', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { 'org-planning': 0 } })
  await live.next('changes')
  hub.sessions.revoke('member')
  await (await hub.store.open('org-planning')).write([{ _id: 'paper:1', name: 'TOP-SECRET' }])
  expect(await live.closed).toBe(4001)
  expect(live.heard.at(-1)).toEqual({ kind: 'revoked' })
})

test('a session that merely ended is closed, and nobody is told to purge', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { 'org-planning': 0 } })
  await live.next('changes')
  hub.sessions.end('member')
  await (await hub.store.open('org-planning')).write([{ _id: 'paper:1', name: 'TOP-SECRET' }])
  expect(await live.closed).toBe(4003)
  expect(live.heard.map(({ kind }) => kind)).toEqual(['changes'])
})

test('a session that ends by age takes its socket with it, though nothing is sent', async () => {
  let now = Date.parse('2026-11-23T12:00:00Z')
  const aging = await startReplicationHub({ clock: () => now, pingMs: 300 })
  onTestFinished(() => aging.stop())
  signInEverybody(aging.sessions)
  const [live, other] = [await openLive(aging, 'member'), await openLive(aging, 'guest')]
  aging.sessions.expire('member')
  now += 15 * 60_000
  expect(await live.closed).toBe(4003)
  other.ask({ kind: 'ping' })
  await other.next('pong')
  expect(live.heard).toEqual([])
})

test('audiences that one may not read stay silent like those that do not exist', async () => {
  const live = await openLive(hub, 'guest')
  live.ask({ kind: 'subscribe', since: { office: 0, 'org-planning': 0, 'org-nowhere': 0, 'user-ada': 0, 'box-1': 0 } })
  for (const audience of ['office', 'org-planning', 'user-ada'] as const)
    await (await hub.store.open(audience)).write([{ _id: 'paper:1', name: 'TOP-SECRET' }])
  live.ask({ kind: 'ping' })
  await live.next('pong')
  expect(live.heard).toEqual([{ kind: 'pong' }])
})

test('a ticket opens one socket, once; without one there is none', async () => {
  const url = `${hub.url.replace('http', 'ws')}/api/live`
  const refused = (path: string) =>
    new Promise<number | undefined>((resolve) =>
      new WebSocket(url + path)
        .on('unexpected-response', (_request, response) => resolve(response.statusCode))
        .on('error', () => undefined),
    )
  const ticket = hub.sessions.ticketFor('member')
  const first = new WebSocket(`${url}?ticket=${ticket}`)
  await new Promise((resolve) => first.on('open', resolve))
  expect([await refused(`?ticket=${ticket}`), await refused('?ticket=made-up'), await refused('')]).toEqual([
    401, 401, 401,
  ])
  first.close()
})

test('what a device says has to be understood', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { '../office': 0 } } as never)
  expect(await live.closed).toBe(4002)
})

test('a device that does not keep up is left to replication instead of filling the hub', async () => {
  const live = await openLive(hub, 'member')
  live.ask({ kind: 'subscribe', since: { public: 0 } })
  await live.next('changes')
  live.pause()
  const store = await hub.store.open('public')
  for (let n = 0; n < 300; n += 1) await store.write([{ _id: `paper:${n}`, text: 'x'.repeat(100_000) }])
  live.resume()
  const { seq } = await live.next('behind')
  expect(seq).toBeLessThanOrEqual(300)
  expect(live.received).toBeLessThan(25_000_000)
})
