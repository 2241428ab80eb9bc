import { expect, test } from 'vitest'
import { startTestHub } from '../testing/hub.ts'
import {
  cast,
  eventsIn,
  makeCouncil,
  meetingId,
  personAt,
  prepared,
  say,
  send,
  stateIn,
  voteOpened,
  openItem,
} from './council.suite.ts'

const bodies = ['council', 'planning'] as const

test('every body of a joint meeting has the whole log, as it was written, and a hub that was down catches up', async () => {
  const hub = await startTestHub()
  const council = await makeCouncil(hub, { size: 4, organizations: bodies, bodyOf: (index) => bodies[index % 2]! })
  const [chair, planner] = council.members
  const arrivals = council.members.map(({ person }) => ({
    ...({ kind: 'person-arrived', mode: 'room', by: 'list' } as const),
    person: person ?? '',
  }))
  const course = [{ kind: 'meeting-opened' } as const, { kind: 'item-opened', item: openItem } as const]
  await say(chair!, [prepared(council, bodies), ...arrivals, ...course, voteOpened('vote:1')])
  const note = { kind: 'speech-requested', speech: 'speech:1', item: openItem, form: 'speech' } as const
  const requested = { ...note, speaker: { person: personAt(1) } }
  await say(planner!, [requested], { audience: 'org-planning' })
  expect((await cast(planner!.caller, 'vote:1', { choice: 'yes' })).status).toBe(200)
  await say(chair!, [{ kind: 'vote-closed', vote: 'vote:1' }])

  const sealed = async () => (await stateIn(planner!.caller, 'org-planning')).votes.get('vote:1')
  await expect.poll(sealed).toMatchObject({ status: 'decided', ballots: [{ person: personAt(1), choice: 'yes' }] })
  await expect.poll(async () => (await stateIn(chair!.caller)).speeches.has('speech:1')).toBe(true)
  const [here, there] = [await eventsIn(chair!.caller), await eventsIn(planner!.caller, 'org-planning')]
  expect(there).toEqual(here)
  // Neither body's members read the other's audience.
  expect((await chair!.caller.tell('GET', '/db/org-planning')).status).toBe(404)

  // What one audience holds and the other lacks, a hub that starts carries over.
  const planning = await hub.store.open('org-planning')
  await hub.stop()
  expect(planning.audience).toBe('org-planning')
  const again = await startTestHub({ folder: hub.folder })
  const late = chair!.device.write(meetingId, { kind: 'note-added', text: 'Late.' }, { audience: 'org-council' })
  const store = await again.store.open('org-council')
  const { _rev: _, ...event } = late
  await store.write([event])
  await expect
    .poll(async () => (await again.store.open('org-planning')).get(late._id))
    .toMatchObject({ body: late.body })
})

test('events of a meeting of one body go nowhere else', async () => {
  const hub = await startTestHub()
  const council = await makeCouncil(hub, { size: 2, organizations: ['council'] })
  await say(council.chair, [prepared(council)])
  const body = { kind: 'note-added', text: 'Ours.' } as const
  expect(
    await send(council.chair.caller, 'org-council', [
      council.chair.device.write(meetingId, body, { audience: 'org-council' }),
    ]),
  ).toEqual([])
  expect((await hub.store.audiences()).filter((audience) => audience.startsWith('org-'))).toEqual(['org-council'])
})
