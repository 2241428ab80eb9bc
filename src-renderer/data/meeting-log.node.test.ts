import { expect, test } from 'vitest'
import type { MeetingEvent } from '../../shared/council/meeting-event.ts'
import { openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'
import { arrival, eventsAtHub, meetingId, note, prepared } from './testing/meeting.suite.ts'

const { openTown } = prepareTowns()

const kinds = async (window: Window): Promise<string[] | undefined> =>
  (await window.log(meetingId))?.map(({ event: { body } }) => (body.kind === 'note-added' ? body.text : body.kind))

/** Clerk and member, each with a device that follows the meeting. */
async function openRoom(): Promise<{ town: Town; clerk: Window; councillor: Window }> {
  const town = await openTown()
  const [clerk, councillor] = [await town.device(await town.clerk()), await town.device(await town.member())]
  for (const window of [clerk, councillor]) await expect.poll(() => window.log(meetingId)).toEqual([])
  expect(await clerk.write(meetingId, prepared())).toMatchObject({ ok: true })
  for (const window of [clerk, councillor]) await expect.poll(() => kinds(window)).toEqual(['meeting-prepared'])
  return { town, clerk, councillor }
}

const placesOf = (events: readonly MeetingEvent[], key: string): number[] =>
  events.filter(({ author }) => author.key === key).map(({ place }) => place)

async function reconnect(town: Town, ...windows: Window[]): Promise<void> {
  town.front.leadTo(town.hub.origin)
  for (const window of windows) await window.page.evaluate("dispatchEvent(new Event('online'))")
  for (const window of windows) await window.untilLive()
}

test('two devices see what the other one writes, and reduce it to the same state', async () => {
  const { town, clerk, councillor } = await openRoom()
  expect(await clerk.write(meetingId, { kind: 'meeting-opened' })).toMatchObject({ ok: true })
  await expect.poll(async () => (await councillor.course(meetingId)).phase).toBe('open')
  expect(await councillor.write(meetingId, arrival)).toMatchObject({ ok: true })
  for (const window of [clerk, councillor]) {
    await expect.poll(() => kinds(window)).toEqual(['meeting-prepared', 'meeting-opened', 'person-arrived'])
    await expect.poll(async () => (await window.log(meetingId))?.some(({ pending }) => pending)).toBe(false)
  }
  expect(await clerk.course(meetingId)).toEqual(await councillor.course(meetingId))
  const events = await eventsAtHub(town)
  expect(events.map(({ place, offline }) => [place, offline])).toEqual([
    [1, undefined],
    [2, undefined],
    [1, undefined],
  ])
})

test('what is written without a network is kept through a restart, arrives with its true time and is marked', async () => {
  const { town, clerk, councillor } = await openRoom()
  town.front.leadTo(undefined)
  await expect.poll(async () => (await councillor.get('sync')).phase).toBe('offline')
  const before = Date.now()
  for (const body of [arrival, note('eins'), note('zwei')])
    expect(await councillor.write(meetingId, body)).toMatchObject({ ok: true, value: { offline: true } })
  const after = Date.now()
  await expect.poll(async () => (await councillor.log(meetingId))?.filter(({ pending }) => pending).length).toBe(3)
  expect(await councillor.get('sync')).toMatchObject({ pending: 3 })
  const context = councillor.page.context()
  await councillor.page.close()
  const again = await openWindow(context, town.front)
  await expect.poll(() => kinds(again)).toEqual(['meeting-prepared', 'person-arrived', 'eins', 'zwei'])
  expect(await again.write(meetingId, note('drei'))).toMatchObject({ ok: true })
  await reconnect(town, again, clerk)
  const all = ['meeting-prepared', 'person-arrived', 'eins', 'zwei', 'drei']
  await expect.poll(() => kinds(clerk)).toEqual(all)
  await expect.poll(async () => (await again.log(meetingId))?.some(({ pending }) => pending)).toBe(false)
  const events = await eventsAtHub(town)
  const own = events.filter(({ author }) => author.person !== null)
  expect(own.map(({ offline }) => offline)).toEqual([true, true, true, true])
  expect(placesOf(events, own[0]!.author.key)).toEqual([1, 2, 3, 4])
  const times = own.slice(0, 3).map(({ _id }) => parseInt(_id.split(':')[2]!.slice(0, 12), 16))
  for (const time of times) expect(time >= before && time <= after).toBe(true)
})
