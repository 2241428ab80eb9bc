import { expect, test } from 'vitest'
import { canonical } from '../../../shared/canonical.ts'
import { paths } from '../../../shared/hub-api/contract.ts'
import { digestOf } from '../signing.ts'
import { startTestHub, welcome, type TestHub } from '../testing/hub.ts'
import {
  cast,
  eventsIn,
  makeCouncil,
  openMeeting,
  personAt,
  say,
  stateIn,
  voteOpened,
  type Council,
} from './council.suite.ts'

const vote = 'vote:1'

async function start(
  size: number,
  more: Parameters<typeof startTestHub>[0] = {},
): Promise<{ hub: TestHub; council: Council }> {
  const hub = await startTestHub(more)
  const council = await makeCouncil(hub, { size })
  await openMeeting(council)
  return { hub, council }
}

const decided = (council: Council, id = vote) =>
  expect.poll(async () => (await stateIn(council.chair.caller)).votes.get(id))

test('ballots get receipts, the log says whose are in, and the close seals what they say', async () => {
  const { council } = await start(5)
  await say(council.chair, [voteOpened(vote)])
  const choices = ['yes', 'no', 'abstain', 'yes'] as const
  const receipts = await Promise.all(
    choices.map((choice, index) => cast(council.members[index]!.caller, vote, { choice })),
  )
  for (const [index, { status, body }] of receipts.entries())
    expect([status, body]).toEqual([
      200,
      { vote, person: personAt(index), received: expect.any(String) as string, replaced: false },
    ])
  await decided(council).toMatchObject({
    status: 'open',
    received: new Map(choices.map((_, index) => [personAt(index), {}])),
  })
  const before = await eventsIn(council.chair.caller)
  expect(before.filter(({ body }) => body.kind === 'ballots-received').length).toBeLessThan(choices.length)
  expect(JSON.stringify(before)).not.toContain('"abstain"')
  expect((await stateIn(council.chair.caller)).votes.get(vote)?.ballots).toBeUndefined()

  await say(council.chair, [{ kind: 'vote-closed', vote }])
  const ballots = choices.map((choice, index) => ({ person: personAt(index), choice }))
  await decided(council).toMatchObject({
    ...{ status: 'decided', tally: { yes: 2, no: 1, abstain: 1, invalid: 0 } },
    ...{ ballots, digest: digestOf(canonical(ballots)) },
  })
  const state = await stateIn(council.chair.caller)
  expect(state.refused).toEqual([])
})

test('a later ballot takes the place of an earlier one, and the same again gets the same receipt', async () => {
  const { council } = await start(3)
  const { caller } = council.members[1]!
  await say(council.chair, [voteOpened(vote)])
  const first = await cast(caller, vote, { choice: 'yes' })
  expect((await cast(caller, vote, { choice: 'yes' })).body).toEqual(first.body)
  const second = await cast(caller, vote, { choice: 'no' })
  expect(second.body).toMatchObject({ replaced: true })
  expect((await cast(caller, vote, { choice: 'no' })).body).toEqual(second.body)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ ballots: [{ person: personAt(1), choice: 'no' }] })
})

test('who presides enters a ballot for somebody whose device failed, with a reason that stays on record', async () => {
  const { council } = await start(3)
  const { chair } = council
  await say(chair, [voteOpened(vote)])
  const instead = { choice: 'yes', person: personAt(2) }
  expect((await cast(chair.caller, vote, instead)).status).toBe(400)
  expect((await cast(council.members[1]!.caller, vote, { ...instead, reason: 'His is empty.' })).status).toBe(403)
  expect((await cast(chair.caller, vote, { ...instead, reason: 'Battery empty.' })).status).toBe(200)
  await say(chair, [{ kind: 'vote-closed', vote }])
  const entered = { by: chair.caller.session!.account.id, reason: 'Battery empty.' }
  await decided(council).toMatchObject({
    received: new Map([[personAt(2), { entered }]]),
    ballots: [{ person: personAt(2), choice: 'yes' }],
  })
})

