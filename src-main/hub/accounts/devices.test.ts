import { expect, test } from 'vitest'
import { paths, type ApiFailure, type DeviceInfo } from '../../../shared/hub-api/contract.ts'
import { Caller, password, setUp, signIn, startTestHub, welcome } from '../testing/hub.ts'

test('a revoked device is told to purge, an expired or signed-out one only to sign in', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const hub = await startTestHub({ now: () => now, sessionDays: 10 })
  await setUp(hub)
  const phone = await signIn(hub, 'ada', { name: 'Phone' })
  const lost = await signIn(hub, 'ada', { name: 'Lost tablet' })
  expect((await phone.tell('DELETE', paths.device(lost.session!.device.id))).status).toBe(204)
  expect((await lost.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  expect((await lost.tell<ApiFailure>('GET', '/db/office')).body.error).toBe('revoked')
  expect((await lost.tell('GET', paths.town)).status).toBe(401)
  expect((await lost.ask('GET', '/healthz')).status).toBe(200)

  now += 11 * 86_400_000
  expect((await phone.tell<ApiFailure>('GET', paths.session)).body.error).toBe('not-signed-in')
  // However long the device was away: it still learns that it has to purge.
  expect((await lost.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')

  const found = await signIn(hub, 'ada', lost.session!.device)
  expect(found.session!.device.id).not.toBe(lost.session!.device.id)
})

test('whoever comes by stays signed in', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const hub = await startTestHub({ now: () => now, sessionDays: 10 })
  const ada = await setUp(hub)
  for (let visit = 0; visit < 4; visit++) {
    now += 9 * 86_400_000
    expect((await ada.tell('GET', paths.session)).status).toBe(200)
  }
  const { body } = await ada.tell<DeviceInfo[]>('GET', paths.devices)
  expect(body).toEqual([
    {
      id: ada.session!.device.id,
      account: ada.session!.account.id,
      name: 'Tablet',
      created: '2026-03-01T12:00:00.000Z',
      lastSeen: new Date(now).toISOString(),
      revoked: false,
      current: true,
    },
  ])
})

test('own devices are everybody’s to see and revoke, those of others an administrator’s', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  const clerk = await welcome(hub, ada, ['clerk'])
  const member = await welcome(hub, ada, ['member'])
  const foreign = `${paths.devices}?account=${member.session!.account.id}`
  expect((await clerk.tell('GET', foreign)).status).toBe(404)
  expect((await clerk.tell('DELETE', paths.device(member.session!.device.id))).status).toBe(404)
  expect((await member.tell('GET', paths.session)).status).toBe(200)

  const { body } = await ada.tell<DeviceInfo[]>('GET', foreign)
  expect(body.map(({ id, current }) => ({ id, current }))).toEqual([{ id: member.session!.device.id, current: false }])
  expect((await ada.tell('DELETE', paths.device(body[0]!.id))).status).toBe(204)
  expect((await member.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
})

test('a locked account is out at once, and somebody stays who can administer', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  const member = await welcome(hub, ada, ['member'])
  const account = paths.account(member.session!.account.id)
  expect((await ada.tell('PATCH', account, { disabled: true })).status).toBe(200)
  expect((await member.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  await expect(signIn(hub, member.session!.account.login)).rejects.toThrow('403')
  expect((await ada.tell('PATCH', account, { disabled: false, roles: ['chair'] })).status).toBe(200)
  expect((await signIn(hub, member.session!.account.login)).session!.principal.roles).toEqual(['chair'])

  const own = paths.account(ada.session!.account.id)
  for (const change of [{ disabled: true }, { roles: ['clerk'] }])
    expect((await ada.tell('PATCH', own, change)).body).toMatchObject({ error: 'conflict' })
})

test('a new password signs out every other device', async () => {
  const hub = await startTestHub()
  const ada = await setUp(hub)
  const other = await signIn(hub, 'ada', { name: 'Other' })
  const change = { current: 'not this one', next: 'a password of my own' }
  expect((await ada.tell('POST', paths.password, change)).body).toMatchObject({ error: 'wrong-credentials' })
  expect((await ada.tell('POST', paths.password, { ...change, current: password })).status).toBe(204)
  expect((await ada.tell('GET', paths.session)).status).toBe(200)
  expect((await other.tell<ApiFailure>('GET', paths.session)).body.error).toBe('not-signed-in')
  await expect(signIn(hub, 'ada')).rejects.toThrow('401')
  const signedIn = await new Caller(hub.origin).tell('POST', paths.session, {
    login: 'ada',
    password: change.next,
    device: { name: 'Third' },
  })
  expect(signedIn.status).toBe(200)
})
