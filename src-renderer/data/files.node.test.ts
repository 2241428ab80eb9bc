import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { OparlFile } from '../../shared/oparl/index.ts'
import { upload } from './testing/hub-files.suite.ts'
import type { Window } from './testing/devices.suite.ts'
import { prepareTowns, type Town } from './testing/journey.suite.ts'
import { meeting, paper, published, put, term } from './testing/town.suite.ts'

const { openTown } = prepareTowns()

const soon = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString()

/** A file that the hub has, and a record of it. */
async function addToHub(town: Town, key: string, text: string): Promise<OparlFile> {
  const bytes = Buffer.from(text)
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  await upload(town.hub, town.admin, sha512, bytes)
  const stamps = { schema: 1, created: soon, modified: soon } as const
  const envelope = { _id: `file:${key}`, type: 'file', ...stamps } as const
  const file: OparlFile = {
    ...{ ...envelope, name: key, fileName: `${key}.txt`, mimeType: 'text/plain', size: bytes.length, sha512 },
  }
  await put(town.hub, [file])
  return file
}

const stateOf = (window: Window, sha512: string): Promise<unknown> =>
  window.page.evaluate(`device.data.fileState(${JSON.stringify(sha512)})`)

const textOf = (window: Window, file: OparlFile): Promise<unknown> =>
  window.page.evaluate(
    `device.data.openFile(${JSON.stringify(file)}).then((found) => (found.ok ? found.value.text() : found.failure))`,
  )

const consultation = (file: OparlFile) => ({
  ...{ _id: 'consultation:one', type: 'consultation', schema: 1, created: soon, modified: soon },
  ...{ paper: `paper:${file.name}`, term: term._id, organization: ['organization:main'], meeting: 'meeting:next' },
})

test('papers of coming meetings are fetched ahead, pinned and read without a network; others on demand', async () => {
  const town = await openTown()
  const ahead = await addToHub(town, 'ahead', 'Vorlage im Voraus')
  const later = await addToHub(town, 'later', 'Vorlage auf Abruf')
  const forEverybody = { publication: published }
  await put(town.hub, [
    meeting('next', { start: soon }),
    paper('ahead', { mainFile: ahead._id, ...forEverybody }),
    paper('later', { mainFile: later._id, ...forEverybody }),
    consultation(ahead) as never,
  ])
  const window = await town.device(await town.member())
  await expect.poll(() => stateOf(window, ahead.sha512)).toEqual({ held: 'here', pinned: true })
  expect(await stateOf(window, later.sha512)).toEqual({ held: 'not-here', pinned: false })
  expect(await textOf(window, later)).toBe('Vorlage auf Abruf')
  await expect.poll(() => stateOf(window, later.sha512)).toEqual({ held: 'here', pinned: false })
  town.front.leadTo(undefined)
  expect(await textOf(window, ahead)).toBe('Vorlage im Voraus')
  await window.call('setQuota', ahead.size + 1)
  await expect.poll(() => stateOf(window, later.sha512)).toEqual({ held: 'not-here', pinned: false })
  expect(await textOf(window, later)).toBe('offline')
  expect(await window.get('storage')).toEqual({ used: ahead.size, pinned: ahead.size, quota: ahead.size + 1 })
})

test('bytes of closed papers are sealed, and go with the audience', async () => {
  const town = await openTown()
  const secret = await addToHub(town, 'secret', 'Kaufpreis: 4711')
  await put(town.hub, [
    meeting('next', { start: soon }),
    paper('secret', { mainFile: secret._id, public: false, publication: published }),
    consultation(secret) as never,
  ])
  const window = await town.device(await town.member())
  await expect.poll(() => stateOf(window, secret.sha512)).toEqual({ held: 'here', pinned: true })
  expect(await textOf(window, secret)).toBe('Kaufpreis: 4711')
  expect(await window.ask('dumpIndexedDb')).not.toContain('4711')
  const membership = (await (await town.hub.store.open('office')).get('membership:member'))!
  await put(town.hub, [{ ...membership, endDate: '2025-01-01' } as never])
  await expect.poll(() => stateOf(window, secret.sha512)).toEqual({ held: 'not-here', pinned: false })
  expect(await textOf(window, secret)).toBe('not-found')
})

test('a file added without a network is kept, sent before the records that name it, and read elsewhere', async () => {
  const town = await openTown()
  const clerk = await town.clerk()
  const window = await town.device(clerk)
  town.front.leadTo(undefined)
  await expect.poll(async () => (await window.get('sync')).phase).toBe('offline')
  const added = (await window.ask('addText', 'Beschlussvorlage', 'vorlage.txt', 'text/plain')) as { value: OparlFile }
  const file = added.value
  expect(await stateOf(window, file.sha512)).toEqual({ held: 'here', pinned: true })
  await window.call('save', paper('with-file', { mainFile: file._id }))
  expect(await window.get('sync')).toMatchObject({ pending: 2 })
  town.front.leadTo(town.hub.origin)
  await window.untilLive()
  await window.untilReceived()
  const other = await town.device(clerk)
  await expect.poll(async () => (await other.entry(file._id))?.record).toMatchObject({ mimeType: 'text/plain' })
  expect(await textOf(other, file)).toBe('Beschlussvorlage')
})

test('a file of a type that the hub does not take is refused with the reason, and can be taken back', async () => {
  const town = await openTown()
  const window = await town.device(await town.clerk())
  const added = (await window.ask('addText', 'MZ\u0000\u0001 kein Dokument', 'programm.exe', '')) as {
    value: OparlFile
  }
  const id = added.value._id
  await expect
    .poll(async () => (await window.get('sync')).refused)
    .toEqual([
      {
        id,
        audience: 'office',
        refusal: { reason: 'invalid', faults: [{ field: 'mimeType', message: 'unsupported-type' }] },
      },
    ])
  await window.call('revert', id)
  await expect.poll(() => stateOf(window, added.value.sha512)).toEqual({ held: 'not-here', pinned: false })
})
