import { expect, test } from 'vitest'
import {
  paths,
  type InvitationInfo,
  type PendingInvitation,
  type SessionInfo,
} from '../../../shared/hub-api/contract.ts'
import { Caller, device, password, personRecord, setUp, startTestHub, welcome, writeOffice } from '../testing/hub.ts'

const acceptance = (login: string) => ({ login, password, device: device(), token: true })

test('an invitation makes one account, of the invited person, with the given roles', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  await writeOffice(hub, personRecord('grete'))
  const request = { name: 'Grete Grün', person: 'person:grete', roles: ['member'] }
  const { status, body: invitation } = await administrator.tell<InvitationInfo>('POST', paths.invitations, request)
  expect(status).toBe(201)
  expect(invitation).toMatchObject({ name: 'Grete Grün', person: 'person:grete', roles: ['member'] })

  const nobody = new Caller(hub.origin)
  expect((await nobody.tell('GET', paths.invitation(invitation.code))).body).toEqual(invitation)
  const answers = await Promise.all([
    nobody.tell<SessionInfo>('POST', paths.invitation(invitation.code), acceptance('grete')),
    nobody.tell<SessionInfo>('POST', paths.invitation(invitation.code), acceptance('grete-again')),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  const accepted = answers.find(({ status }) => status === 200)!.body
  expect(accepted.account.name).toBe('Grete Grün')
  expect(accepted.principal).toMatchObject({ person: 'person:grete', roles: ['member'] })

  expect((await administrator.tell('POST', paths.invitations, request)).status).toBe(409)
})

test('a clerk invites, but makes no administrators and withdraws none', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  const clerk = await welcome(hub, administrator, ['clerk'])
  const asAdministrator = { name: 'Eve', roles: ['guest', 'administrator'] }
  expect((await clerk.tell('POST', paths.invitations, asAdministrator)).status).toBe(403)
  expect((await clerk.tell('POST', paths.invitations, { name: 'Karl', roles: ['clerk'] })).status).toBe(201)

  await administrator.tell('POST', paths.invitations, asAdministrator)
  const { body: pending } = await clerk.tell<PendingInvitation[]>('GET', paths.invitations)
  expect(pending.map(({ name }) => name).sort()).toEqual(['Eve', 'Karl'])
  const idOf = (name: string) => pending.find((invitation) => invitation.name === name)!.id
  expect((await clerk.tell('DELETE', paths.invitation(idOf('Eve')))).status).toBe(403)
  expect((await clerk.tell('DELETE', paths.invitation(idOf('Karl')))).status).toBe(204)
  expect((await clerk.tell('DELETE', paths.invitation(idOf('Karl')))).status).toBe(404)
})

test('an invitation ends, and taken logins and unknown persons are told', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const hub = await startTestHub({ now: () => now })
  const administrator = await setUp(hub)
  const unknown = await administrator.tell('POST', paths.invitations, {
    name: 'X',
    person: 'person:x',
    roles: ['member'],
  })
  expect(unknown).toMatchObject({ status: 400, body: { faults: [{ field: 'person' }] } })

  const request = { name: 'Otto', roles: ['guest'], days: 2 }
  const { body } = await administrator.tell<InvitationInfo>('POST', paths.invitations, request)
  expect(body.expires).toBe('2026-03-03T12:00:00.000Z')
  const nobody = new Caller(hub.origin)
  const taken = await nobody.tell('POST', paths.invitation(body.code), acceptance('ADA'))
  expect(taken).toMatchObject({ status: 409, body: { error: 'conflict' } })
  const weak = await nobody.tell('POST', paths.invitation(body.code), { ...acceptance('otto'), password: 'short' })
  expect(weak).toMatchObject({ status: 400, body: { faults: [{ field: 'password' }] } })
  now += 2 * 86_400_000
  expect((await nobody.tell('POST', paths.invitation(body.code), acceptance('otto'))).status).toBe(404)
})
