import { expect } from 'vitest'
import { paths, type ApiFailure, type Pairing, type SessionInfo } from '../../../../shared/hub-api/contract.ts'
import { Caller, setUp, startTestHub, welcome, writeOffice, type TestHub } from '../../testing/hub.ts'
import { membershipRecord, organizationRecord, personRecord } from '../../testing/hub.ts'

const stamp = { schema: 1, created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
export const hall = { ...stamp, _id: 'location:hall', type: 'location', room: 'Ratssaal' }
export const asRoom = { as: 'room', name: 'Tafel im Ratssaal', room: hall._id }
export const start = Date.parse('2026-03-01T18:00:00Z')

export const openCode = async (board: Caller, meeting?: string): Promise<Pairing> => {
  const { status, body } = await board.tell<Pairing>('POST', paths.pairings, meeting ? { meeting } : {})
  expect(status).toBe(201)
  return body
}
export const claim = (board: Caller, { secret }: Pairing) =>
  board.tell<SessionInfo & ApiFailure>('POST', paths.pairingClaim, { secret, device: { name: 'Chrome' }, token: true })

/** The board, belonging to the room. */
export async function letIn(hub: TestHub, clerk: Caller): Promise<Caller> {
  const unknown = new Caller(hub.origin)
  const pairing = await openCode(unknown)
  expect((await claim(unknown, pairing)).status).toBe(202)
  expect((await clerk.tell('POST', paths.pairing(pairing.code), asRoom)).status).toBe(204)
  const { body } = await claim(unknown, pairing)
  return new Caller(hub.origin, body)
}

/** The board, in the session of a person who confirmed its code. */
export async function lendTo(hub: TestHub, board: Caller, person: Caller, meeting?: string): Promise<Caller> {
  const pairing = await openCode(board, meeting)
  expect((await person.tell('POST', paths.pairing(pairing.code), { as: 'me' })).status).toBe(204)
  const { status, body } = await claim(board, pairing)
  expect(status).toBe(200)
  return new Caller(hub.origin, body)
}

/** A hub with a council, a clerk and a board in its hall. */
export async function town(options: { now?: () => number } = {}) {
  const hub = await startTestHub({ now: () => start, ...options })
  const administrator = await setUp(hub)
  await writeOffice(hub, hall, organizationRecord('council', 'council'), organizationRecord('reds', 'faction'))
  await writeOffice(hub, personRecord('chair'), membershipRecord('chair', 'council', {}))
  await writeOffice(hub, membershipRecord('chair', 'reds', {}))
  const clerk = await welcome(hub, administrator, ['clerk'])
  return { hub, administrator, clerk, board: await letIn(hub, clerk) }
}
