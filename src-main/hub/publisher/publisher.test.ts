import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { AudienceStore, DocumentStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import { wordsKnownTo } from '../../../shared/rules/town-knowledge.arbitrary.ts'
import { towns } from '../../../shared/rules/town.arbitrary.ts'
import { hubKeyOf, makeSecretKey } from '../signing.ts'
import { openSqliteStore } from '../store/index.ts'
import { SigningDevice } from '../testing/signed-events.ts'
import { auditPublication } from './audit.ts'
import { rebuildPublication, startPublisher, type Publisher } from './publisher.ts'

let folder: string
let store: DocumentStore
let publisher: Publisher | undefined
let now: number
let logged: { id?: string }[]

const clock = (): number => now
const note = (entry: unknown): void => void logged.push(entry as { id?: string })
const log = { info: note, warn: note, error: note }
const start = async (on = store): Promise<Publisher> => (publisher = await startPublisher({ store: on, clock, log }))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'publisher-'))
  store = await openSqliteStore({ folder })
  now = Date.parse('2026-03-01T10:00:00.400Z')
  logged = []
})

afterEach(async () => {
  await publisher?.stop()
  publisher = undefined
  await store.close()
  await rm(folder, { recursive: true })
})

/** Writes records as a clerk's device does: over what is there. */
async function save(...records: AnyRecord[]): Promise<void> {
  const office = await store.open('office')
  const documents = await Promise.all(
    records.map(async (record) => ({ ...record, _rev: (await office.get(record._id))?._rev })),
  )
  for (const outcome of await office.write(documents)) expect(outcome).toMatchObject({ ok: true })
}

async function held(audience: Audience): Promise<StoredDocument[]> {
  const { rows } = await (await store.open(audience)).list({ includeDocs: true })
  return rows.flatMap(({ doc }) => doc ?? [])
}
const heldOf = async (id: string, audience: Audience = 'public'): Promise<StoredDocument | undefined> =>
  (await store.open(audience)).get(id)

const stamps = { schema: 1, created: '2026-01-01T08:00:00Z', modified: '2026-01-01T08:00:00Z' } as const
const published = { state: 'published', step: 1 } as const
const body: AnyRecord = { _id: 'body:1', type: 'body', ...stamps, name: 'Stadt' }
const term: AnyRecord = {
  ...{ _id: 'legislative-term:1', type: 'legislative-term', ...stamps },
  ...{ body: 'body:1', name: 'Wahlperiode', startDate: '2024-07-01' },
}
const council: AnyRecord = {
  ...{ _id: 'organization:1', type: 'organization', ...stamps },
  ...{ body: 'body:1', name: 'Stadtrat', organizationType: 'council' },
}
const meeting: AnyRecord = {
  ...{ _id: 'meeting:1', type: 'meeting', ...stamps, term: term._id, name: 'Sitzung', organization: [council._id] },
  ...{ start: '2026-04-01T17:00:00Z', public: true, publication: published },
}
const item: AnyRecord = {
  ...{ _id: 'agenda-item:1', type: 'agenda-item', ...stamps, meeting: meeting._id, term: term._id, order: 'a1' },
  ...{ name: 'Haushalt', public: true },
}
const foundation = [body, term, council, meeting, item]

