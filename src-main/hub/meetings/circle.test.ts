import { expect, test } from 'vitest'
import { paths, type LiveTicket, type SessionInfo } from '../../../shared/hub-api/contract.ts'
import { openLiveAt } from '../replication/live-client.suite.ts'
import { startTestHub, type Caller } from '../testing/hub.ts'
import {
  cast,
  closedItem,
  eventsIn,
  makeCouncil,
  openMeeting,
  personAt,
  say,
  send,
  voteOpened,
} from './council.suite.ts'

const circle = 'circle-closed' as const
const audiencesOf = async (caller: Caller) => (await caller.tell<SessionInfo>('GET', paths.session)).body.audiences
const statusOf = async (caller: Caller, audience: string) =>
  (await caller.tell('GET', `/db/${audience}/${closedItem}`)).status

test('who is kept out of a closed item loses it, and hears nothing of what is said and decided there', async () => {
  const hub = await startTestHub()
  const council = await makeCouncil(hub, { size: 4 })
  const { chair } = council
  const [, member, excluded] = council.members
  await openMeeting(council)
  await expect.poll(() => statusOf(excluded!.caller, 'org-council')).toBe(200)
  const ticket = (await excluded!.caller.tell<LiveTicket>('POST', paths.liveTicket)).body.ticket
  const socket = await openLiveAt(hub.origin, ticket)
  socket.ask({ kind: 'subscribe', since: { 'org-council': 0, [circle]: 0 } })

  const declared = { kind: 'conflict-declared', person: personAt(2), item: closedItem, away: 'room' } as const
  await say(excluded!, [declared])
  await expect.poll(() => audiencesOf(member!.caller)).toContain(circle)
  await expect.poll(() => statusOf(member!.caller, circle)).toBe(200)
  const withdrawn = await socket.next('changes', ({ documents }) =>
    documents.some(({ _id, deleted }) => _id === closedItem && deleted === true),
  )
  expect(withdrawn.audience).toBe('org-council')
  expect(await audiencesOf(excluded!.caller)).not.toContain(circle)
  expect(await statusOf(excluded!.caller, circle)).toBe(404)
  for (const { caller } of [chair, member!, { caller: council.administrator }])
    expect([await statusOf(caller, circle), (await audiencesOf(caller)).includes(circle)]).toEqual([200, true])

  // In the room behind closed doors: what is said goes to the circle, and so does what the hub says of the vote.
  await say(chair, [
    { kind: 'item-closed', item: 'agenda-item:open' },
    { kind: 'part-closed' },
    { kind: 'item-opened', item: closedItem },
  ])
  await say(chair, [voteOpened('vote:c', { item: closedItem, question: 'QSECRETQ' })], { audience: circle })
  expect((await cast(member!.caller, 'vote:c', { choice: 'yes' })).status).toBe(200)
  expect((await cast(excluded!.caller, 'vote:c', { choice: 'no' })).status).toBe(404)
  const kinds = async () => (await eventsIn(member!.caller, circle)).map(({ body }) => body.kind)
  await expect.poll(kinds).toEqual(['vote-opened', 'ballots-received'])
  await say(chair, [{ kind: 'vote-closed', vote: 'vote:c' }], { audience: circle })
  await expect.poll(kinds).toEqual(['vote-opened', 'ballots-received', 'vote-closed', 'vote-sealed'])
  const note = excluded!.device.write('meeting:1', { kind: 'note-added', text: 'Let me in.' }, { audience: circle })
  expect(
    (await excluded!.caller.tell('POST', `/db/${circle}/_bulk_docs`, { docs: [note], new_edits: false })).status,
  ).toBe(404)
  const inOrg = member!.device.write('meeting:1', { kind: 'note-added', text: 'x' }, { audience: 'org-council' })
  expect(await send(member!.caller, 'org-council', [inOrg])).toEqual([])

  socket.ask({ kind: 'ping' })
  await socket.next('pong')
  const heard = JSON.stringify(socket.heard)
  expect(heard).not.toContain('QSECRETQ')
  expect(heard).not.toContain('vote:c')
  expect(heard).not.toContain('"excluded"')
  socket.close()

  // Lifted by who presides, everybody is let in again.
  await say(chair, [{ kind: 'conflict-lifted', person: personAt(2), item: closedItem }])
  await expect.poll(() => statusOf(excluded!.caller, 'org-council')).toBe(200)
  // What the circle holds is for the whole body then.
  expect(await audiencesOf(excluded!.caller)).toContain(circle)
  expect((await eventsIn(excluded!.caller, circle)).length).toBe(4)
})
