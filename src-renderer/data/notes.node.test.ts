import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { paths } from '../../shared/hub-api/contract.ts'
import type { Caller } from '../../src-main/hub/testing/hub.ts'
import { resetPassword } from '../../src-main/hub/accounts/reset-password.ts'
import type { OwnNote } from './contract.ts'
import { openDevice, openWindow, type Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'

const { openTown, browser } = prepareTowns()
const item = 'agenda-item:open'
/** A word that stands nowhere but in a note. */
const word = 'Quittengelee'
const kept = (text: string): OwnNote => ({ text, pending: false })

const save = async (window: Window, text: string, before = ''): Promise<void> =>
  expect(await window.call('saveNote', item, text, before)).toEqual({ ok: true })

/** Files below a folder that hold a word, as UTF-8 or as UTF-16. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (needles.some((needle) => bytes.includes(needle))) found.push(path)
  }
  return found
}

const audienceOf = ({ session }: Caller): `user-${string}` => `user-${session!.account.id}`

async function storedNotes(town: Town, who: Caller): Promise<readonly Record<string, unknown>[]> {
  const store = await town.hub.store.open(audienceOf(who))
  const { rows } = await store.list({ startKey: 'note:', endKey: 'note;', includeDocs: true })
  return rows.flatMap(({ doc }) => (doc ? [doc] : []))
}

test('a note is on the other devices of the person, whichever wrote it, and sealed at the hub', async () => {
  const town = await openTown()
  const mia = await town.member()
  const one = await town.device(mia)
  await save(one, word)
  expect((await one.notes()).texts).toEqual({ [item]: expect.objectContaining({ text: word }) as OwnNote })
  await one.untilReceived()
  await expect.poll(async () => (await one.notes()).texts).toEqual({ [item]: kept(word) })

  const two = await town.device(mia)
  await expect.poll(async () => (await two.notes()).texts).toEqual({ [item]: kept(word) })
  await save(two, `${word} nachfragen`, word)
  await expect.poll(async () => (await one.notes()).texts).toEqual({ [item]: kept(`${word} nachfragen`) })
  const [stored, ...others] = await storedNotes(town, mia)
  expect(others).toEqual([])
  expect(Object.keys(stored!).sort()).toEqual(['_id', '_rev', 'content', 'notebook', 'schema', 'type'])
  expect(JSON.stringify(stored)).not.toContain(item)
})

test('without a network a note is kept, says so, and is sent later', async () => {
  const town = await openTown()
  const mia = await town.member()
  const [one, two] = [await town.device(mia), await town.device(mia)]
  town.front.leadTo(undefined)
  await save(one, 'unterwegs')
  expect((await one.notes()).texts).toEqual({ [item]: { text: 'unterwegs', pending: true } })
  expect((await one.get('sync')).pending).toBeGreaterThan(0)
  town.front.leadTo(town.hub.origin)
  await expect.poll(async () => (await two.notes()).texts).toEqual({ [item]: kept('unterwegs') })
  await expect.poll(async () => (await one.notes()).texts).toEqual({ [item]: kept('unterwegs') })
})

test('what two devices write at the same time is shown together on both, and becomes one note again', async () => {
  const town = await openTown()
  const mia = await town.member()
  const [one, two] = [await town.device(mia), await town.device(mia)]
  await save(one, 'Anfang')
  await expect.poll(async () => (await two.notes()).texts).toEqual({ [item]: kept('Anfang') })
  town.front.leadTo(undefined)
  await save(one, 'Eins', 'Anfang')
  await save(two, 'Zwei', 'Anfang')
  town.front.leadTo(town.hub.origin)
  const shown = async (window: Window) => (await window.notes()).texts[item]
  for (const window of [one, two]) {
    await expect.poll(async () => (await shown(window))?.text).toMatch(/Eins/)
    await expect.poll(async () => (await shown(window))?.text).toMatch(/Zwei/)
  }
  const joined = (await shown(one))!.text
  expect((await shown(two))!.text).toBe(joined)
  await save(one, 'Geordnet', joined)
  await expect.poll(() => shown(two)).toEqual(kept('Geordnet'))
  expect(await storedNotes(town, mia)).toHaveLength(1)
})

test('both devices may begin the first note of a person without a network', async () => {
  const town = await openTown()
  const mia = await town.member()
  const [one, two] = [await town.device(mia), await town.device(mia)]
  town.front.leadTo(undefined)
  await save(one, 'Eins')
  await save(two, 'Zwei')
  town.front.leadTo(town.hub.origin)
  for (const window of [one, two])
    for (const text of ['Eins', 'Zwei'])
      await expect.poll(async () => (await window.notes()).texts[item]?.text).toContain(text)
})

test('no word of a note leaves the person’s devices, nor lies readable on them', async () => {
  const town = await openTown()
  const [mia, clerk] = [await town.member(), await town.clerk()]
  const window = await town.device(mia)
  await save(window, word)
  await window.untilReceived()
  expect(await storedNotes(town, mia)).toHaveLength(1)
  const dump = String(await window.ask('dumpIndexedDb'))
  const readable = [word, '"key":"AES-GCM","extractable":true'].filter((text) => dump.includes(text))
  expect(readable).toEqual([])
  expect(await filesWith(town.hub.folder, 'note:')).not.toEqual([])
  expect(await filesWith(town.hub.folder, word)).toEqual([])
  expect(town.hub.log()).not.toContain(word)

  const desk = await town.device(clerk)
  expect((await desk.notes()).texts).toEqual({})
  expect(await desk.call('search', word, 5)).toEqual([])
  expect(await desk.ask('dumpIndexedDb')).not.toContain(audienceOf(mia))
  for (const stranger of [clerk, town.admin]) {
    const database = paths.database(audienceOf(mia))
    expect((await stranger.ask('GET', `${database}/_all_docs?include_docs=true`)).status).toBe(404)
  }
})

test('a new password opens the notes where the old one had been used, and from there everywhere', async () => {
  const town = await openTown()
  const mia = await town.member()
  const { login } = mia.session!.account
  const one = await town.device(mia)
  await save(one, word)
  await one.untilReceived()
  const reset = await resetPassword(town.hub.folder, login)
  await expect.poll(async () => (await one.get('session')).kind).toBe('signed-out')

  const elsewhere = await openWindow(await openDevice(browser()), town.front)
  expect(await elsewhere.call('signIn', login, reset.password)).toMatchObject({ ok: true })
  await expect.poll(() => elsewhere.notes()).toEqual({ phase: 'ready', sealed: 1, texts: {} })

  expect(await one.call('signIn', login, reset.password)).toMatchObject({ ok: true })
  await expect.poll(async () => (await one.notes()).texts).toEqual({ [item]: kept(word) })
  await expect.poll(async () => (await elsewhere.notes()).texts).toEqual({ [item]: kept(word) })
})
