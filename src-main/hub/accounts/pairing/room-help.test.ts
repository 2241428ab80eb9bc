import { expect, test } from 'vitest'
import { paths, type ApiFailure, type LiveTicket, type RoomDevice } from '../../../../shared/hub-api/contract.ts'
import type { HelpAct } from '../../../../shared/hub-api/room-device.ts'
import { openLiveAt, type LiveClient } from '../../replication/live-client.suite.ts'
import { Caller, welcome, type TestHub } from '../../testing/hub.ts'
import { lendTo, start, town } from './room.suite.ts'

const openFor = async (hub: TestHub, caller: Caller): Promise<LiveClient> =>
  openLiveAt(hub.origin, (await caller.tell<LiveTicket>('POST', paths.liveTicket)).body.ticket)
const listed = async (clerk: Caller): Promise<RoomDevice | undefined> =>
  (await clerk.tell<RoomDevice[]>('GET', paths.roomDevices)).body[0]
const state = { version: '1.2.3', kiosk: true, freshAsOf: '2026-03-01T17:59:00Z' }
const message = { act: 'message', text: 'Bitte die Kamera ausrichten' } as const

test('how a device is, is seen by who lets devices in: connected or not, what it says of itself, and that somebody is signed in', async () => {
  const { hub, administrator, clerk, board } = await town()
  expect(await listed(clerk)).toMatchObject({ connected: null, isLent: false })
  const live = await openFor(hub, board)
  const since = new Date(start).toISOString()
  await expect.poll(() => listed(clerk)).toMatchObject({ connected: { since, state: null } })
  live.ask({ kind: 'device-state', ...state })
  await expect.poll(() => listed(clerk)).toMatchObject({ connected: { since, state } })

  // Whoever is signed in there is nobody's to see; the device stays the same one.
  const chair = await welcome(hub, administrator, ['chair'], 'person:chair')
  const lent = await lendTo(hub, board, chair)
  const second = await openFor(hub, lent)
  second.ask({ kind: 'device-state', ...state, kiosk: false })
  await expect.poll(() => listed(clerk)).toMatchObject({ isLent: true, connected: { state: { kiosk: false } } })
  const { account, device } = lent.session!
  for (const own of [account.id, account.name, device.id])
    expect(JSON.stringify(await listed(clerk))).not.toContain(own)
  second.close()
  await second.closed
  live.close()
  await live.closed
  await expect.poll(() => listed(clerk)).toMatchObject({ isLent: true, connected: null })
})

test('a device of a person is on no list, whatever it says, and what cannot be read ends its socket', async () => {
  const { hub, clerk } = await town()
  const live = await openFor(hub, clerk)
  live.ask({ kind: 'device-state', ...state })
  live.ask({ kind: 'ping' })
  await live.next('pong')
  expect(await listed(clerk)).toMatchObject({ connected: null })
  live.ask({ kind: 'device-state', ...state, version: 'x'.repeat(41) })
  expect(await live.closed).toBe(4002)
})

test('help reaches the device alone that it is for, and only from who may; each act is in the log, without its words', async () => {
  const { hub, administrator, clerk, board } = await town()
  const at = paths.roomDeviceActs(board.session!.device.id)
  const act = (by: Caller, help: HelpAct) => by.tell<ApiFailure>('POST', at, help)
  expect((await act(clerk, { act: 'reload' })).body.error).toBe('not-ready')
  const live = await openFor(hub, board)
  const elsewhere = await openFor(hub, clerk)
  for (const other of [
    board,
    await welcome(hub, administrator, ['member']),
    await welcome(hub, administrator, ['staff']),
  ])
    expect((await act(other, { act: 'reload' })).status).toBe(403)
  expect((await act(new Caller(hub.origin), message)).status).toBe(401)
  for (const wrong of [{ act: 'look' }, { act: 'message', text: ' ' }, { act: 'message', text: 'x'.repeat(301) }])
    expect((await act(clerk, wrong as HelpAct)).status).toBe(400)
  expect((await clerk.tell('POST', paths.roomDeviceActs(clerk.session!.device.id), message)).status).toBe(404)

  expect((await act(clerk, message)).status).toBe(204)
  expect((await act(administrator, { act: 'reload' })).status).toBe(204)
  expect((await live.next('help')).help).toEqual(message)
  expect((await live.next('help')).help).toEqual({ act: 'reload' })
  expect(live.heard.filter(({ kind }) => kind === 'help')).toHaveLength(2)
  expect(elsewhere.heard.filter(({ kind }) => kind === 'help')).toEqual([])
  const lines = hub
    .log()
    .split('\n')
    .filter((line) => line.includes('help for a room device'))
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { act: 'reload', heard: false },
    { act: 'message', heard: true, by: clerk.session!.account.id, device: board.session!.device.id },
    { act: 'reload', heard: true, by: administrator.session!.account.id },
  ])
  expect(hub.log()).not.toContain(message.text)
  live.close()
  elsewhere.close()
})

test('a session at a device is ended from afar: it is told to purge, also when it comes later', async () => {
  const { hub, administrator, clerk, board } = await town()
  const at = paths.roomDeviceActs(board.session!.device.id)
  expect((await clerk.tell<ApiFailure>('POST', at, { act: 'end-session' })).body.error).toBe('conflict')
  const chair = await welcome(hub, administrator, ['chair'], 'person:chair')
  const lent = await lendTo(hub, board, chair)
  const live = await openFor(hub, lent)
  expect((await clerk.tell('POST', at, { act: 'end-session' })).status).toBe(204)
  expect((await live.next('help')).help).toEqual({ act: 'end-session' })
  await live.next('revoked')
  expect((await lent.tell<ApiFailure>('GET', paths.session)).body.error).toBe('revoked')
  expect((await chair.tell('GET', paths.session)).status).toBe(200)
  expect((await lent.tell('POST', paths.handback, { token: true })).status).toBe(200)
  expect(await listed(clerk)).toMatchObject({ isLent: false })
})
