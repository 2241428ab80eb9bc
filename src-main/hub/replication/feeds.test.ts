import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocal, openRemote } from './pouchdb-client.suite.ts'
import { people, signInEverybody, startReplicationHub, type ReplicationHub } from './replication.suite.ts'

let hub: ReplicationHub
beforeEach(async () => {
  hub = await startReplicationHub()
  signInEverybody(hub.sessions)
})
afterEach(() => hub.stop())

interface Changes {
  readonly results: readonly { seq: number; id: string; changes: readonly { rev: string }[]; doc?: object }[]
  readonly last_seq: number
  readonly pending: number
}
const path = '/db/org-planning/_changes'
const changes = async (query: string, init?: RequestInit): Promise<Changes> =>
  (await hub.ask('member', `${path}${query}`, init)).json() as Promise<Changes>
const write = async (...ids: string[]) => (await hub.store.open('org-planning')).write(ids.map((_id) => ({ _id })))

test('a feed is read in parts, from now on, backwards and for some documents', async () => {
  await write('paper:1', 'paper:2', 'paper:3')
  const ids = ({ results }: Changes) => results.map(({ id }) => id)
  const first = await changes('?limit=2&style=all_docs&seq_interval=2')
  expect([ids(first), first.last_seq, first.pending]).toEqual([['paper:1', 'paper:2'], 2, 1])
  expect(ids(await changes(`?since=${first.last_seq}`))).toEqual(['paper:3'])
  expect(await changes('?since=now')).toMatchObject({ results: [], last_seq: 3 })
  expect(ids(await changes('?descending=true'))).toEqual(['paper:3', 'paper:2', 'paper:1'])
  const some = await changes('?filter=_doc_ids&include_docs=true', {
    method: 'POST',
    body: JSON.stringify({ doc_ids: ['paper:2'] }),
  })
  expect(some.results).toMatchObject([{ id: 'paper:2', doc: { _id: 'paper:2' } }])
})

test('a long poll waits for a change and answers with it', async () => {
  await write('paper:1')
  const waiting = changes('?feed=longpoll&since=1&heartbeat=100')
  const early = changes('?feed=longpoll&since=0')
  expect((await early).results).toHaveLength(1)
  await write('paper:2')
  expect(await waiting).toMatchObject({ results: [{ id: 'paper:2', seq: 2 }], last_seq: 2 })
  expect(await changes('?feed=longpoll&since=2&timeout=1')).toEqual({ results: [], last_seq: 2, pending: 0 })
})

test('a continuous feed sends lines, stays alive and ends when its time is over', async () => {
  await write('paper:1')
  const answer = await hub.ask('member', `${path}?feed=continuous&heartbeat=100`)
  const lines = linesOf(answer)
  expect(JSON.parse(await lines.next())).toMatchObject({ id: 'paper:1', seq: 1 })
  expect(await lines.next()).toBe('')
  await write('paper:2')
  let line = await lines.next()
  while (line === '') line = await lines.next()
  expect(JSON.parse(line)).toMatchObject({ id: 'paper:2', seq: 2 })
  await answer.body?.cancel().catch(() => undefined)
  const short = await hub.ask('member', `${path}?feed=continuous&since=2&timeout=1`)
  expect(await short.json()).toEqual({ last_seq: 2, pending: 0 })
})

test.each(['longpoll', 'continuous'])('a %s feed ends with the membership, without a later byte', async (feed) => {
  await write('paper:1')
  const answer = await hub.ask('member', `${path}?feed=${feed}&since=1&heartbeat=100`)
  const lines = linesOf(answer)
  await lines.next()
  const written = write('paper:SECRET')
  hub.sessions.change({ ...people.member, organizations: [] })
  await written
  const rest = await lines.rest()
  expect(rest).not.toContain('SECRET')
  expect((await hub.ask('member', path)).status).toBe(404)
})

test('a feed that was opened yesterday asks again who may read', async () => {
  await hub.stop()
  let now = Date.parse('2026-11-22T23:50:00Z')
  hub = await startReplicationHub({ clock: () => now })
  signInEverybody(hub.sessions)
  await write('paper:1')
  const lines = linesOf(await hub.ask('member', `${path}?feed=continuous&since=1&heartbeat=100`))
  await lines.next()
  // Midnight ends the membership and nobody says so.
  hub.sessions.signIn('member', { ...people.member, organizations: [] })
  now += 15 * 60_000
  await write('paper:SECRET')
  expect(await lines.rest()).not.toContain('SECRET')
})

test('an unmodified PouchDB follows live, in both directions', async () => {
  const [here, there] = [openLocal(), openLocal()]
  const options = { live: true, retry: false, heartbeat: 100 }
  const feeds = [
    here.sync(openRemote(hub.url, 'faction-greens', 'member'), options),
    there.sync(openRemote(hub.url, 'faction-greens', 'member'), options),
  ]
  const arrived = (database: typeof here, id: string) =>
    new Promise<void>((resolve) => {
      const feed = database.changes({ live: true, since: 0 })
      void feed.on('change', (change: { id: string }) => {
        if (change.id !== id) return
        feed.cancel()
        resolve()
      })
    })
  const first = arrived(there, 'note:1')
  await here.put({ _id: 'note:1', text: 'from here' })
  await first
  const second = arrived(here, 'note:2')
  await there.put({ _id: 'note:2', text: 'from there' })
  await second
  expect(await here.get('note:2')).toMatchObject({ text: 'from there' })
  for (const feed of feeds) feed.cancel()
  await Promise.allSettled(feeds)
})

test('parameters that make no sense are refused with a word', async () => {
  for (const query of [
    '?since=abc',
    '?limit=-1',
    '?limit=1e9',
    '?feed=eventsource',
    '?since=1&since=2',
    '?heartbeat=x',
  ]) {
    const answer = await hub.ask('member', path + query)
    expect([query, answer.status]).toEqual([query, 400])
    expect(await answer.json()).toMatchObject({
      error: 'bad_request',
      reason: expect.stringMatching(/expected/) as string,
    })
  }
})

/** Reads an answer line by line; an empty line is a heartbeat. */
function linesOf(answer: Response): { next(): Promise<string>; rest(): Promise<string> } {
  const reader = answer.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const more = async (): Promise<boolean> => {
    const chunk = await reader?.read().catch(() => undefined)
    if (!chunk || chunk.done) return false
    text += decoder.decode(chunk.value as Uint8Array, { stream: true })
    return true
  }
  return {
    next: async () => {
      while (!text.includes('\n')) if (!(await more())) throw new Error('The feed ended early.')
      const end = text.indexOf('\n')
      const line = text.slice(0, end)
      text = text.slice(end + 1)
      return line
    },
    rest: async () => {
      while (await more());
      return text
    },
  }
}
