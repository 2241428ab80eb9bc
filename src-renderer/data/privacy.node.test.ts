import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { paths } from '../../shared/hub-api/contract.ts'
import { password } from '../../src-main/hub/testing/hub.ts'
import { makeProfile, openPersistentDevice, openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns } from './testing/journey.suite.ts'
import { closedWord, committee, paper, put } from './testing/town.suite.ts'

const { openTown } = prepareTowns()

const seesClosedItem = async (window: Window): Promise<boolean> =>
  (await window.entry('agenda-item:closed'))?.record._id === 'agenda-item:closed'

/** Files of a browser profile that hold a text, as UTF-8 or as UTF-16, in which IndexedDB writes some strings. */
async function filesWith(profile: string, text: string): Promise<string[]> {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  const found: string[] = []
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (needles.some((needle) => bytes.includes(needle))) found.push(path)
  }
  return found
}

test('nothing of a closed audience is plaintext at rest, in no store and in no file of the browser', async () => {
  const town = await openTown()
  const profile = await makeProfile()
  const context = await openPersistentDevice(profile)
  const window = await town.device(await town.member(), context)
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  const dump = String(await window.ask('dumpIndexedDb'))
  expect(dump).toContain('Haushalt')
  expect(dump).toContain('agenda-item:closed')
  expect(dump).toContain('"extractable":false')
  expect(dump).not.toContain(closedWord)
  await context.close()
  expect(await filesWith(profile, 'Haushalt')).not.toEqual([])
  expect(await filesWith(profile, closedWord)).toEqual([])
})

test('what a clerk saves without a network is sealed as well', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  town.front.leadTo(undefined)
  await window.call('save', paper('draft', { name: `Entwurf ${closedWord}`, public: false }))
  await expect.poll(async () => (await window.entry('paper:draft'))?.pending).toBe(true)
  expect(await window.ask('dumpIndexedDb')).not.toContain(closedWord)
})

test('a revoked device forgets everything that is not public, and says why', async () => {
  const town = await openTown()
  const person = await town.member()
  const profile = await makeProfile()
  const context = await openPersistentDevice(profile)
  const window = await town.device(person, context)
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  const { device } = ((await window.get('session')) as { session: { device: { id: string } } }).session
  expect((await town.admin.ask('DELETE', paths.device(device.id))).ok).toBe(true)
  await expect.poll(() => window.get('session')).toEqual({ kind: 'signed-out', because: 'revoked' })
  await expect.poll(() => window.entries({ type: 'agenda-item' })).toEqual([])
  const dump = String(await window.ask('dumpIndexedDb'))
  expect(dump).not.toContain('agenda-item:closed')
  expect(dump).not.toContain('"key":"AES-GCM"')
  expect(await window.page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(2)
  await context.close()
  expect(await filesWith(profile, closedWord)).toEqual([])
})

test('a device that was revoked while it was away forgets at its next contact', async () => {
  const town = await openTown()
  const window = await town.device(await town.member())
  const { device } = ((await window.get('session')) as { session: { device: { id: string } } }).session
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  await town.admin.ask('DELETE', paths.device(device.id))
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  town.front.leadTo(town.hub.origin)
  await expect.poll(() => window.get('session')).toEqual({ kind: 'signed-out', because: 'revoked' })
  expect(await window.ask('dumpIndexedDb')).not.toContain('agenda-item:closed')
})

test('a membership that ends takes its audience along and leaves the rest', async () => {
  const town = await openTown()
  const window = await town.device(await town.member())
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  const office = await town.hub.store.open('office')
  const membership = (await office.get('membership:member'))!
  await put(town.hub, [{ ...membership, endDate: '2025-01-01' } as never])
  await expect.poll(() => seesClosedItem(window)).toBe(false)
  await window.untilLive()
  await expect.poll(async () => (await window.entry('agenda-item:open'))?.record).toMatchObject({ name: 'Haushalt' })
  expect(await window.ask('dumpIndexedDb')).not.toContain(`org-${committee._id.split(':')[1]}`)
})

test('signing out keeps what is sealed for the same person, or purges it when asked', async () => {
  const town = await openTown()
  const person = await town.member()
  const window = await town.device(person)
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  await window.call('signOut', { purge: false })
  expect(await window.get('session')).toEqual({ kind: 'signed-out' })
  await expect.poll(() => window.entries({ type: 'agenda-item' })).toEqual([])
  expect(await window.ask('dumpIndexedDb')).toContain('agenda-item:closed')
  await window.call('signIn', person.session!.account.login, password)
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  await window.call('signOut', { purge: true })
  expect(await window.ask('dumpIndexedDb')).not.toContain('agenda-item:closed')
})

test('what is said of a session that was left does not end the one after it', async () => {
  const town = await openTown()
  const [one, other] = [await town.clerk(), await town.member()]
  const window = await town.device(one)
  const question = town.front.hold(paths.session)
  town.front.leadTo(town.hub.origin)
  await question.isAsked
  await window.call('signOut', { purge: false })
  await window.call('signIn', other.session!.account.login, password)
  question.release()
  await window.untilLive()
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  expect(await window.get('session')).toMatchObject({
    kind: 'signed-in',
    session: { account: { id: other.session!.account.id } },
  })
})

/** Makes the copies of a device as old as they are after so many days without the hub. */
async function age(window: Window, days: number): Promise<void> {
  const seen = new Date(Date.now() - days * 86_400_000).toISOString()
  await window.page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open('ratssaal-device')
    opening.onsuccess = () => {
      const copies = opening.result.transaction('copies', 'readwrite').objectStore('copies')
      copies.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return resolve(opening.result.close())
        cursor.update({ ...cursor.value, seen: '${seen}' })
        cursor.continue()
      }
    }
  })`)
}

test('a lease that ran out ends closed audiences, even without a network', async () => {
  const town = await openTown({ leaseDays: 3 })
  const window = await town.device(await town.member())
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  town.front.leadTo(undefined)
  const context = window.page.context()
  await age(window, 2)
  await window.page.close()
  const soon = await openWindow(context, town.front)
  await expect.poll(() => seesClosedItem(soon)).toBe(true)
  await age(soon, 4)
  await soon.page.close()
  const again = await openWindow(context, town.front)
  await expect.poll(async () => (await again.get('session')).kind).toBe('signed-in')
  await expect
    .poll(async () => (await again.entries({ type: 'agenda-item' }))?.map(({ record }) => record.name))
    .toEqual(['Haushalt'])
  expect(await again.ask('dumpIndexedDb')).not.toContain('agenda-item:closed')
})

test('the lease goes on when nobody is signed in any more', async () => {
  const town = await openTown({ leaseDays: 3 })
  const window = await town.device(await town.member())
  await expect.poll(() => seesClosedItem(window)).toBe(true)
  await window.call('signOut', { purge: false })
  const context = window.page.context()
  await age(window, 4)
  await window.page.close()
  const again = await openWindow(context, town.front)
  await expect.poll(async () => (await again.get('session')).kind).toBe('signed-out')
  expect(await again.ask('dumpIndexedDb')).not.toContain('agenda-item:closed')
})
