import { expect, test } from 'vitest'
import { paths } from '../../../shared/hub-api/contract.ts'
import { roles } from '../../../shared/rules/access.ts'
import { Caller, setUp, startTestHub, welcome } from '../testing/hub.ts'

type Asker = 'nobody' | (typeof roles)[number]

/** Status by who asks; `others` are chair, member, staff and guest. */
const table: readonly {
  method: string
  path: string
  body?: unknown
  nobody: number
  others: number
  clerk: number
  administrator: number
}[] = [
  { method: 'GET', path: paths.town, nobody: 200, others: 200, clerk: 200, administrator: 200 },
  { method: 'POST', path: paths.setUp, body: {}, nobody: 409, others: 409, clerk: 409, administrator: 409 },
  { method: 'GET', path: paths.session, nobody: 401, others: 200, clerk: 200, administrator: 200 },
  { method: 'POST', path: paths.liveTicket, nobody: 401, others: 200, clerk: 200, administrator: 200 },
  { method: 'POST', path: paths.password, body: {}, nobody: 401, others: 400, clerk: 400, administrator: 400 },
  { method: 'GET', path: paths.invitations, nobody: 401, others: 403, clerk: 200, administrator: 200 },
  { method: 'POST', path: paths.invitations, body: {}, nobody: 401, others: 403, clerk: 400, administrator: 400 },
  { method: 'GET', path: paths.invitation('x'), nobody: 404, others: 404, clerk: 404, administrator: 404 },
  { method: 'DELETE', path: paths.invitation('x'), nobody: 401, others: 403, clerk: 404, administrator: 404 },
  { method: 'GET', path: paths.accounts, nobody: 401, others: 403, clerk: 200, administrator: 200 },
  { method: 'PATCH', path: paths.account('x'), body: {}, nobody: 401, others: 403, clerk: 403, administrator: 404 },
  { method: 'GET', path: paths.devices, nobody: 401, others: 200, clerk: 200, administrator: 200 },
  { method: 'GET', path: `${paths.devices}?account=x`, nobody: 401, others: 404, clerk: 404, administrator: 200 },
  { method: 'DELETE', path: paths.device('x'), nobody: 401, others: 404, clerk: 404, administrator: 404 },
  { method: 'GET', path: paths.roomDevices, nobody: 401, others: 403, clerk: 200, administrator: 200 },
  { method: 'PATCH', path: paths.roomDevice('x'), body: {}, nobody: 401, others: 403, clerk: 404, administrator: 404 },
  { method: 'DELETE', path: paths.roomDevice('x'), nobody: 401, others: 403, clerk: 404, administrator: 404 },
  {
    ...{ method: 'POST', path: paths.roomDeviceActs('x'), body: { act: 'reload' } },
    ...{ nobody: 401, others: 403, clerk: 404, administrator: 404 },
  },
  { method: 'DELETE', path: paths.session, nobody: 401, others: 204, clerk: 204, administrator: 204 },
  { method: 'GET', path: paths.session, nobody: 401, others: 401, clerk: 401, administrator: 401 },
]

test('every route answers every role as the table says', async () => {
  const hub = await startTestHub()
  const administrator = await setUp(hub)
  const askers = new Map<Asker, Caller>([['nobody', new Caller(hub.origin)]])
  for (const role of roles.filter((role) => role !== 'administrator'))
    askers.set(role, await welcome(hub, administrator, [role]))
  askers.set('administrator', administrator)

  const seen: string[] = []
  const expected: string[] = []
  for (const { method, path, body, ...statuses } of table)
    for (const [asker, caller] of askers) {
      const status = asker in statuses ? statuses[asker as keyof typeof statuses] : statuses.others
      const answer = await caller.ask(method, path, body)
      seen.push(`${asker} ${method} ${path}: ${answer.status}`)
      expected.push(`${asker} ${method} ${path}: ${status}`)
    }
  expect(seen).toEqual(expected)
})
