import { expect, test } from 'vitest'
import type { HubStores } from './start-hub.ts'
import { bodyRecord, organizationRecord, password, setUp, signIn, startTestHub, writeOffice } from './testing/hub.ts'

test('all services are mounted: what is stored is published, shown, and replicated to whoever may read it', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  await writeOffice(hub, bodyRecord('town'), organizationRecord('council', 'council'))
  expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200)
  const textOf = async (path: string) => (await fetch(hub.origin + path, { headers: { accept: 'text/html' } })).text()
  expect(await textOf('/de/organizations')).toContain('council')
  expect(await textOf('/oparl/v1.1/organization/council')).toContain(`${hub.origin}/oparl/v1.1/`)
  expect((await fetch(`${hub.origin}/db/office/organization:council`)).status).toBe(404)
  expect((await ada.ask('GET', '/db/office/organization:council')).status).toBe(200)
  expect((await fetch(`${hub.origin}/files/${'0'.repeat(128)}`)).status).toBe(404)
})

test('setting an empty town up makes the record of its body, and no other', async () => {
  const hub = await startTestHub()
  const office = await hub.store.open('office')
  expect((await office.list()).rows).toEqual([])
  await setUp(hub)
  const { rows } = await office.list({ includeDocs: true })
  expect(rows.map(({ doc }) => doc)).toEqual([expect.objectContaining({ type: 'body', name: 'Musterstadt am Rhein' })])
  expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200)
  expect((await (await hub.store.open('public')).list()).rows.map(({ id }) => id)).toEqual([rows[0]!.id])
  expect((await hub.store.audiences()).sort()).toEqual(['office', 'public'])
})

test('a demo town is loaded once, before anybody sees it, and tells its logins', async () => {
  const login = { login: 'demo', password, name: 'Dora Demo', roles: ['clerk' as const], person: null }
  let loads = 0
  const demo = async ({ documents }: HubStores) => {
    loads++
    await (await documents.open('office')).write([bodyRecord('town')])
    return [login]
  }
  const hub = await startTestHub({ demo })
  expect(hub.setUpCode).toBeUndefined()
  const { person: _person, ...shown } = login
  const town = (await (await fetch(`${hub.origin}/api/town`)).json()) as { name: string; demo: unknown }
  expect(town).toMatchObject({ name: 'town', ready: true, demo: [shown] })
  expect((await signIn(hub, 'demo')).session!.principal.roles).toEqual(['clerk'])
  await hub.stop()
  const again = await startTestHub({ folder: hub.folder, demo })
  expect((await signIn(again, 'demo')).session!.account.name).toBe('Dora Demo')
  expect(loads).toBe(1)
})