test('nobody votes where there is no vote to give', async () => {
  const { hub, council } = await start(3)
  const member = council.members[1]!.caller
  const statusOf = async (id: string, body: object = { choice: 'yes' }, caller = member) =>
    (await cast(caller, id, body)).status
  expect(await statusOf('vote:none')).toBe(404)
  await say(council.chair, [{ kind: 'person-left', person: personAt(2) }, voteOpened(vote)])
  expect(await statusOf(vote, { choice: 'yes' }, council.members[2]!.caller)).toBe(403)
  expect(await statusOf(vote, { choice: 'yes' }, council.administrator)).toBe(403)
  expect(await statusOf(vote, { choice: 'maybe' })).toBe(400)
  expect(await statusOf(vote, { choice: 'yes', meeting: 'meeting:2' })).toBe(404)
  const stranger = await welcome(hub, council.administrator, ['member'])
  expect(await statusOf(vote, { choice: 'yes' }, stranger)).toBe(404)
  expect((await fetch(council.origin + paths.ballot(vote), { method: 'PUT', body: '{}' })).status).toBe(401)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  expect(await statusOf(vote)).toBe(409)
  await decided(council).toMatchObject({ status: 'decided', ballots: [] })

  await say(council.chair, [voteOpened('vote:hands', { mode: 'hand' })])
  expect(await statusOf('vote:hands')).toBe(409)
  await say(council.chair, [{ kind: 'vote-cancelled', vote: 'vote:hands' }])
  await say(council.chair, [voteOpened('vote:secret', { mode: 'paper', secret: true })])
  expect(await statusOf('vote:secret')).toBe(409)
})

test('what has a receipt is counted, and what comes after the close has none, however near they are', async () => {
  const { council } = await start(12)
  await say(council.chair, [voteOpened(vote)])
  const close = say(council.chair, [{ kind: 'vote-closed', vote }])
  const answers = await Promise.all(council.members.map(({ caller }) => cast(caller, vote, { choice: 'yes' })))
  await close
  const counted = answers.flatMap(({ status }, index) =>
    status === 200 ? [{ person: personAt(index), choice: 'yes' }] : [],
  )
  await decided(council).toMatchObject({ status: 'decided', ballots: counted })
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
})

test('boxes are nobody’s to read, are removed after thirty days, and stand in no log', async () => {
  let now = Date.now()
  const { hub, council } = await start(2, { now: () => now })
  await say(council.chair, [voteOpened(vote)])
  await cast(council.members[1]!.caller, vote, { choice: 'abstain' })
  for (const caller of [council.administrator, council.chair.caller, council.members[1]!.caller])
    for (const path of ['', '/_all_docs?include_docs=true', '/ballot:1:p01', '/_changes?include_docs=true'])
      expect((await caller.tell('GET', `/db/box-1${path}`)).status).toBe(404)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ status: 'decided' })
  const box = await hub.store.open('box-1')
  await expect.poll(() => box.get('box')).toMatchObject({ over: expect.any(String) as string })
  expect(hub.log()).not.toContain('abstain')
  await hub.stop()
  now += 31 * 86_400_000
  const again = await startTestHub({ folder: hub.folder, now: () => now })
  expect(await again.store.exists('box-1')).toBe(false)
})

test('the box of a vote that was taken back is over, and one that is restored goes on with its ballots', async () => {
  const { hub, council } = await start(3)
  await say(council.chair, [voteOpened(vote)])
  expect((await cast(council.members[1]!.caller, vote, { choice: 'yes' })).status).toBe(200)
  const box = await hub.store.open('box-1')
  const isOver = async (): Promise<boolean> => (await box.get('box'))?.['over'] !== undefined
  const idOf = async (kind: string): Promise<string> =>
    (await eventsIn(council.chair.caller)).findLast(({ body }) => body.kind === kind)?._id ?? ''
  await say(council.chair, [{ kind: 'corrected', replaces: await idOf('vote-opened') }])
  await expect.poll(isOver).toBe(true)
  expect((await cast(council.members[2]!.caller, vote, { choice: 'no' })).status).toBe(404)
  await say(council.chair, [{ kind: 'corrected', replaces: await idOf('corrected') }])
  await expect.poll(isOver).toBe(false)
  expect((await cast(council.members[2]!.caller, vote, { choice: 'no' })).status).toBe(200)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ status: 'decided', tally: { yes: 1, no: 1 } })
})
