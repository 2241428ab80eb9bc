import { expect, test } from 'vitest'
import { paths, type PresenceCode } from '../../../shared/hub-api/contract.ts'
import { startTestHub, welcome, type Caller } from '../testing/hub.ts'
import { eventsIn, makeCouncil, meetingId, personAt, prepared, say, stateIn } from './council.suite.ts'

const noon = Date.parse('2026-12-01T12:00:00Z')

async function start(size = 3) {
  let now = noon
  const hub = await startTestHub({ now: () => now })
  const council = await makeCouncil(hub, { size })
  await say(council.chair, [prepared(council)], { at: noon })
  const code = async (caller: Caller = council.chair.caller) =>
    caller.tell<PresenceCode>('GET', paths.presence(meetingId))
  const give = async (caller: Caller, text: string) =>
    (await caller.tell('POST', paths.presence(meetingId), { code: text })).status
  return { hub, council, code, give, pass: (ms: number) => void (now += ms) }
}

test('who is in the room says so with the code that is shown there, and the hub puts it on record once', async () => {
  const { council, code, give } = await start()
  const shown = await code()
  expect(shown).toEqual({
    status: 200,
    body: { code: expect.stringMatching(/^[0-9A-Z]{8}$/) as string, until: new Date(noon + 60_000).toISOString() },
  })
  const { caller } = council.members[1]!
  expect(await give(caller, shown.body.code.toLowerCase())).toBe(204)
  expect(await give(caller, shown.body.code)).toBe(204)
  const state = await stateIn(caller)
  expect([state.refused, [...state.attendance.keys()]]).toEqual([[], [personAt(1)]])
  expect((await eventsIn(caller)).map(({ author, body }) => [author.account, body.kind])).toEqual([
    [council.chair.caller.session!.account.id, 'meeting-prepared'],
    ['hub', 'person-arrived'],
  ])
})

test('a code holds for its minute and the next, in its meeting alone', async () => {
  const { council, code, give, pass } = await start()
  const [, first, second] = council.members
  const { body } = await code()
  pass(60_000)
  expect((await code()).body.code).not.toBe(body.code)
  expect(await give(first!.caller, body.code)).toBe(204)
  pass(60_000)
  expect(await give(second!.caller, body.code)).toBe(401)
  expect(await give(second!.caller, '')).toBe(401)
  expect((await first!.caller.tell('POST', paths.presence('meeting:2'), { code: body.code })).status).toBe(404)
})

test('the code is shown by who runs the meeting, and used by who belongs to it', async () => {
  const { hub, council, code, give } = await start()
  const clerk = await welcome(hub, council.administrator, ['clerk'])
  const staff = await welcome(hub, council.administrator, ['staff'])
  const guest = await welcome(hub, council.administrator, ['guest'])
  const statuses = [clerk, council.administrator, staff, council.members[1]!.caller, guest].map(
    async (caller) => (await code(caller)).status,
  )
  expect(await Promise.all(statuses)).toEqual([200, 200, 403, 403, 404])
  const { body } = await code()
  expect([await give(clerk, body.code), await give(guest, body.code)]).toEqual([403, 404])
  expect((await fetch(council.origin + paths.presence(meetingId))).status).toBe(401)
  expect((await council.chair.caller.tell('GET', '/api/presence/nonsense')).status).toBe(404)
  await say(council.chair, [{ kind: 'meeting-opened' }, { kind: 'meeting-closed' }], { at: noon })
  expect(await give(council.members[1]!.caller, body.code)).toBe(409)
})

test('codes cannot be guessed at speed', async () => {
  const { council, code, give } = await start()
  const { caller } = council.members[1]!
  const wrong = await Promise.all(Array.from({ length: 15 }, (_, n) => give(caller, `AAAA-AA${n}`)))
  expect(wrong.filter((status) => status === 429)).toHaveLength(5)
  expect(await give(caller, (await code()).body.code)).toBe(429)
  expect(await give(council.members[2]!.caller, (await code()).body.code)).toBe(204)
})
