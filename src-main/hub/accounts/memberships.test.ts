import { expect, test } from 'vitest'
import { paths, type SessionInfo } from '../../../shared/hub-api/contract.ts'
import type { SessionChange } from '../session.ts'
import {
  membershipRecord,
  organizationRecord,
  personRecord,
  setUp,
  signIn,
  startTestHub,
  welcome,
  writeOffice,
  type Caller,
  type TestHub,
} from '../testing/hub.ts'

const principalOf = async (caller: Caller) => (await caller.tell<SessionInfo>('GET', paths.session)).body.principal

async function startTown(now: () => number): Promise<{ hub: TestHub; grete: Caller; changes: SessionChange[] }> {
  const hub = await startTestHub({ now })
  await writeOffice(
    hub,
    personRecord('grete'),
    organizationRecord('council', 'council'),
    organizationRecord('building', 'committee'),
    organizationRecord('greens', 'faction'),
    membershipRecord('grete', 'council', { startDate: '2024-07-01' }),
    membershipRecord('grete', 'building', { startDate: '2026-03-15', endDate: '2026-03-20' }),
    membershipRecord('grete', 'greens', {}),
    membershipRecord('otto', 'building', {}),
  )
  const administrator = await setUp(hub)
  const grete = await welcome(hub, administrator, ['member'], 'person:grete')
  const changes: SessionChange[] = []
  hub.sessions.onChange((change) => changes.push(change))
  return { hub, grete, changes }
}

test('memberships that run today decide what an account may read', async () => {
  const { grete } = await startTown(() => Date.parse('2026-03-01T12:00:00Z'))
  const { body } = await grete.tell<SessionInfo>('GET', paths.session)
  expect(body.principal).toMatchObject({
    person: 'person:grete',
    organizations: ['organization:council'],
    factions: ['organization:greens'],
  })
  expect(body.audiences).toEqual(['public', 'org-council', 'faction-greens', `user-${body.account.id}`])
})

test('a membership begins and ends at midnight of the town, without a restart', async () => {
  let now = Date.parse('2026-03-14T22:59:59Z')
  const { grete, changes } = await startTown(() => now)
  const account = grete.session!.account.id
  expect((await principalOf(grete)).organizations).toEqual(['organization:council'])

  // Midnight in Berlin in winter is 23:00 in Greenwich.
  now = Date.parse('2026-03-14T23:00:00Z')
  await expect.poll(() => changes).toEqual([{ kind: 'changed', account }])
  expect((await principalOf(grete)).organizations).toEqual(['organization:building', 'organization:council'])

  now = Date.parse('2026-03-20T22:59:59Z')
  expect((await principalOf(grete)).organizations).toHaveLength(2)
  now = Date.parse('2026-03-20T23:00:00Z')
  expect((await principalOf(grete)).organizations).toEqual(['organization:council'])
  await expect.poll(() => changes).toHaveLength(2)
})

test('what the clerk changes takes effect as soon as it is stored', async () => {
  const { hub, grete, changes } = await startTown(() => Date.parse('2026-03-01T12:00:00Z'))
  const account = grete.session!.account.id
  await writeOffice(hub, membershipRecord('grete', 'council', { endDate: '2026-02-28' }))
  await expect.poll(() => changes).toEqual([{ kind: 'changed', account }])
  expect((await principalOf(grete)).organizations).toEqual([])

  await writeOffice(hub, { ...organizationRecord('greens', 'faction'), deleted: true })
  await expect.poll(() => changes).toHaveLength(2)
  expect(await principalOf(grete)).toMatchObject({ organizations: [], factions: [] })

  // Neither a matter of hers nor a record that nobody can read changes anything.
  await writeOffice(hub, membershipRecord('otto', 'council', {}), { _id: 'membership:odd', type: 'membership' })
  await writeOffice(hub, membershipRecord('grete', 'building', {}))
  await expect.poll(() => changes).toHaveLength(3)
  expect((await principalOf(grete)).organizations).toEqual(['organization:building'])
})

test('roles, revocation and signing out are told to other services', async () => {
  const { hub, grete, changes } = await startTown(() => Date.parse('2026-03-01T12:00:00Z'))
  const { account, device } = grete.session!
  expect(hub.sessions.currentSession(device.id)?.account).toEqual(account)
  expect((await grete.tell('DELETE', paths.session)).status).toBe(204)
  expect(changes).toEqual([{ kind: 'changed', account: account.id }])
  expect(hub.sessions.currentSession(device.id)).toBeUndefined()
})

test('who may run any meeting is told of every body that meets, also of one that is founded meanwhile', async () => {
  const { hub, grete } = await startTown(() => Date.parse('2026-03-01T12:00:00Z'))
  const clerk = await welcome(hub, await signIn(hub, 'ada'), ['clerk'])
  const staff = await welcome(hub, await signIn(hub, 'ada'), ['staff'])
  const runsOf = async (caller: Caller) => (await principalOf(caller)).runs
  expect(await runsOf(clerk)).toEqual(['organization:building', 'organization:council'])
  expect([await runsOf(grete), await runsOf(staff)]).toEqual([undefined, undefined])
  await writeOffice(hub, organizationRecord('youth', 'committee'))
  await expect.poll(() => runsOf(clerk)).toContain('organization:youth')
  const { body } = await clerk.tell<SessionInfo>('GET', paths.session)
  expect(body.audiences).toEqual(['office', 'org-building', 'org-council', 'org-youth', `user-${body.account.id}`])
})
