import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MeetingEvent } from '../../shared/council/meeting-event.ts'
import { paths } from '../../shared/hub-api/contract.ts'
import { backUp, restore } from '../../src-main/hub/backup.ts'
import { makeFolder, startTestHub } from '../../src-main/hub/testing/hub.ts'
import { openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'
import { arrival, eventsAtHub, meetingId, note, organizationAudience, prepared } from './testing/meeting.suite.ts'
import { committee, meeting, member, put } from './testing/town.suite.ts'

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
  expect(await councillor.write(meetingId, arrival)).toMatchObject({ ok: true })
  await expect.poll(async () => (await clerk.course(meetingId)).here).toEqual(['person:member'])
  expect(await clerk.write(meetingId, { kind: 'meeting-opened' })).toMatchObject({ ok: true })
  await expect.poll(async () => (await councillor.course(meetingId)).phase).toBe('open')
  for (const window of [clerk, councillor]) {
    await expect.poll(() => kinds(window)).toEqual(['meeting-prepared', 'person-arrived', 'meeting-opened'])
    await expect.poll(async () => (await window.log(meetingId))?.some(({ pending }) => pending)).toBe(false)
  }
  expect(await clerk.course(meetingId)).toEqual(await councillor.course(meetingId))
  const events = await eventsAtHub(town)
  expect(events.map(({ place, offline }) => [place, offline])).toEqual([
    [1, undefined],
    [1, undefined],
    [2, undefined],
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

test('an event that the hub refuses is shown with its refusal, and those after it take its place in the chain', async () => {
  const town = await openTown()
  const author = await town.clerk()
  const window = await town.device(author)
  await expect.poll(() => window.log(meetingId)).toEqual([])
  await window.write(meetingId, prepared())
  await expect.poll(async () => (await window.log(meetingId))?.map(({ pending }) => pending)).toEqual([false])
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  await window.write(meetingId, note('vorher'))
  const roles = { roles: ['clerk', 'chair'] }
  expect((await town.admin.tell('PATCH', paths.account(author.session!.account.id), roles)).status).toBe(200)
  await reconnect(town, window)
  await expect.poll(async () => (await window.log(meetingId))?.[1]?.refusal?.reason).toBe('role')
  expect(await window.write(meetingId, note('nachher'))).toMatchObject({ ok: true, value: { place: 2 } })
  await expect.poll(async () => (await eventsAtHub(town)).map(({ place }) => place)).toEqual([1, 2])
  expect(await kinds(window)).toEqual(['meeting-prepared', 'vorher', 'nachher'])
  await window.untilReceived()
  const refused = (await window.log(meetingId))!.find(({ refusal }) => refusal)!
  await window.call('revert', refused.event._id)
  await expect.poll(() => kinds(window)).toEqual(['meeting-prepared', 'nachher'])
})

test('what the hub refused does not decide who may read the next event', async () => {
  const town = await openTown()
  const author = await town.clerk()
  const window = await town.device(author)
  await expect.poll(() => window.log(meetingId)).toEqual([])
  const item = 'agenda-item:closed'
  await window.write(meetingId, prepared({ agenda: [{ item, public: false, matter: 'ordinary' }] }))
  await expect.poll(async () => (await window.log(meetingId))?.map(({ pending }) => pending)).toEqual([false])
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  await window.write(meetingId, { kind: 'conflict-declared', person: 'person:member', item, away: 'room' })
  // Until the hub refuses it somebody is kept out, and this one is for the circle of the item.
  const kept = await window.write(meetingId, { kind: 'note-added', text: 'vorher', item })
  expect(kept).toMatchObject({ ok: false, failure: { reason: 'no-such-audience' } })
  const roles = { roles: ['clerk', 'chair'] }
  expect((await town.admin.tell('PATCH', paths.account(author.session!.account.id), roles)).status).toBe(200)
  await reconnect(town, window)
  await expect.poll(async () => (await window.log(meetingId))?.[1]?.refusal?.reason).toBe('role')
  expect(await window.write(meetingId, { kind: 'note-added', text: 'nachher', item })).toMatchObject({ ok: true })
  await expect.poll(async () => (await eventsAtHub(town)).length).toBe(2)
})

test('of several that are sent together the one that is refused is left out of the chain, and the others keep their ids', async () => {
  const { town, clerk } = await openRoom()
  town.front.leadTo(undefined)
  await expect.poll(async () => (await clerk.get('sync')).phase).toBe('offline')
  const ids: string[] = []
  for (const text of ['eins', 'zwei', 'drei']) {
    const written = await clerk.write(meetingId, note(text))
    if (written.ok) ids.push(written.value._id)
  }
  // Somebody else's content under the id of the second: the hub appends only, and has to refuse ours.
  const [first] = await eventsAtHub(town)
  const store = await town.hub.store.open(organizationAudience)
  const { _rev, ...taken } = { ...first!, _id: ids[1]!, author: { ...first!.author, key: 'f'.repeat(64) } }
  await store.write([taken])
  await reconnect(town, clerk)
  await clerk.untilReceived()
  const own = (await eventsAtHub(town)).filter(({ author }) => author.key === first!.author.key)
  expect(own.map(({ _id, place }) => [_id, place])).toEqual([
    [first!._id, 1],
    [ids[0], 2],
    [ids[2], 3],
  ])
})

test('a receipt that never came doubles nothing, though the hub is another process when it is asked again', async () => {
  const { town, clerk } = await openRoom()
  town.front.swallowAnswers()
  const written = await clerk.write(meetingId, note('unbestätigt'))
  await expect.poll(async () => (await eventsAtHub(town)).length).toBe(2)
  expect((await clerk.log(meetingId))?.at(-1)).toMatchObject({ pending: true })
  town.front.leadTo(undefined)
  await town.hub.stop()
  const again = await startTestHub({ folder: town.hub.folder })
  town.front.leadTo(again.origin)
  await clerk.untilLive()
  expect(await clerk.write(meetingId, note('danach'))).toMatchObject({ ok: true })
  await clerk.untilReceived()
  const events = await eventsAtHub({ ...town, hub: again })
  expect(events.map(({ _id, place, offline }) => [_id, place, offline]).slice(1, 2)).toEqual([
    [written.ok && written.value._id, 2, undefined],
  ])
  expect(events.map(({ place }) => place)).toEqual([1, 2, 3])
  expect(await kinds(clerk)).toEqual(['meeting-prepared', 'unbestätigt', 'danach'])
})

test('a restored hub gets what it has lost from the devices that wrote it, unchanged', async () => {
  const { town, clerk, councillor } = await openRoom()
  const backup = join(await makeFolder(), 'backup')
  await backUp(town.hub.folder, backup)
  expect(await councillor.write(meetingId, arrival)).toMatchObject({ ok: true })
  for (const text of ['eins', 'zwei']) await clerk.write(meetingId, note(text))
  const all = ['meeting-prepared', 'person-arrived', 'eins', 'zwei']
  for (const window of [clerk, councillor]) await expect.poll(() => kinds(window)).toEqual(all)
  for (const window of [clerk, councillor]) await window.untilReceived()
  const before = await eventsAtHub(town)
  town.front.leadTo(undefined)
  await town.hub.stop()
  const folder = join(await makeFolder(), 'restored')
  await restore(backup, folder)
  const restored = await startTestHub({ folder })
  town.front.leadTo(restored.origin)
  for (const window of [clerk, councillor]) {
    await window.untilLive()
    await window.untilReceived()
  }
  for (const window of [clerk, councillor]) await expect.poll(() => kinds(window)).toEqual(all)
  expect(await eventsAtHub({ ...town, hub: restored })).toEqual(before)
})

test('a joint meeting is one chain, though its events come by the audiences of both bodies', async () => {
  const town = await openTown()
  const other = { ...committee, _id: 'organization:other', name: 'Bauausschuss' }
  await put(town.hub, [other, meeting('joint', { organization: [committee._id, other._id] })])
  const clerk = await town.device(await town.clerk())
  await expect.poll(() => clerk.log('meeting:joint')).toEqual([])
  await clerk.write('meeting:joint', prepared({ organizations: [committee._id, other._id] }))
  for (const text of ['eins', 'zwei', 'drei']) {
    await clerk.write('meeting:joint', note(text))
    await clerk.untilReceived()
  }
  const placesIn = async (audience: 'org-main' | 'org-other'): Promise<number[]> => {
    const { rows } = await (
      await town.hub.store.open(audience)
    ).list({ startKey: 'event:', endKey: 'event;', includeDocs: true })
    return rows.map(({ doc }) => Number(doc?.['place']))
  }
  for (const audience of ['org-main', 'org-other'] as const)
    await expect.poll(() => placesIn(audience)).toEqual([1, 2, 3, 4])
  expect(await clerk.log('meeting:joint')).toHaveLength(4)
  expect((await clerk.verify('meeting:joint')).faults).toEqual([])
})

test('who belongs to the second body of a joint meeting alone takes part in it, and corrects what they wrote', async () => {
  const town = await openTown()
  const other = { ...committee, _id: 'organization:other', name: 'Bauausschuss' }
  const organizations = [other._id, committee._id]
  await put(town.hub, [other, meeting('joint', { organization: organizations })])
  const [clerk, councillor] = [await town.device(await town.clerk()), await town.device(await town.member())]
  for (const window of [clerk, councillor]) await expect.poll(() => window.log('meeting:joint')).toEqual([])
  await clerk.write('meeting:joint', prepared({ organizations }))
  await expect.poll(async () => (await councillor.log('meeting:joint'))?.length).toBe(1)
  const arrived = await councillor.write('meeting:joint', arrival)
  expect(arrived).toMatchObject({ ok: true, value: { place: 1 } })
  await expect.poll(async () => (await clerk.course('meeting:joint')).here).toEqual([member._id])
  const replaces = arrived.ok ? arrived.value._id : ''
  expect(await councillor.write('meeting:joint', { kind: 'corrected', replaces })).toMatchObject({
    ...{ ok: true, value: { place: 2 } },
  })
  await expect.poll(async () => (await clerk.course('meeting:joint')).here).toEqual([])
  for (const window of [clerk, councillor]) expect((await window.verify('meeting:joint')).faults).toEqual([])
})

test('events of closed audiences are sealed on disk, those that wait as well, and end with their audience', async () => {
  const { town, clerk, councillor } = await openRoom()
  await clerk.write(meetingId, note('Empfangenes Wort'))
  await expect.poll(() => kinds(councillor)).toContain('Empfangenes Wort')
  town.front.leadTo(undefined)
  await expect.poll(async () => (await councillor.get('sync')).phase).toBe('offline')
  await councillor.write(meetingId, note('Wartendes Wort'))
  const dump = String(await councillor.ask('dumpIndexedDb'))
  expect(dump).toContain('event:next:')
  expect(dump).toContain('{"key":"Ed25519","extractable":false}')
  expect(dump).not.toContain('Empfangenes')
  expect(dump).not.toContain('Wartendes')
  const office = await town.hub.store.open('office')
  const membership = (await office.get('membership:member'))!
  await office.write([{ ...membership, endDate: '2025-01-01' }])
  await reconnect(town, councillor)
  await expect.poll(() => councillor.log(meetingId)).toEqual([])
  expect(await councillor.ask('dumpIndexedDb')).not.toContain('event:next:')
  expect(await councillor.write(meetingId, note('zu spät'))).toMatchObject({ ok: false })
  await councillor.call('signOut', { purge: true })
  expect(await councillor.ask('dumpIndexedDb')).not.toContain('Ed25519')
})

test('checking a log names what was changed, and what was taken out', async () => {
  const { town, clerk, councillor } = await openRoom()
  for (const text of ['eins', 'zwei', 'drei', 'vier']) await clerk.write(meetingId, note(text))
  await councillor.write(meetingId, arrival)
  await expect.poll(async () => (await kinds(councillor))?.length).toBe(6)
  await expect.poll(async () => (await councillor.log(meetingId))?.some(({ pending }) => pending)).toBe(false)
  const sound = await councillor.verify(meetingId)
  expect(sound).toMatchObject({ events: 6, chains: 2, faults: [] })
  expect(await clerk.verify(meetingId)).toEqual(sound)
  const events = await eventsAtHub(town)
  const [changed, removed] = ['eins', 'drei'].map((text) =>
    events.find(({ body }) => body.kind === 'note-added' && body.text === text),
  )
  const store = await town.hub.store.open(organizationAudience)
  await store.write([{ ...changed!, body: note('gefälscht') }])
  await expect.poll(() => kinds(councillor)).toContain('gefälscht')
  await store.write([{ _id: removed!._id, _rev: removed!._rev, _deleted: true }])
  const context = councillor.page.context()
  await expect.poll(async () => (await councillor.verify(meetingId)).faults.length).toBeGreaterThan(0)
  await councillor.page.close()
  const again = await openWindow(context, town.front)
  await expect.poll(async () => (await kinds(again))?.length).toBe(5)
  const { faults } = await again.verify(meetingId)
  expect(faults).toContainEqual(expect.objectContaining({ kind: 'forged', event: changed!._id, place: 2 }))
  const after = events.find(({ body }) => body.kind === 'note-added' && body.text === 'vier')
  expect(faults).toContainEqual(expect.objectContaining({ kind: 'missing', event: after!._id, place: 5 }))
})

test('another key of the hub than the one first seen is shown as a fault', async () => {
  const { town, clerk } = await openRoom()
  expect(await clerk.verify(meetingId)).toMatchObject({ faults: [] })
  await clerk.page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('ratssaal-device')
    opening.onsuccess = () => {
      const values = opening.result.transaction('values', 'readwrite').objectStore('values')
      values.put({ [location.origin]: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=' }, 'hubKeys').onsuccess = () =>
        resolve(opening.result.close())
    }
  })`)
  const { faults } = await clerk.verify(meetingId)
  expect(faults.map(({ kind }) => kind)).toEqual(['uncertified'])
  await reconnect(town, clerk)
  expect((await clerk.verify(meetingId)).faults.map(({ kind }) => kind)).toEqual(['uncertified'])
})
