import { expect, test } from 'vitest'
import { paths } from '../../shared/hub-api/contract.ts'
import type { Paper } from '../../shared/oparl/index.ts'
import { password } from '../../src-main/hub/testing/hub.ts'
import { openDevice, openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'
import { closedWord, committee, meeting, paper, put } from './testing/town.suite.ts'

const { openTown, browser } = prepareTowns()

const nameOf = async (window: Window, id: string): Promise<string | undefined> =>
  (await window.entry<Paper>(id))?.record.name

test('first contact brings everything that the person may read, and nothing else', async () => {
  const town = await openTown()
  const [clerk, councillor] = [await town.device(await town.clerk()), await town.device(await town.member())]
  const items = { type: 'agenda-item', where: { meeting: 'meeting:next' } } as const
  for (const window of [clerk, councillor])
    await expect
      .poll(async () => (await window.entries(items))?.map(({ record, audience }) => [record.name, audience]))
      .toEqual([
        [closedWord, window === clerk ? 'office' : `org-${committee._id.split(':')[1]}`],
        ['Haushalt', window === clerk ? 'office' : 'public'],
      ])
  expect(await councillor.get('sync')).toMatchObject({ phase: 'live', pending: 0, refused: [], progress: null })
})

test('a change on one device is seen on the other as it happens', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const [one, two] = [await town.device(clerk), await town.device(clerk)]
  expect(await two.entries({ type: 'paper' })).toBeUndefined()
  expect(await one.call('save', paper('new'))).toMatchObject({ ok: true })
  await expect.poll(() => nameOf(two, 'paper:new')).toBe('Vorlage new')
  await expect.poll(async () => (await two.entry('paper:new'))?.pending).toBe(false)
  const known = (await two.entry<Paper>('paper:new'))!.record
  await two.call('save', { ...known, name: 'Anders' })
  await expect.poll(() => nameOf(one, 'paper:new')).toBe('Anders')
  expect((await (await town.hub.store.open('office')).openRevisions('paper:new', 'all')).found).toHaveLength(1)
})

test('before the first copy is complete nothing found is no answer', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const window = await openWindow(await openDevice(browser()), town.front)
  await window.page.evaluate(
    `device.data.signIn(${JSON.stringify(clerk.session!.account.login)}, ${JSON.stringify(password)})
      .then(() => void device.entries({ type: 'meeting' }))`,
  )
  await expect.poll(async () => (await window.entries({ type: 'meeting' }))?.length).toBe(1)
  expect(await window.counts({ type: 'meeting' })).not.toContain(0)
  await expect.poll(async () => (await window.get('sync')).filling).toBe(false)
  await expect.poll(() => window.entries({ type: 'file' })).toEqual([])
})

test('what is saved right after signing in is kept, and sent when the first copy has come', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const window = await openWindow(await openDevice(browser()), town.front)
  await expect.poll(() => window.get('town')).not.toBeNull()
  const saved = await window.page.evaluate(
    `device.data.signIn(${JSON.stringify(clerk.session!.account.login)}, ${JSON.stringify(password)})
      .then(() => device.data.save(${JSON.stringify(paper('early'))}))`,
  )
  expect(saved).toMatchObject({ ok: true })
  await window.untilLive()
  await window.untilReceived()
  expect(await (await town.hub.store.open('office')).get('paper:early')).toMatchObject({ name: 'Vorlage early' })
})

test('what a search finds changes with the records, and windows hear of it', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const [one, two] = [await town.device(clerk), await town.device(clerk)]
  expect(await two.call('search', 'Drachenboot', 5)).toEqual([])
  const before = await two.get('changes')
  await one.call('save', paper('boat', { name: 'Drachenboot' }))
  await expect.poll(() => two.get('changes')).toBeGreaterThan(before)
  await expect
    .poll(async () => (await two.call('search', 'Drachenboot', 5)).map(({ id }) => id))
    .toEqual(['paper:boat'])
})

test('what is saved stays in sight while the hub receives it', async () => {
  const town = await openTown()
  const clerk = await town.device(await town.clerk())
  await expect.poll(() => clerk.entries({ type: 'paper' })).toEqual([])
  for (let place = 0; place < 40; place += 1) await clerk.call('save', paper(`seen-${place}`))
  await clerk.untilReceived()
  await expect.poll(async () => (await clerk.entries({ type: 'paper' }))?.length).toBe(40)
  const counts = await clerk.counts({ type: 'paper' })
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
})

test('what is saved without a network is kept through a restart and sent when it is back', async () => {
  const town = await openTown()
  const clerk = await town.device(await town.clerk())
  town.front.leadTo(undefined)
  await expect.poll(async () => (await clerk.get('sync')).phase).toBe('offline')
  await clerk.call('save', paper('offline'))
  expect(await clerk.entry('paper:offline')).toBeUndefined()
  await expect.poll(async () => (await clerk.entry('paper:offline'))?.pending).toBe(true)
  const context = clerk.page.context()
  await clerk.page.close()
  const again = await openWindow(context, town.front)
  await expect.poll(async () => (await again.get('session')).kind).toBe('signed-in')
  await expect.poll(() => nameOf(again, 'paper:offline')).toBe('Vorlage offline')
  await expect.poll(async () => (await again.entries({ type: 'meeting' }))?.length).toBe(1)
  expect(await again.get('sync')).toMatchObject({ phase: 'offline', pending: 1 })
  town.front.leadTo(town.hub.origin)
  await again.page.evaluate("dispatchEvent(new Event('online'))")
  await again.untilLive()
  await again.untilReceived()
  expect(await (await town.hub.store.open('office')).get('paper:offline')).toMatchObject({ name: 'Vorlage offline' })
  await expect.poll(async () => (await again.entry('paper:offline'))?.pending).toBe(false)
})

