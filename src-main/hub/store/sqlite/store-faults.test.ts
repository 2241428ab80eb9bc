import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { cp, mkdtemp, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { openSqliteStore } from '../index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratssaal-faults-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const fileOf = (audience: Audience): string => join(folder, 'audiences', `${audience}.sqlite`)

async function fillStore(): Promise<void> {
  const store = await openSqliteStore({ folder })
  const office = await store.open('office')
  await office.write(Array.from({ length: 200 }, (_, n) => ({ _id: `a:${n}`, text: 'Vorlage '.repeat(50) })))
  await store.close()
}

describe('a store that cannot be used says why', () => {
  it('locked: another process has it open', async () => {
    const script = `
      const { openSqliteStore } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
      await openSqliteStore({ folder: ${JSON.stringify(folder)} })
      console.log('open')
      setInterval(() => {}, 1000)`
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(other, 'close')
    await once(other.stdout, 'data')
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({
      code: 'locked',
      place: join(folder, 'store.sqlite'),
    })
    other.kill('SIGKILL')
    await ended
    await (await openSqliteStore({ folder })).close()
  })

  it('locked: this process has it open', async () => {
    const store = await openSqliteStore({ folder })
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'locked' })
    await store.close()
    await (await openSqliteStore({ folder })).close()
  })

  it('unwritable: the folder cannot be made', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(openSqliteStore({ folder: join(file, 'data') })).rejects.toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('right to write') as string,
    })
  })

  it('damaged: bytes in the middle of a file were changed', async () => {
    await fillStore()
    const handle = await open(fileOf('office'), 'r+')
    await handle.write(Buffer.alloc(8192, 0x5a), 0, 8192, 8192)
    await handle.close()
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'damaged', place: fileOf('office') })
  })

  it('damaged: a file is no database', async () => {
    await fillStore()
    await writeFile(fileOf('public'), 'a text that somebody put here'.repeat(100))
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'damaged', place: fileOf('public') })
  })

  it('damaged: one audience lies under the name of another', async () => {
    await fillStore()
    await rename(fileOf('office'), fileOf('public'))
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'damaged', place: fileOf('public') })
  })

  it('newer: a later version wrote it', async () => {
    await fillStore()
    const database = new DatabaseSync(fileOf('office'))
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'newer', place: fileOf('office') })
  })

  it('gives the folder free again after each refusal', async () => {
    await fillStore()
    await cp(fileOf('office'), fileOf('public'))
    await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'damaged' })
    await rm(fileOf('public'))
    await (await openSqliteStore({ folder })).close()
  })
})

it('gives restored data a new name that stays', async () => {
  const store = await openSqliteStore({ folder })
  const before = store.uuid()
  const after = store.newIncarnation()
  expect(after).not.toBe(before)
  expect(store.uuid()).toBe(after)
  await store.close()
  const again = await openSqliteStore({ folder })
  expect(again.uuid()).toBe(after)
  await again.close()
})

describe('what was taken back is in no byte of the folder', () => {
  const secret = 'Grundstueck Flur 7'
  let killed: string
  beforeEach(() => (killed = `${folder}-killed`))
  afterEach(() => rm(killed, { recursive: true, force: true }))
  const data = Buffer.from(`Anlage: ${secret}`).toString('base64')

  async function holdsSecret(place = folder): Promise<boolean> {
    for (const entry of await readdir(place, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && (await readFile(join(entry.parentPath, entry.name))).includes(secret)) return true
    return false
  }

  it.each(['public', 'org-1', 'circle-1', 'box-1'] as const)('in %s', async (audience) => {
    const store = await openSqliteStore({ folder })
    const published = await store.open(audience)
    const attachments = { note: { content_type: 'text/plain', data } }
    await published.write(
      Array.from({ length: 50 }, (_, n) => ({ _id: `a:${n}`, text: secret.repeat(n * 20), _attachments: attachments })),
    )
    expect(await holdsSecret()).toBe(true)
    const { rows } = await published.list()
    const outcomes = await published.write(
      rows.map(({ id, rev }, n) => ({ _id: id, _rev: rev, ...(n % 2 ? { _deleted: true } : { text: 'corrected' }) })),
    )
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    // What a process leaves behind that is killed at this moment: nothing else runs before it is copied.
    cpSync(folder, killed, { recursive: true })
    await expect.poll(() => holdsSecret()).toBe(false)
    await store.close()
    expect(await holdsSecret()).toBe(false)
    expect(await holdsSecret(killed)).toBe(true)
    const again = await openSqliteStore({ folder: killed })
    expect(await holdsSecret(killed)).toBe(false)
    await again.close()
  })

  it('when a whole audience is removed', async () => {
    const store = await openSqliteStore({ folder })
    await (await store.open('faction-1')).write([{ _id: 'a:1', text: secret }])
    await store.remove('faction-1')
    expect(await holdsSecret()).toBe(false)
    await store.close()
  })
})
