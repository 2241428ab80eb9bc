import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { minutesRoom, textUpdateId, textUpdateRange } from '../../shared/council/text-update.ts'
import { paths } from '../../shared/hub-api/contract.ts'
import { join } from 'node:path'
import { backUp, restore } from '../../src-main/hub/backup.ts'
import { makeFolder, startTestHub } from '../../src-main/hub/testing/hub.ts'
import { makeProfile, openPersistentDevice, openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'

const { openTown } = prepareTowns()
const room = minutesRoom('meeting:council')
const patience = { timeout: 60_000 }

const wordsOf = async (window: Window): Promise<string> => (await window.text(room)).words
const ready = (window: Window): Promise<void> =>
  expect.poll(async () => (await window.text(room)).phase, patience).toBe('ready')
const received = (window: Window): Promise<void> =>
  expect.poll(() => window.text(room), patience).toMatchObject({ isStored: true, pending: 0, refusal: undefined })

async function storedAt({ hub }: Town): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await (await hub.store.open('office')).list({ ...textUpdateRange(room), includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [doc] : []))
}

test('two devices write together, one of them offline for a while, and nothing is lost', async () => {
  const town = await openTown()
  const outside = await town.anotherFront()
  const recorder = await town.device(await town.clerk())
  const deputy = await town.device(await town.clerk(), undefined, outside)
  for (const window of [recorder, deputy]) await ready(window)
  await recorder.type(room, 'Beginn. ')
  await expect.poll(() => wordsOf(deputy), patience).toBe('Beginn. ')
  await received(recorder)

  outside.leadTo(undefined)
  await expect.poll(async () => (await deputy.get('sync')).phase, patience).toBe('offline')
  await deputy.type(room, 'Unterwegs geschrieben. ')
  await recorder.type(room, 'Im Saal geschrieben. ')
  await expect.poll(() => deputy.text(room), patience).toMatchObject({ isStored: true, pending: 1 })
  await received(recorder)
  expect(await wordsOf(deputy)).toBe('Beginn. Unterwegs geschrieben. ')

  outside.leadTo(town.hub.origin)
  await deputy.page.evaluate("dispatchEvent(new Event('online'))")
  for (const window of [recorder, deputy])
    for (const words of ['Beginn. ', 'Unterwegs geschrieben. ', 'Im Saal geschrieben. '])
      await expect.poll(() => wordsOf(window), patience).toContain(words)
  expect(await wordsOf(deputy)).toBe(await wordsOf(recorder))
  await received(deputy)
})

test('what is typed is sent as few updates, each with its author', async () => {
  const town = await openTown()
  const who = await town.clerk()
  const window = await town.device(who)
  await ready(window)
  for (const letter of 'Die Vorsitzende eröffnet die Sitzung.') await window.type(room, letter)
  await received(window)
  const updates = await storedAt(town)
  expect(updates.length).toBeLessThanOrEqual(5)
  expect(new Set(updates.map(({ author }) => author))).toEqual(new Set([who.session!.account.id]))
})

test('two windows of one device share a text without a network', async () => {
  const town = await openTown()
  const one = await town.device(await town.clerk())
  const two = await openWindow(one.page.context(), town.front)
  for (const window of [one, two]) await ready(window)
  town.front.leadTo(undefined)
  await one.type(room, 'Hier')
  await expect.poll(() => wordsOf(two), patience).toBe('Hier')
  await two.type(room, ' und dort')
  await expect.poll(() => wordsOf(one), patience).toBe('Hier und dort')
  expect(await one.text(room)).toMatchObject({ pending: 2 })
})

test('a browser that starts again without a network has what was written', async () => {
  const town = await openTown()
  const profile = await makeProfile()
  const context = await openPersistentDevice(profile)
  const window = await town.device(await town.clerk(), context)
  await ready(window)
  await window.type(room, 'Beim Hub. ')
  await received(window)
  town.front.leadTo(undefined)
  await window.type(room, 'Nur hier.')
  await expect.poll(() => window.text(room), patience).toMatchObject({ isStored: true, pending: 1 })
  await context.close()

  const reopened = await openPersistentDevice(profile)
  const again = await openWindow(reopened, town.front)
  await expect.poll(() => wordsOf(again), patience).toBe('Beim Hub. Nur hier.')
  await again.type(room, ' Danach.')
  town.front.leadTo(town.hub.origin)
  await again.page.evaluate("dispatchEvent(new Event('online'))")
  await received(again)
  expect(await storedAt(town)).toHaveLength(3)
  await reopened.close()
})