/** Both devices know the paper, then edit it without a network, then meet again. */
async function editApart(town: Town, edits: readonly [Partial<Paper>, Partial<Paper>]): Promise<[Window, Window]> {
  await put(town.hub, [paper('shared', { reference: '1/2026' })])
  const clerk = await town.clerk()
  const windows: [Window, Window] = [await town.device(clerk), await town.device(clerk)]
  for (const window of windows) await expect.poll(() => nameOf(window, 'paper:shared')).toBe('Vorlage shared')
  town.front.leadTo(undefined)
  for (const [place, window] of windows.entries()) {
    await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
    const { record } = (await window.entry<Paper>('paper:shared'))!
    expect(await window.call('save', { ...record, ...edits[place] })).toMatchObject({ ok: true })
  }
  town.front.leadTo(town.hub.origin)
  for (const window of windows) {
    await window.untilLive()
    await window.untilReceived()
  }
  return windows
}

const leavesAtHub = async (town: Town, id: string): Promise<number> =>
  (await (await town.hub.store.open('office')).openRevisions(id, 'all')).found.filter((leaf) => !leaf._deleted).length

test('edits of different fields made apart both hold', async () => {
  const town = await openTown()
  const windows = await editApart(town, [{ name: 'Neuer Titel' }, { reference: '7/2026' }])
  for (const window of windows)
    await expect
      .poll(async () => (await window.entry<Paper>('paper:shared'))?.record)
      .toMatchObject({ name: 'Neuer Titel', reference: '7/2026' })
  await expect.poll(() => leavesAtHub(town, 'paper:shared')).toBe(1)
  const merged = await (await town.hub.store.open('office')).get('paper:shared')
  expect(merged).toMatchObject({ name: 'Neuer Titel', reference: '7/2026' })
  expect(merged).not.toHaveProperty('versions')
})

test('edits of one field made apart are both shown, until a person picks one', async () => {
  const town = await openTown()
  const [one, two] = await editApart(town, [{ name: 'Fassung A' }, { name: 'Fassung B' }])
  await expect.poll(() => leavesAtHub(town, 'paper:shared')).toBe(1)
  for (const window of [one, two])
    await expect
      .poll(async () => ((await window.entry<Paper>('paper:shared'))?.record.versions?.['name'] ?? []).toSorted())
      .toEqual(['Fassung A', 'Fassung B'])
  await one.untilReceived()
  const { versions: _, ...settled } = (await one.entry<Paper>('paper:shared'))!.record
  await one.call('save', { ...settled, name: 'Fassung A' })
  for (const window of [one, two]) {
    await expect.poll(() => nameOf(window, 'paper:shared')).toBe('Fassung A')
    await expect.poll(async () => (await window.entry<Paper>('paper:shared'))?.record.versions).toBeUndefined()
  }
})

test('a write that the hub refuses is listed with its reason, can be mended and taken back', async () => {
  const town = await openTown()
  await put(town.hub, [meeting('late', { name: 'Alt' })])
  const clerk = await town.clerk()
  const window = await town.device(clerk)
  await expect.poll(async () => (await window.entry('meeting:late'))?.pending).toBe(false)
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  const { record } = (await window.entry('meeting:late'))!
  await window.call('save', { ...record, name: 'Neu' } as never)
  const demotion = { roles: ['staff'] }
  const changed = await town.admin.tell('PATCH', paths.account(clerk.session!.account.id), demotion)
  expect(changed.status).toBe(200)
  town.front.leadTo(town.hub.origin)
  await expect
    .poll(async () => (await window.get('sync')).refused)
    .toEqual([{ id: 'meeting:late', audience: 'office', refusal: { reason: 'role' } }])
  await expect.poll(async () => (await window.entry('meeting:late'))?.refusal).toEqual({ reason: 'role' })
  await window.call('revert', 'meeting:late')
  await expect.poll(async () => (await window.entry('meeting:late'))?.record).toMatchObject({ name: 'Alt' })
  expect(await window.get('sync')).toMatchObject({ refused: [], pending: 0 })
  const judged = await window.call('save', { ...record, name: 'Noch einmal' } as never)
  expect(judged).toEqual({ ok: false, failure: { reason: 'role' } })
})

test('two windows of a device share one database and one connection', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const one = await town.device(clerk)
  const two = await openWindow(one.page.context(), town.front)
  await two.untilLive()
  await one.call('save', paper('both'))
  await expect.poll(() => nameOf(two, 'paper:both')).toBe('Vorlage both')
  await one.call('setPreference', 'seen', '2026-11-23')
  await one.page.close()
  await two.call('save', paper('second'))
  await two.untilReceived()
  await expect.poll(async () => (await two.entries({ type: 'paper' }))?.length).toBe(2)
})

test('without shared workers one window owns the data, and the next takes over when it is gone', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const context = await openDevice(browser())
  const one = await openWindow(context, town.front, '#without-shared-worker')
  const two = await openWindow(context, town.front, '#without-shared-worker')
  expect(await two.call('signIn', clerk.session!.account.login, password)).toMatchObject({ ok: true })
  for (const window of [one, two]) await window.untilLive()
  await two.call('save', paper('first'))
  await expect.poll(() => nameOf(one, 'paper:first')).toBe('Vorlage first')
  await expect.poll(async () => (await two.entries({ type: 'paper' }))?.length).toBe(1)
  await one.page.close()
  await two.call('save', paper('second'))
  await expect.poll(async () => (await two.entries({ type: 'paper' }))?.length).toBe(2)
  await two.untilReceived()
})
