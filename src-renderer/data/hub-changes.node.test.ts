import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp, restore } from '../../src-main/hub/backup.ts'
import { makeFolder, startTestHub } from '../../src-main/hub/testing/hub.ts'
import type { Paper } from '../../shared/oparl/index.ts'
import type { Window } from './testing/devices.suite.ts'
import { prepareTowns } from './testing/journey.suite.ts'
import { paper, put } from './testing/town.suite.ts'

const { openTown } = prepareTowns()

const nameOf = async (window: Window, id: string): Promise<string | undefined> =>
  (await window.entry<Paper>(id))?.record.name

test('a hub that restarts is followed again, with what changed on both sides meanwhile', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  await window.call('save', paper('here'))
  await put(town.hub, [paper('there')])
  await town.hub.stop()
  const again = await startTestHub({ folder: town.hub.folder })
  town.front.leadTo(again.origin)
  await window.untilLive()
  await window.untilReceived()
  await expect.poll(() => nameOf(window, 'paper:there')).toBe('Vorlage there')
  expect(await (await again.store.open('office')).get('paper:here')).toMatchObject({ name: 'Vorlage here' })
})

test('a gap of more changes than the socket carries is closed by replication', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  const office = await town.hub.store.open('office')
  await office.write(Array.from({ length: 400 }, (_, place) => ({ ...paper(`many-${place}`) })))
  town.front.leadTo(town.hub.origin)
  await window.untilLive()
  await expect.poll(async () => (await window.entries({ type: 'paper' }))?.length).toBe(400)
})

test('after a restore the device starts afresh, and sends what it had saved and not yet sent', async () => {
  const town = await openTown()
  await put(town.hub, [paper('kept'), paper('edited')])
  const window = await town.device(await town.clerk())
  const backup = join(await makeFolder(), 'backup')
  await backUp(town.hub.folder, backup)
  await put(town.hub, [paper('after-backup')])
  await expect.poll(() => nameOf(window, 'paper:after-backup')).toBe('Vorlage after-backup')
  await expect.poll(() => nameOf(window, 'paper:edited')).toBe('Vorlage edited')
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  await window.call('save', { ...(await window.entry<Paper>('paper:edited'))!.record, name: 'Ohne Netz' })
  await window.call('save', paper('new'))
  await town.hub.stop()
  const folder = join(await makeFolder(), 'restored')
  await restore(backup, folder)
  const restored = await startTestHub({ folder })
  town.front.leadTo(restored.origin)
  await window.untilLive()
  await window.untilReceived()
  await expect.poll(() => nameOf(window, 'paper:after-backup')).toBeUndefined()
  await expect
    .poll(async () => (await window.entries<'paper'>({ type: 'paper' }))?.map(({ record }) => record.name))
    .toEqual(['Ohne Netz', 'Vorlage kept', 'Vorlage new'])
  const office = await restored.store.open('office')
  expect(await office.get('paper:edited')).toMatchObject({ name: 'Ohne Netz' })
  expect((await office.openRevisions('paper:edited', 'all')).found).toHaveLength(1)
})

test('documents of a closed term come as packs: shown, searched, edited and withdrawn like all others', async () => {
  const town = await openTown()
  const closed = { _id: 'legislative-term:old', type: 'legislative-term', schema: 1 } as const
  const stamps = { created: '2019-01-01T00:00:00Z', modified: '2019-01-01T00:00:00Z' }
  const before = { term: closed._id, name: 'Schwimmbad', reference: '12/2020' }
  await put(town.hub, [
    { ...closed, ...stamps, body: 'body:town', name: '2019 bis 2024', startDate: '2019-07-01', endDate: '2024-06-30' },
    ...Array.from({ length: 5 }, (_, place) => paper(`old-${place}`, { ...before, name: `Schwimmbad ${place}` })),
    paper('now', { name: 'Schwimmbad heute' }),
  ])
  const window = await town.device(await town.clerk())
  await expect.poll(async () => (await window.entries({ type: 'paper' }))?.length).toBe(6)
  const hits = await window.call('search', 'schwimm', 10)
  expect(hits.map(({ title }) => title)).toEqual(['Schwimmbad heute', ...[0, 1, 2, 3, 4].map((n) => `Schwimmbad ${n}`)])
  expect(hits.at(-1)).toEqual({ id: 'paper:old-4', type: 'paper', title: 'Schwimmbad 4', detail: '12/2020' })
  expect(await window.call('search', 'SCHWIMMBAD 3', 10)).toHaveLength(1)
  await expect.poll(() => nameOf(window, 'paper:old-2')).toBe('Schwimmbad 2')
  await window.call('save', { ...(await window.entry<Paper>('paper:old-2'))!.record, name: 'Freibad' })
  await window.untilReceived()
  const office = await town.hub.store.open('office')
  expect((await office.openRevisions('paper:old-2', 'all')).found).toMatchObject([{ name: 'Freibad' }])
  await expect.poll(() => nameOf(window, 'paper:old-2')).toBe('Freibad')
  const { _rev } = (await office.get('paper:old-3'))!
  await office.write([{ _id: 'paper:old-3', _rev, _deleted: true }])
  await expect.poll(async () => (await window.entries({ type: 'paper' }))?.length).toBe(5)
  expect((await window.call('search', 'schwimmbad', 10)).map(({ id }) => id).sort()).toEqual([
    ...['paper:now', 'paper:old-0', 'paper:old-1', 'paper:old-4'],
  ])
  expect(await window.ask('dumpIndexedDb')).not.toContain('Schwimmbad')
})