test('a window that is left keeps what was typed the moment before', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  await ready(window)
  const other = await openWindow(window.page.context(), town.front)
  await ready(other)
  await window.page.evaluate(
    `device.type('${room}', 'Zuletzt'); Promise.resolve().then(() => { location.href = 'about:blank' })`,
  )
  await expect.poll(() => wordsOf(other), patience).toBe('Zuletzt')
})

test('who may not write hears why, and nothing of it is stored', async () => {
  const town = await openTown()
  const [clerk, member] = [await town.device(await town.clerk()), await town.device(await town.member())]
  await ready(clerk)
  await clerk.type(room, 'Geheim')
  await received(clerk)
  expect(await member.text(room)).toMatchObject({ words: '' })
  await expect.poll(async () => (await member.text(room)).phase, patience).toBe('absent')
  await member.type(room, 'Untergeschoben')
  await expect.poll(async () => (await member.text(room)).refusal, patience).toBe('no-such-audience')
  expect(await storedAt(town)).toHaveLength(1)
  expect(await member.ask('dumpIndexedDb')).not.toContain(room)
})

test('the hub hands out no byte of it, and takes none, from whoever is not of the administration', async () => {
  const town = await openTown()
  const clerk = await town.device(await town.clerk())
  await ready(clerk)
  await clerk.type(room, 'Geheim')
  await received(clerk)
  const [update] = await storedAt(town)
  const office = paths.database('office')
  const member = await town.member()
  for (const path of [`/${String(update!['_id'])}`, '/_all_docs?include_docs=true', '/_changes?include_docs=true'])
    expect((await member.ask('GET', office + path)).status).toBe(404)
  for (const audience of (await town.hub.store.audiences()).filter((name) => name !== 'office')) {
    const { rows } = await (await town.hub.store.open(audience)).list({ startKey: 'y:', endKey: 'y;' })
    expect([audience, rows]).toEqual([audience, []])
  }
})

test('what the hub folds is the same text on a device that was away, on one that stayed, and on a new one', async () => {
  const town = await openTown()
  const outside = await town.anotherFront()
  const author = await town.clerk()
  const recorder = await town.device(author)
  const deputy = await town.device(await town.clerk(), undefined, outside)
  for (const window of [recorder, deputy]) await ready(window)
  await recorder.type(room, 'Anfang ')
  await expect.poll(() => wordsOf(deputy), patience).toBe('Anfang ')
  outside.leadTo(undefined)
  await deputy.type(room, 'unterwegs ')

  const doc = new Y.Doc()
  const updates: Record<string, unknown>[] = []
  const client = '01J00000000000000000000001'
  doc.on('update', (update: Uint8Array) => {
    const id = textUpdateId({ room, client, clock: updates.length })
    const bytes = Buffer.from(update).toString('base64')
    updates.push({ _id: id, type: 'y', schema: 1, author: author.session!.account.id, update: bytes })
  })
  const letters = 'abcdefghij'.repeat(21)
  for (const letter of letters) doc.getText().insert(doc.getText().length, letter)
  expect((await author.ask('POST', `${paths.database('office')}/_bulk_docs`, { docs: updates })).status).toBe(201)
  await expect.poll(async () => (await storedAt(town)).map((update) => update['author'])).toEqual(['hub'])

  outside.leadTo(town.hub.origin)
  await deputy.page.evaluate("dispatchEvent(new Event('online'))")
  await received(deputy)
  const fresh = await town.device(await town.clerk())
  await ready(fresh)
  for (const window of [recorder, deputy, fresh])
    for (const words of ['Anfang ', 'unterwegs ', letters])
      await expect.poll(() => wordsOf(window), patience).toContain(words)
  expect(new Set([await wordsOf(recorder), await wordsOf(deputy), await wordsOf(fresh)]).size).toBe(1)
  await expect.poll(() => recorder.text(room)).toMatchObject({ pending: 0, refusal: undefined })
})

test('a hub that was restored from a backup gets the text again', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  await ready(window)
  await window.type(room, 'Davor. ')
  await received(window)
  const backup = join(await makeFolder(), 'backup')
  await backUp(town.hub.folder, backup)
  await window.type(room, 'Danach.')
  await received(window)
  await expect.poll(async () => (await storedAt(town)).length).toBe(2)
  await window.untilReceived()

  town.front.leadTo(undefined)
  await town.hub.stop()
  const folder = join(await makeFolder(), 'restored')
  await restore(backup, folder)
  const restored = await startTestHub({ folder })
  town.front.leadTo(restored.origin)
  await window.untilLive()
  await window.untilReceived()
  await expect.poll(async () => (await storedAt({ ...town, hub: restored })).length, patience).toBe(2)
  expect(await wordsOf(window)).toBe('Davor. Danach.')
})
