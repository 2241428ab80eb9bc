import { expect, test } from 'vitest'
import {
  paths,
  type AccountInfo,
  type ApiFailure,
  type DeviceInfo,
  type PairingInfo,
  type RoomDevice,
  type SessionInfo,
} from '../../../../shared/hub-api/contract.ts'
import type { SessionChange } from '../../session.ts'
import { Caller, password, welcome, type TestHub } from '../../testing/hub.ts'
import { asRoom, claim, hall, lendTo, openCode, start, town } from './room.suite.ts'

test('a board that a clerk lets in belongs to the room: it reads what is public, writes nothing and administers nothing', async () => {
  const { hub, administrator, clerk, board } = await town()
  const { principal, audiences, room, account } = board.session!
  expect(room).toBe(hall._id)
  expect(principal).toMatchObject({ person: null, roles: [], organizations: [], factions: [] })
  expect(audiences).toEqual(['public', `user-${account.id}`])
  expect((await board.tell('GET', '/db/org-council')).status).toBe(404)
  expect((await board.tell('GET', '/db/office')).status).toBe(404)
  for (const path of [paths.accounts, paths.invitations, paths.roomDevices])
    expect((await board.tell('GET', path)).status).toBe(403)

  // It is nobody: not in the list of people, not to be given roles, and without a login.
  const people = await administrator.tell<AccountInfo[]>('GET', paths.accounts)
  expect(people.body.map(({ id }) => id)).not.toContain(account.id)
  const raised = await administrator.tell('PATCH', paths.account(account.id), { roles: ['administrator'] })
  expect(raised.status).toBe(404)
  const guess = { login: `room:${account.id}`, password: '', device: { name: 'x' } }
  expect((await new Caller(hub.origin).tell('POST', paths.session, guess)).status).toBe(401)

  const { body: devices } = await clerk.tell<RoomDevice[]>('GET', paths.roomDevices)
  expect(devices).toMatchObject([{ id: board.session!.device.id, name: asRoom.name, room: hall._id }])
})

