import { expect, test } from 'vitest'
import { paths, type ApiFailure, type SessionInfo, type Town } from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, setUp, signIn, startTestHub } from '../testing/hub.ts'

test('a new hub is set up once, with the code that it printed', async () => {
  const hub = await startTestHub()
  const nobody = new Caller(hub.origin)
  const town = await nobody.tell<Town>('GET', paths.town)
  expect(town.body).toEqual({
    name: '',
    uuid: hub.store.uuid(),
    version: '0.1.0',
    timeZone: 'Europe/Berlin',
    ready: false,
    signingKey: expect.stringMatching(/^[\w+/]{43}=$/) as string,
  })

  const administrator = await setUp(hub)
  expect((await nobody.tell<Town>('GET', paths.town)).body).toMatchObject({
    name: 'Musterstadt am Rhein',
    ready: true,
  })
  const { token, ...session } = administrator.session!
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(session.principal).toEqual({
    account: session.account.id,
    person: null,
    roles: ['administrator'],
    organizations: [],
    factions: [],
    runs: [],
  })
  expect((await administrator.tell('GET', paths.session)).body).toEqual(session)

  const again = await nobody.tell('POST', paths.setUp, {
    code: hub.setUpCode,
    town: { name: 'Andere Stadt' },
    administrator: { name: 'Eve', login: 'eve', password },
    device: device(),
  })
  expect(again).toMatchObject({ status: 409, body: { error: 'conflict' } })
})

test('signs in and out; a device keeps its id', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const first = await signIn(hub, ' ADA ')
  const { id, name } = first.session!.device
  const second = await signIn(hub, 'ada', { id, name })
  expect(second.session!.device.id).toBe(id)
  expect((await first.tell('GET', paths.session)).status).toBe(401)

  expect((await second.tell('DELETE', paths.session)).status).toBe(204)
  expect((await second.tell<ApiFailure>('GET', paths.session)).body.error).toBe('not-signed-in')
})

test('a browser gets a cookie that scripts and other sites cannot use', async () => {
  const hub = await startTestHub()
  await setUp(hub)
  const body = { login: 'ada', password, device: device() }
  const response = await new Caller(hub.origin).ask('POST', paths.session, body)
  expect(response.status).toBe(200)
  expect((await response.json()) as SessionInfo).not.toHaveProperty('token')
  const header = response.headers.get('set-cookie')!
  expect(header).toMatch(/^ratssaal-[0-9a-f]{8}=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
})
