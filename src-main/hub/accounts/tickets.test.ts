import { expect, test } from 'vitest'
import { paths, type LiveTicket } from '../../../shared/hub-api/contract.ts'
import { Caller, setUp, startTestHub, type TestHub } from '../testing/hub.ts'

const ticketOf = async (caller: Caller): Promise<string> =>
  (await caller.tell<LiveTicket>('POST', paths.liveTicket)).body.ticket

test('a ticket opens one socket within a minute', async () => {
  let now = Date.now()
  const hub: TestHub = await startTestHub({ now: () => now })
  const ada = await setUp(hub)
  expect((await new Caller(hub.origin).tell('POST', paths.liveTicket)).status).toBe(401)

  const ticket = await ticketOf(ada)
  expect(hub.sessions.redeemTicket(ticket)?.device).toEqual(ada.session!.device)
  expect(hub.sessions.redeemTicket(ticket)).toBeUndefined()
  expect(hub.sessions.redeemTicket('no-such-ticket')).toBeUndefined()

  const late = await ticketOf(ada)
  now += 60_000
  expect(hub.sessions.redeemTicket(late)).toBeUndefined()

  const revoked = await ticketOf(ada)
  await ada.tell('DELETE', paths.device(ada.session!.device.id))
  expect(hub.sessions.redeemTicket(revoked)).toBeUndefined()
})
