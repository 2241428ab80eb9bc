import { expect, test } from 'vitest'
import { paths } from '../../../../shared/hub-api/contract.ts'
import { startTestHub, welcome, type TestHub } from '../../testing/hub.ts'
import {
  cast,
  castLive,
  closedItem,
  makeCouncil,
  meetingId,
  openMeeting,
  openSocket,
  personAt,
  say,
  stateIn,
  voteOpened,
  type Council,
} from '../council.suite.ts'

const vote = 'vote:1'
const noSuchVote = { error: 'not-found', message: 'There is no such vote.' }

async function openVote(size: number): Promise<{ hub: TestHub; council: Council }> {
  const hub = await startTestHub()
  const council = await makeCouncil(hub, { size })
  await openMeeting(council)
  await say(council.chair, [voteOpened(vote)])
  return { hub, council }
}

const decided = (council: Council) => expect.poll(async () => (await stateIn(council.chair.caller)).votes.get(vote))

test('a ballot on the socket is in the box before its receipt comes, and is one with the same ballot by HTTP', async () => {
  const { hub, council } = await openVote(3)
  const { caller } = council.members[1]!
  const socket = await openSocket(council, caller)
  const receipt = await castLive(socket, vote, { choice: 'yes' })
  expect(receipt).toEqual({ vote, person: personAt(1), received: expect.any(String) as string, replaced: false })
  expect(await (await hub.store.open('box-1')).get('ballot:1:p01')).toMatchObject({ choice: 'yes' })
  expect((await cast(caller, vote, { choice: 'yes' })).body).toEqual(receipt)
  expect((await cast(caller, vote, { choice: 'no' })).body).toMatchObject({ replaced: true })
  expect(await castLive(socket, vote, { choice: 'abstain' })).toMatchObject({ replaced: true })
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ status: 'decided', ballots: [{ person: personAt(1), choice: 'abstain' }] })
  expect(await castLive(socket, vote, { choice: 'yes' })).toMatchObject({ error: 'conflict' })
  socket.close()
})

test('on the socket nobody votes for somebody else, or without a vote to give', async () => {
  const { council } = await openVote(3)
  const [mine, chair] = await Promise.all([1, 0].map((index) => openSocket(council, council.members[index]!.caller)))
  const office = await openSocket(council, council.administrator)
  const instead = { choice: 'yes', person: personAt(2) } as const
  expect(await castLive(mine!, vote, { ...instead, reason: 'His is empty.' })).toMatchObject({ error: 'forbidden' })
  expect(await castLive(chair!, vote, instead)).toMatchObject({ error: 'bad-request' })
  expect(await castLive(chair!, vote, { ...instead, reason: 'Battery empty.' })).toMatchObject({ person: personAt(2) })
  expect(await castLive(office, vote, { choice: 'yes' })).toMatchObject({ error: 'forbidden' })
  expect(await castLive(mine!, vote, { choice: 'perhaps' } as never)).toBeUndefined()
  expect(await mine!.closed).toBe(4002)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ ballots: [{ person: personAt(2), choice: 'yes' }] })
})

test('who may not know of a vote hears on the socket the same as of one that there is not', async () => {
  const { hub, council } = await openVote(4)
  const outside = await openSocket(council, await welcome(hub, council.administrator, ['member']))
  for (const id of [vote, 'vote:none']) expect(await castLive(outside, id, { choice: 'yes' })).toEqual(noSuchVote)

  const [, member, excluded] = council.members
  await say(excluded!, [{ kind: 'conflict-declared', person: personAt(2), item: closedItem, away: 'room' }])
  await expect.poll(async () => (await member!.caller.tell('GET', '/db/circle-closed')).status).toBe(200)
  await say(council.chair, [{ kind: 'vote-closed', vote }])
  await decided(council).toMatchObject({ status: 'decided' })
  await say(council.chair, [{ kind: 'item-closed', item: 'agenda-item:open' }, { kind: 'part-closed' }])
  await say(council.chair, [{ kind: 'item-opened', item: closedItem }])
  await say(council.chair, [voteOpened('vote:c', { item: closedItem })], { audience: 'circle-closed' })
  const [inside, keptOut] = await Promise.all([member!, excluded!].map(({ caller }) => openSocket(council, caller)))
  expect(await castLive(inside!, 'vote:c', { choice: 'yes' })).toMatchObject({ person: personAt(1) })
  expect(await castLive(keptOut!, 'vote:c', { choice: 'no' })).toEqual(noSuchVote)
  expect(JSON.stringify([outside.heard, keptOut!.heard])).not.toContain('received')
})

test('a device that was revoked casts nothing over the socket that it had open', async () => {
  const { hub, council } = await openVote(3)
  const { caller } = council.members[1]!
  const socket = await openSocket(council, caller)
  expect((await council.administrator.tell('DELETE', paths.device(caller.session!.device.id))).status).toBeLessThan(300)
  expect(await castLive(socket, vote, { choice: 'yes' })).toBeUndefined()
  expect(await socket.closed).toBe(4001)
  expect(await (await hub.store.open('box-1')).get('ballot:1:p01')).toBeUndefined()
  const other = await openSocket(council, council.chair.caller)
  expect(await castLive(other, vote, { choice: 'yes' })).toMatchObject({ person: personAt(0) })
})

test('who sends ballots without end is left', async () => {
  const { council } = await openVote(2)
  const socket = await openSocket(council, council.members[1]!.caller)
  for (let number = 0; number < 100; number += 1)
    socket.ask({ kind: 'ballot', number, vote, ballot: { meeting: meetingId, choice: 'yes' } })
  expect(await socket.closed).toBe(4002)
})