describe('after any history', () => {
  it('audiences hold exactly the images of office, whatever was published one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        towns(),
        towns(),
        fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        async (first, later, steps) => {
          await freshStore()
          await save(...first)
          const running = await start()
          const town = new Map(first.map((record) => [record._id, record]))
          for (const picks of steps) {
            const edits = new Map(
              picks.flatMap((pick) => later[pick % later.length] ?? []).map((record) => [record._id, record]),
            )
            await save(...edits.values())
            for (const [id, record] of edits) town.set(id, record)
            await running.caughtUp()
            expect(await auditPublication(store)).toEqual([])
          }
          for (const audience of await store.audiences()) {
            if (audience === 'office') continue
            const words = JSON.stringify(await held(audience)).match(/Q[0-9A-Za-z]+?Q/g) ?? []
            const known = wordsKnownTo([...town.values()], audience)
            expect(words.filter((word) => !known.has(word))).toEqual([])
          }
        },
      ),
      { numRuns: 25 },
    )
    async function freshStore(): Promise<void> {
      await publisher?.stop()
      for (const audience of await store.audiences()) await store.remove(audience)
    }
  })

  it('nothing is lost when the hub dies at any write', async () => {
    await fc.assert(
      fc.asyncProperty(towns(), fc.nat({ max: 12 }), async (town, lifetime) => {
        await publisher?.stop()
        for (const audience of await store.audiences()) await store.remove(audience)
        await save(...town.slice(0, town.length / 2))
        const dying = dyingStore(store, lifetime)
        const attempt = startPublisher({ store: dying, clock, log })
        await save(...town.slice(town.length / 2))
        await attempt.then((running) => running.stop()).catch(() => undefined)
        await start()
        expect(await auditPublication(store)).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})

/** A store whose published audiences refuse every write after the given number, as a dead process does. */
function dyingStore(alive: DocumentStore, writes: number): DocumentStore {
  let left = writes
  const guard = (target: AudienceStore): AudienceStore =>
    new Proxy(target, {
      get(_, name: keyof AudienceStore) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name !== 'write' && name !== 'putLocal') return (value as () => unknown).bind(target)
        return (...parameters: never[]) => {
          if (left-- <= 0) return Promise.reject(new Error('the process is gone'))
          return (value as (...all: never[]) => unknown).apply(target, parameters)
        }
      },
    })
  return new Proxy(alive, {
    get(_, name: keyof DocumentStore) {
      if (name === 'open')
        return async (audience: Audience) => {
          const target = await alive.open(audience)
          return audience === 'office' ? target : guard(target)
        }
      return (Reflect.get(alive, name) as () => unknown).bind(alive)
    },
  })
}

describe('stamps', () => {
  it('are the time of publication in whole seconds, rounded up, and never go back', async () => {
    await save(...foundation)
    const running = await start()
    expect(await heldOf('meeting:1')).toMatchObject({
      created: '2026-03-01T10:00:01Z',
      modified: '2026-03-01T10:00:01Z',
    })
    now = Date.parse('2026-02-01T00:00:00Z')
    await save({ ...meeting, name: 'Andere' })
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toMatchObject({ name: 'Andere', modified: '2026-03-01T10:00:01Z' })
  })

  it('stay when an edit in office changes nothing of the image', async () => {
    await save(...foundation)
    const running = await start()
    const before = await heldOf('agenda-item:1')
    now += 60_000
    await save({ ...item, modified: '2026-03-02T08:00:00Z' })
    await running.caughtUp()
    expect(await heldOf('agenda-item:1')).toEqual(before)
  })

  it('rise for what embeds a changed or withdrawn record', async () => {
    await save(...foundation)
    const running = await start()
    now += 60_000
    await save({ ...item, deleted: true })
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toMatchObject({
      created: '2026-03-01T10:00:01Z',
      modified: '2026-03-01T10:01:01Z',
    })
    expect(await heldOf('body:1')).toMatchObject({ modified: '2026-03-01T10:00:01Z' })
  })
})

describe('a withdrawn record', () => {
  it('leaves a tombstone without content, and comes back with its first stamp', async () => {
    await save(...foundation)
    const running = await start()
    now += 60_000
    await save({ ...meeting, publication: { state: 'withdrawn', step: 2 } })
    await running.caughtUp()
    const tombstone = {
      ...{ _id: 'meeting:1', type: 'meeting', schema: 1, deleted: true },
      ...{ created: '2026-03-01T10:00:01Z', modified: '2026-03-01T10:01:01Z' },
    }
    expect(await heldOf('meeting:1')).toEqual({ ...tombstone, _rev: expect.any(String) as string })
    expect(await heldOf('agenda-item:1')).toMatchObject({ deleted: true })
    await save({ ...meeting, publication: { state: 'published', step: 3 } })
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toMatchObject({ name: 'Sitzung', created: '2026-03-01T10:00:01Z' })
  })

  it('leaves none where it never was', async () => {
    await save(...foundation, { ...meeting, _id: 'meeting:2', publication: { state: 'draft', step: 0 } })
    await start()
    expect(await heldOf('meeting:2')).toBeUndefined()
  })
})

describe('doubt', () => {
  const concurrent = async (change: object): Promise<void> => {
    const office = await store.open('office')
    const winner = await office.get('meeting:1', { revs: true })
    const ids = [`${'f'.repeat(32)}`, ...(winner?._revisions?.ids.slice(1) ?? [])]
    const start = winner?._revisions?.start ?? 1
    const revision = { ...meeting, ...change, _rev: `${start}-${ids[0]}`, _revisions: { start, ids } }
    expect(await office.write([revision], { newEdits: false })).toEqual([])
  }

  it('keeps what is published and shows nothing new of concurrent revisions', async () => {
    await save(...foundation)
    const running = await start()
    const before = await heldOf('meeting:1')
    await concurrent({ name: 'Nebenläufig' })
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toEqual(before)
    expect(logged).toContainEqual({ id: 'meeting:1' })
    expect(await auditPublication(store)).toEqual([])
  })

  it('withdraws what any concurrent revision withdraws', async () => {
    await save(...foundation)
    const running = await start()
    await concurrent({ publication: { state: 'withdrawn', step: 2 } })
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toMatchObject({ deleted: true })
  })

  it('takes back what is no valid record, and logs the id alone', async () => {
    await save(...foundation)
    const running = await start()
    const office = await store.open('office')
    await office.write([{ ...meeting, secret: 'Verschlusssache', _rev: (await office.get('meeting:1'))?._rev }])
    await running.caughtUp()
    expect(await heldOf('meeting:1')).toMatchObject({ deleted: true })
    expect(logged).toContainEqual({ id: 'meeting:1' })
    expect(JSON.stringify(logged)).not.toContain('Verschlusssache')
  })
})

describe('audit and rebuild', () => {
  it('find and mend every difference, and leave events alone', async () => {
    await save(...foundation, { ...item, _id: 'agenda-item:2', public: false, closedReason: 'Vertrag' })
    await (await start()).stop()
    const everybody = await store.open('public')
    const closed = await store.open('org-1')
    const writer = { account: 'account', person: null, roles: ['clerk'] } as const
    const device = SigningDevice.certifiedBy(hubKeyOf(makeSecretKey()), writer)
    const { _rev: _, ...event } = device.write('meeting:1', { kind: 'meeting-opened' })
    await closed.write([event])
    await everybody.write([
      { ...(await heldOf('meeting:1')), name: 'Gefälscht' } as unknown as AnyRecord,
      { ...(await heldOf('agenda-item:1')), _deleted: true } as unknown as AnyRecord,
      { ...item, _id: 'agenda-item:2', name: 'Verraten' },
      { _id: 'note:1', text: 'fremd' },
    ])
    expect(await auditPublication(store)).toEqual([
      { audience: 'public', id: 'agenda-item:1', kind: 'missing' },
      { audience: 'public', id: 'agenda-item:2', kind: 'surplus' },
      { audience: 'public', id: 'meeting:1', kind: 'different' },
      { audience: 'public', id: 'note:1', kind: 'surplus' },
    ])
    expect(await rebuildPublication({ store, clock, log })).toEqual({ written: 4 })
    expect(await auditPublication(store)).toEqual([])
    expect(await heldOf(event._id, 'org-1')).toMatchObject(event)
  })

  it('makes an audience for every organization, so that its members can always ask for it', async () => {
    await save(body, council)
    await start()
    expect(await store.exists('org-1')).toBe(true)
  })
})
