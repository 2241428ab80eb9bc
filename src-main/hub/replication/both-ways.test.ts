import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Principal } from '../../../shared/rules/access.ts'
import { openLocal, openRemote } from './pouchdb-client.suite.ts'
import { startReplicationHub, type ReplicationHub } from './replication.suite.ts'

const member: Principal = {
  account: 'ada',
  person: 'person:ada',
  roles: ['member'],
  organizations: ['organization:planning'],
  factions: ['organization:greens'],
}

let hub: ReplicationHub
beforeAll(async () => {
  hub = await startReplicationHub()
  hub.sessions.signIn('ada-laptop', member)
  hub.sessions.signIn('ada-tablet', member)
})
afterAll(() => hub.stop())

const remote = (audience: string, device: string) => openRemote(hub.url, audience, device)

test('an unmodified PouchDB replicates both ways, with attachments and conflicts', async () => {
  const [laptop, tablet] = [openLocal(), openLocal()]
  await laptop.put({
    _id: 'note:1',
    text: 'first',
    _attachments: { 'plan.txt': { content_type: 'text/plain', data: Buffer.from('a plan').toString('base64') } },
  })
  await laptop.put({ _id: 'note:2', text: 'second' })
  const pushed = await laptop.replicate.to(remote('faction-greens', 'ada-laptop'))
  expect(pushed).toMatchObject({ ok: true, docs_written: 2, doc_write_failures: 0 })

  const pulled = await tablet.replicate.from(remote('faction-greens', 'ada-tablet'))
  expect(pulled).toMatchObject({ ok: true, docs_written: 2 })
  expect(String(await tablet.getAttachment('note:1', 'plan.txt'))).toBe('a plan')

  const before = await laptop.get('note:2')
  await laptop.put({ ...before, text: 'second, by the laptop' })
  await tablet.put({ ...before, text: 'second, by the tablet' })
  await laptop.sync(remote('faction-greens', 'ada-laptop'))
  await tablet.sync(remote('faction-greens', 'ada-tablet'))
  await laptop.sync(remote('faction-greens', 'ada-laptop'))
  const [here, there] = await Promise.all(
    [laptop, tablet].map((database) => database.get('note:2', { conflicts: true })),
  )
  expect(here).toEqual(there)
  expect(here?._conflicts).toHaveLength(1)
  const onHub = await hub.store.open('faction-greens')
  expect(await onHub.get('note:2', { conflicts: true })).toEqual(here)
})
