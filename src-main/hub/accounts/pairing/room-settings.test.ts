import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { paths, type LiveTicket, type RoomDevice, type SessionInfo } from '../../../../shared/hub-api/contract.ts'
import { exitHashSchema } from '../../../../shared/hub-api/room-device.ts'
import * as v from 'valibot'
import { openLiveAt } from '../../replication/live-client.suite.ts'
import { Caller, welcome } from '../../testing/hub.ts'
import { asRoom, hall, lendTo, town } from './room.suite.ts'

/** Some hash, whichever its salt. */
const anyHash = expect.any(String) as unknown as string
const night = { from: '22:00', until: '06:00' }
const code = '731905'
const sessionOf = async (caller: Caller): Promise<SessionInfo> =>
  (await caller.tell<SessionInfo>('GET', paths.session)).body

test('how a room’s device behaves is set by who lets it in, reaches it at once, and is nobody else’s to read', async () => {
  const { hub, administrator, clerk, board } = await town()
  const at = paths.roomDevice(board.session!.device.id)
  expect(board.session!.settings).toEqual({ kiosk: false })
  const { ticket } = (await board.tell<LiveTicket>('POST', paths.liveTicket)).body
  const live = await openLiveAt(hub.origin, ticket)

  const member = await welcome(hub, administrator, ['member'])
  for (const other of [member, board, await welcome(hub, administrator, ['staff'])])
    expect((await other.tell('PATCH', at, { kiosk: true, code })).status).toBe(403)
  expect((await new Caller(hub.origin).tell('PATCH', at, { kiosk: true, code })).status).toBe(401)
  for (const id of [member.session!.device.id, 'nonsense'])
    expect((await clerk.tell('PATCH', paths.roomDevice(id), { kiosk: false })).status).toBe(404)

  expect((await clerk.tell('PATCH', at, { kiosk: true, code, dark: night })).status).toBe(204)
  const { session } = await live.next('session')
  expect(session.settings).toEqual({ kiosk: true, exit: anyHash, dark: night })
  expect(v.is(exitHashSchema, session.settings!.exit)).toBe(true)
  live.close()

  const shown = await clerk.tell<RoomDevice[]>('GET', paths.roomDevices)
  expect(shown.body).toMatchObject([{ name: asRoom.name, room: hall._id, kiosk: true, hasCode: true, dark: night }])
  expect(JSON.stringify(shown.body)).not.toContain(session.settings!.exit)
  // Only its digest lies on the disk, and no line of the log holds it.
  expect(hub.log()).toContain('room device set')
  for (const kept of [hub.log(), ...(await filesOf(hub.folder))]) expect(kept).not.toContain(code)
  expect(await filesOf(hub.folder).then((files) => files.join())).toContain(session.settings!.exit)
})

const filesOf = (folder: string): Promise<string[]> =>
  Promise.all(['accounts.sqlite', 'accounts.sqlite-wal'].map((file) => readFile(join(folder, file), 'latin1')))

test('kiosk mode needs a way out, and what is not named stays as it was', async () => {
  const { clerk, board } = await town()
  const at = paths.roomDevice(board.session!.device.id)
  const change = (body: object) => clerk.tell('PATCH', at, body)
  expect(await change({ kiosk: true })).toMatchObject({ status: 400, body: { faults: [{ field: 'code' }] } })
  for (const wrong of [{ code: '12345' }, { code: 'abcdef' }, { dark: { from: '24:00', until: '06:00' } }])
    expect((await change(wrong)).status).toBe(400)
  expect((await change({ dark: { from: '06:00', until: '06:00' } })).status).toBe(400)
  expect((await sessionOf(board)).settings).toEqual({ kiosk: false })

  expect((await change({ code })).status).toBe(204)
  const first = (await sessionOf(board)).settings!.exit
  expect((await change({ kiosk: true, dark: night })).status).toBe(204)
  expect((await sessionOf(board)).settings).toEqual({ kiosk: true, exit: first, dark: night })
  // The same code again is another hash: its salt is new.
  expect((await change({ code, dark: null })).status).toBe(204)
  const second = (await sessionOf(board)).settings!
  expect(second).toEqual({ kiosk: true, exit: anyHash })
  expect(second.exit).not.toBe(first)
})

test('whoever is signed in at the device hears that it is a kiosk, and not how it is left', async () => {
  const { hub, administrator, clerk, board } = await town()
  const member = await welcome(hub, administrator, ['member'])
  const lent = await lendTo(hub, board, member)
  const { ticket } = (await lent.tell<LiveTicket>('POST', paths.liveTicket)).body
  const live = await openLiveAt(hub.origin, ticket)
  const at = paths.roomDevice(board.session!.device.id)
  expect((await clerk.tell('PATCH', at, { kiosk: true, code, dark: night })).status).toBe(204)
  expect((await live.next('session')).session.settings).toEqual({ kiosk: true, dark: night })
  live.close()
  expect((await sessionOf(lent)).settings).toEqual({ kiosk: true, dark: night })
  expect((await sessionOf(member)).settings).toBeUndefined()
  const back = await lent.tell<SessionInfo>('POST', paths.handback, { token: true })
  expect(back.body.settings).toEqual({ kiosk: true, exit: anyHash, dark: night })
  expect((await clerk.tell('DELETE', at)).status).toBe(204)
  expect((await clerk.tell('PATCH', at, { kiosk: false })).status).toBe(404)
})