test('a code is confirmed once, by who lets others in, and serves the board that asked for it alone', async () => {
  const { hub, clerk, administrator } = await town()
  const member = await welcome(hub, administrator, ['member'])
  const board = new Caller(hub.origin)
  const pairing = await openCode(board)
  const at = paths.pairing(pairing.code)
  expect((await new Caller(hub.origin).tell('POST', at, asRoom)).status).toBe(401)
  expect((await member.tell('GET', at)).status).toBe(404)
  expect((await member.tell('POST', at, asRoom)).status).toBe(404)
  expect((await clerk.tell('POST', at, { as: 'me' })).status).toBe(409)
  expect((await clerk.tell('POST', at, { ...asRoom, room: 'location:none' })).status).toBe(400)
  expect((await clerk.tell<PairingInfo>('GET', at)).body).toEqual({ kind: 'room', expires: pairing.expires })
  expect((await clerk.tell('POST', at, asRoom)).status).toBe(204)
  expect((await clerk.tell('POST', at, asRoom)).status).toBe(404)
  expect((await claim(member, pairing)).status).toBe(404)
  const both = await Promise.all([claim(board, pairing), claim(board, pairing)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
})

test('codes end after ten minutes, cannot be guessed at speed, and nobody’s confirmation outlives their session', async () => {
  let now = start
  const { hub, clerk } = await town({ now: () => now })
  const board = new Caller(hub.origin)
  const late = await openCode(board)
  now += 600_000
  expect((await clerk.tell('POST', paths.pairing(late.code), asRoom)).status).toBe(404)
  expect((await claim(board, late)).status).toBe(404)

  const orphaned = await openCode(board)
  expect((await clerk.tell('POST', paths.pairing(orphaned.code), asRoom)).status).toBe(204)
  await clerk.tell('DELETE', paths.session)
  expect((await claim(board, orphaned)).status).toBe(404)

  const guesser = await setUpGuesser(hub)
  const open = await openCode(board)
  for (let round = 0; round < 10; round++)
    expect((await guesser.tell('GET', paths.pairing('AAAA-AAAA'))).status).toBe(404)
  expect((await guesser.tell('GET', paths.pairing(open.code))).status).toBe(429)
})

const setUpGuesser = async (hub: TestHub): Promise<Caller> => {
  const { body } = await new Caller(hub.origin).tell<SessionInfo>('POST', paths.session, {
    ...{ login: 'ada', password, device: { name: 'Guesser' }, token: true },
  })
  return new Caller(hub.origin, body)
}

test('somebody signs in at the board by confirming elsewhere, with fewer rights, until it is handed back', async () => {
  const { hub, administrator, board } = await town()
  const chair = await welcome(hub, administrator, ['chair', 'administrator'], 'person:chair')
  expect(chair.session!.principal.factions).toEqual(['organization:reds'])
  const pairing = await openCode(board)
  expect((await chair.tell<PairingInfo>('GET', paths.pairing(pairing.code))).body).toEqual({
    ...{ kind: 'session', name: asRoom.name, room: hall._id, expires: pairing.expires },
  })
  const lent = await lendTo(hub, board, chair, 'meeting:tonight')
  const { principal, room, lent: terms } = lent.session!
  expect(principal).toMatchObject({ person: 'person:chair', roles: ['chair', 'clerk'], factions: [] })
  expect(room).toBe(hall._id)
  expect(terms).toEqual({ until: new Date(start + 12 * 3_600_000).toISOString(), meeting: 'meeting:tonight' })
  expect((await lent.tell('GET', '/db/faction-reds')).status).toBe(404)
  expect((await lent.tell('PATCH', paths.account('x'), {})).status).toBe(403)
  // The room's own session rests, and nobody lets others in from a board.
  expect((await board.tell('GET', paths.session)).status).toBe(401)
  expect((await lent.tell('POST', paths.pairings, {})).status).toBe(403)
  expect((await lent.tell('POST', paths.pairing('AAAA-AAAA'), { as: 'me' })).status).toBe(403)

  const back = await lent.tell<SessionInfo>('POST', paths.handback, { token: true })
  expect(back.body).toMatchObject({ room: hall._id, device: { id: board.session!.device.id } })
  expect(back.body.lent).toBeUndefined()
  expect((await lent.tell('GET', paths.session)).status).toBe(401)
  expect((await lent.tell('POST', paths.handback, {})).status).toBe(401)
  const { body: own } = await chair.tell<DeviceInfo[]>('GET', paths.devices)
  expect(own.filter(({ revoked }) => !revoked)).toHaveLength(1)
})

test('a session that is taken away from the board is told to purge, and the board belongs to its room again', async () => {
  let now = start
  const { hub, administrator, board, clerk } = await town({ now: () => now })
  const member = await welcome(hub, administrator, ['chair'], 'person:chair')
  const lent = await lendTo(hub, board, member)
  expect((await member.tell('DELETE', paths.device(lent.session!.device.id))).status).toBe(204)
  expect((await lent.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  const back = await lent.tell<SessionInfo>('POST', paths.handback, { token: true })
  const again = new Caller(hub.origin, back.body)

  // A new password takes it away as well, and twelve hours do, however busy the board is.
  const second = await lendTo(hub, again, member)
  const change = { current: password, next: 'a password of my own' }
  expect((await member.tell('POST', paths.password, change)).status).toBe(204)
  expect((await second.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  const third = new Caller(hub.origin, (await second.tell<SessionInfo>('POST', paths.handback, { token: true })).body)
  const evening = await lendTo(hub, third, member)
  for (let hour = 0; hour < 11; hour++) {
    now += 3_600_000
    expect((await evening.tell('GET', paths.session)).status).toBe(200)
  }
  now += 3_600_000
  expect((await evening.tell<ApiFailure>('GET', paths.session)).body.error).toBe('not-signed-in')
  const fourth = new Caller(hub.origin, (await evening.tell<SessionInfo>('POST', paths.handback, { token: true })).body)

  // With the device of the room goes who is signed in there, at once.
  const last = await lendTo(hub, fourth, member)
  const heard: SessionChange[] = []
  hub.sessions.onChange((each) => heard.push(each))
  expect((await member.tell('DELETE', paths.roomDevice(board.session!.device.id))).status).toBe(403)
  expect((await clerk.tell('DELETE', paths.roomDevice(last.session!.device.id))).status).toBe(404)
  expect((await clerk.tell('DELETE', paths.roomDevice(board.session!.device.id))).status).toBe(204)
  expect(heard.flatMap((each) => ('device' in each ? [each.device] : [])).sort()).toEqual(
    [board, last].map(({ session }) => session!.device.id).sort(),
  )
  expect((await last.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  expect((await last.tell('POST', paths.handback, {})).status).toBe(401)
  expect((await clerk.tell<RoomDevice[]>('GET', paths.roomDevices)).body).toEqual([])
})
