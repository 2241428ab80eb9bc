import { expect, test } from 'vitest'
import type { EventBody } from '../../shared/council/meeting-event.ts'
import { startTestHub } from '../../src-main/hub/testing/hub.ts'
import type { Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'
import { arrival, eventsAtHub, meetingId, prepared } from './testing/meeting.suite.ts'
import { member } from './testing/town.suite.ts'

const { openTown } = prepareTowns()
const vote = 'vote:haushalt'

const opened: EventBody = {
  ...{ kind: 'vote-opened', vote, item: 'agenda-item:open', question: 'Haushalt' },
  ...{ subject: 'resolution', majority: 'simple', mode: 'devices', secret: false },
}

async function write(window: Window, ...bodies: EventBody[]): Promise<void> {
  for (const body of bodies) expect(await window.write(meetingId, body)).toMatchObject({ ok: true })
}

const kinds = async (window: Window): Promise<string[]> =>
  ((await window.log(meetingId)) ?? []).map(({ event }) => event.body.kind)

/** A vote that is open, as both devices know. */
async function openVote(): Promise<{ town: Town; clerk: Window; councillor: Window }> {
  const town = await openTown()
  const [clerk, councillor] = [await town.device(await town.clerk()), await town.device(await town.member())]
  for (const window of [clerk, councillor]) await expect.poll(() => window.log(meetingId)).toEqual([])
  await write(clerk, prepared())
  await expect.poll(() => kinds(councillor)).toContain('meeting-prepared')
  await write(councillor, arrival)
  await expect.poll(() => kinds(clerk)).toContain('person-arrived')
  await write(clerk, { kind: 'meeting-opened' }, { kind: 'item-opened', item: 'agenda-item:open' }, opened)
  await expect.poll(() => kinds(councillor)).toContain('vote-opened')
  await clerk.untilReceived()
  return { town, clerk, councillor }
}

test('a ballot counts from the receipt on, the same one again changes nothing, another one replaces it', async () => {
  const { clerk, councillor } = await openVote()
  const first = await councillor.castBallot(meetingId, vote, 'yes')
  expect(first).toMatchObject({ ok: true, value: { vote, person: member._id, replaced: false } })
  expect(await councillor.castBallot(meetingId, vote, 'yes')).toEqual(first)
  expect(await councillor.castBallot(meetingId, vote, 'no')).toMatchObject({ ok: true, value: { replaced: true } })
  await expect.poll(() => kinds(clerk)).toContain('ballots-received')
  await write(clerk, { kind: 'vote-closed', vote })
  for (const window of [clerk, councillor]) await expect.poll(() => kinds(window)).toContain('vote-sealed')
  const sealed = (await clerk.log(meetingId))!.find(({ event }) => event.body.kind === 'vote-sealed')!.event.body
  expect(sealed).toMatchObject({ ballots: [{ person: member._id, choice: 'no' }] })
  expect(await councillor.castBallot(meetingId, vote, 'yes')).toEqual({ ok: false, failure: 'closed' })
  expect((await councillor.verify(meetingId)).faults).toEqual([])
})

test('a ballot outlives a loss of the network and a hub that is another one when it comes back, and is no trace here', async () => {
  const { town, councillor } = await openVote()
  town.front.swallowAnswers()
  const casting = councillor.castBallot(meetingId, vote, 'abstain')
  await expect.poll(async () => (await eventsAtHub(town)).at(-1)?.body.kind).toBe('ballots-received')
  const dump = String(await councillor.ask('dumpIndexedDb'))
  expect(dump).not.toContain('abstain')
  town.front.leadTo(undefined)
  await town.hub.stop()
  const again = await startTestHub({ folder: town.hub.folder })
  town.front.leadTo(again.origin)
  expect(await casting).toMatchObject({ ok: true, value: { person: member._id, replaced: false } })
  const receipts = (await eventsAtHub({ ...town, hub: again })).filter(({ body }) => body.kind === 'ballots-received')
  expect(receipts).toHaveLength(1)
})

test('without a network a ballot is given up after a while, and says so', { timeout: 90_000 }, async () => {
  const { town, councillor } = await openVote()
  town.front.leadTo(undefined)
  expect(await councillor.castBallot(meetingId, vote, 'yes')).toEqual({ ok: false, failure: 'offline' })
  expect((await eventsAtHub(town)).map(({ body }) => body.kind)).not.toContain('ballots-received')
})

test('whoever has no vote hears so; who runs the meeting enters a ballot with a reason for whose device failed', async () => {
  const { clerk } = await openVote()
  expect(await clerk.castBallot(meetingId, vote, 'yes')).toEqual({ ok: false, failure: 'not-entitled' })
  const instead = { person: member._id, reason: 'Gerät defekt' }
  expect(await clerk.castBallot(meetingId, vote, 'yes', instead)).toMatchObject({
    ok: true,
    value: { person: member._id },
  })
  await expect.poll(() => kinds(clerk)).toContain('ballots-received')
})

test('the code of the room brings a member in, and no other code does', async () => {
  const { clerk, councillor, town } = await openVote()
  await write(councillor, { kind: 'person-left', person: member._id })
  await expect.poll(async () => (await clerk.course(meetingId)).here).toEqual([])
  const shown = await clerk.call('presenceCode', meetingId)
  expect(shown).toMatchObject({ ok: true })
  const wrong = await councillor.call('arriveByCode', meetingId, '00000000')
  expect(wrong).toMatchObject({ ok: false, failure: { error: 'wrong-credentials' } })
  expect(await councillor.call('arriveByCode', meetingId, shown.ok ? shown.value.code : '')).toMatchObject({ ok: true })
  await expect.poll(async () => (await clerk.course(meetingId)).here).toEqual([member._id])
  expect((await eventsAtHub(town)).at(-1)?.body).toMatchObject({ kind: 'person-arrived', by: 'code' })
})
