import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AnyRecord } from '../../../shared/council/records/index.ts'
import { isOparlType } from '../../../shared/oparl/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import type { DocumentStore } from '../../../shared/ports/document-store.ts'
import { wordsKnownTo } from '../../../shared/rules/town-knowledge.arbitrary.ts'
import { towns } from '../../../shared/rules/town.arbitrary.ts'
import { startCatalogue } from '../catalogue/catalogue.ts'
import { startPublisher } from '../publisher/publisher.ts'
import { openSqliteStore } from '../store/index.ts'
import { oparlRoutes } from './oparl.ts'
import { errorSchema, pageSchema } from './schema.suite.ts'
import { walkOparl } from './walk.suite.ts'

const publicUrl = 'https://rat.example.org'
const system = `${publicUrl}/oparl/v1.1`
let folder: string
let store: DocumentStore
let now: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oparl-'))
  store = await openSqliteStore({ folder })
  now = Date.parse('2026-03-01T10:00:00Z')
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

interface Town {
  readonly app: FastifyInstance
  /** Writes records into `office` and waits until OParl shows what becomes of them. */
  save(records: readonly AnyRecord[]): Promise<void>
  get(address: string): Promise<{ status: number; body: unknown; text: string }>
}

/** A whole town behind real routes, gone after the callback. */
async function withTown(records: readonly AnyRecord[], use: (town: Town) => Promise<void>): Promise<void> {
  for (const audience of await store.audiences()) await store.remove(audience)
  const quiet = () => undefined
  const publisher = await startPublisher({ store, clock: () => now, log: { info: quiet, warn: quiet, error: quiet } })
  const running = await startCatalogue({ store })
  const app = fastify()
  await app.register(oparlRoutes, { catalogue: running.catalogue, publicUrl })
  const office = await store.open('office')
  const save: Town['save'] = async (changed) => {
    const documents = changed.map(async (record) => ({ ...record, _rev: (await office.get(record._id))?._rev }))
    await office.write(await Promise.all(documents))
    await publisher.caughtUp()
    await running.caughtUp()
  }
  const get: Town['get'] = async (address) => {
    const answer = await app.inject({ method: 'GET', url: address.replace(publicUrl, '') })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    return { status: answer.statusCode, body: answer.json(), text: answer.body }
  }
  try {
    await save(records)
    await use({ app, save, get })
  } finally {
    await app.close()
    await publisher.stop()
    await running.stop()
  }
}

type Json = Record<string, unknown>

it('can be walked from System without a dangling link, a missing field or a closed matter', async () => {
  await fc.assert(
    fc.asyncProperty(towns(), async (records) => {
      await withTown(records, async (town) => {
        const answers = await walkOparl(town.app, publicUrl)
        const known = wordsKnownTo(records, 'public')
        const words = [...answers.values()].join().match(/Q[0-9A-Za-z]+?Q/g) ?? []
        expect(words.filter((word) => !known.has(word))).toEqual([])
        const deleted = [...answers.values()].filter((text) => text.includes('"deleted"'))
        expect(deleted).toEqual([])
      })
    }),
    { numRuns: 12 },
  )
})

it('shows everything public in the lists of its body, each object once over all pages', async () => {
  await fc.assert(
    fc.asyncProperty(towns(), fc.integer({ min: 1, max: 4 }), async (records, limit) => {
      await withTown(records, async (town) => {
        const everybody = await store.open('public')
        const { rows } = await everybody.list({ includeDocs: true })
        const living = rows
          .flatMap(({ doc }) => (doc && doc['deleted'] !== true ? [doc._id] : []))
          .filter((id) => isOparlType(typeOfId(id)))
          .sort()
        const found: string[] = []
        const { body } = await town.get(`${system}/bodies`)
        for (const object of (body as { data: Json[] }).data) {
          found.push(String(object['id']))
          const lists = Object.entries(object).filter(([, value]) =>
            String(value).startsWith(`${String(object['id'])}/`),
          )
          expect(lists).toHaveLength(10)
          for (const [, list] of lists) found.push(...(await idsOf(town, `${String(list)}?limit=${limit}`)))
        }
        expect(found.map((id) => id.slice(system.length + 1).replace('/', ':')).sort()).toEqual(living)
      })
    }),
    { numRuns: 6 },
  )
})

async function idsOf(town: Town, first: string): Promise<string[]> {
  const ids: string[] = []
  for (let address: string | undefined = first; address !== undefined;) {
    const { data, links }: v.InferOutput<typeof pageSchema> = v.parse(pageSchema, (await town.get(address)).body)
    ids.push(...data.map(({ id }) => id))
    if (links.next) expect(new URL(links.next).searchParams.get('limit')).toBe(new URL(first).searchParams.get('limit'))
    address = links.next
  }
  return ids
}

const stamps = { schema: 1, created: '2026-01-01T08:00:00Z', modified: '2026-01-01T08:00:00Z' } as const
const published = { state: 'published', step: 1 } as const
const body: AnyRecord = { _id: 'body:1', type: 'body', ...stamps, name: 'Stadt' }
const term: AnyRecord = {
  ...{ _id: 'legislative-term:1', type: 'legislative-term', ...stamps },
  ...{ body: 'body:1', name: 'Wahlperiode', startDate: '2024-07-01' },
}
const paperAt = (key: number, more: object = {}): AnyRecord => ({
  ...{ _id: `paper:${key}`, type: 'paper', ...stamps, term: term._id, name: `Vorlage ${key}` },
  ...{ public: true, publication: published, ...more },
})

it('filters by the times of publication, keeps filters in links, and shows what was deleted to who asks since when', async () => {
  await withTown([body, term, paperAt(1), paperAt(2), paperAt(3)], async (town) => {
    now += 3_600_000
    await town.save([paperAt(2, { name: 'Geändert' }), paperAt(3, { publication: { state: 'withdrawn', step: 2 } })])
    const papers = `${system}/body/1/papers`
    const names = async (query: string): Promise<unknown[]> =>
      v
        .parse(pageSchema, (await town.get(`${papers}?${query}`)).body)
        .data.map(({ id, deleted }) => [id.at(-1), deleted])
    const hourLater = encodeURIComponent('2026-03-01T12:00:00+01:00')
    expect(await names('')).toEqual([
      ['1', undefined],
      ['2', undefined],
    ])
    expect(await names(`modified_since=${hourLater}`)).toEqual([
      ['2', undefined],
      ['3', true],
    ])
    expect(await names('modified_since=2026-03-01T12:00:00+01:00')).toEqual([
      ['2', undefined],
      ['3', true],
    ])
    expect(await names(`modified_until=2026-03-01T10:30:00Z`)).toEqual([['1', undefined]])
    expect(await names(`created_since=${hourLater}`)).toEqual([])
    expect(await names(`created_until=${hourLater}`)).toEqual([
      ['1', undefined],
      ['2', undefined],
    ])
    const page = v.parse(
      pageSchema,
      (await town.get(`${papers}?omit_internal=true&limit=1&modified_since=${hourLater}`)).body,
    )
    expect(page.links.next).toBe(`${papers}?limit=1&modified_since=${hourLater}&omit_internal=true&page=2`)
    const single = await town.get(`${system}/paper/3`)
    expect(single).toMatchObject({ status: 200, body: { deleted: true, modified: '2026-03-01T11:00:00+00:00' } })
  })
})

it('shows minutes as results protocol, and what was agreed on with its excerpt; nothing of what was not public', async () => {
  const file = (key: string): AnyRecord => ({
    ...{ _id: `file:${key}`, type: 'file', ...stamps, name: key, fileName: `${key}.pdf`, size: 1 },
    ...{ mimeType: 'application/pdf', sha512: '0'.repeat(128) },
  })
  const place = { meeting: 'meeting:1', term: term._id }
  const item = (key: string, isPublic: boolean): AnyRecord => ({
    ...{ _id: `agenda-item:${key}`, type: 'agenda-item', ...stamps, ...place, order: 'a0', name: key },
    ...{ public: isPublic, publicTitle: 'Grundstück' },
  })
  const resolution = (key: string, more: object): AnyRecord => ({
    ...{
      _id: `resolution:${key}`,
      type: 'resolution',
      ...stamps,
      ...place,
      vote: `vote:${key}`,
      wording: `Wording ${key}`,
    },
    ...{
      agendaItem: 'agenda-item:open',
      outcome: 'accepted',
      decided: stamps.created,
      public: true,
      state: 'open',
      ...more,
    },
  })
  const records: AnyRecord[] = [
    ...[body, term, file('minutes'), file('archive'), file('excerpt'), file('draft')],
    {
      ...{ _id: 'organization:1', type: 'organization', ...stamps, body: 'body:1', name: 'Rat' },
      organizationType: 'council',
    },
    {
      ...{
        _id: 'meeting:1',
        type: 'meeting',
        ...stamps,
        term: term._id,
        name: 'Sitzung',
        organization: ['organization:1'],
      },
      ...{ start: '2026-02-01T17:00:00Z', public: true, publication: published },
    },
    ...[item('open', true), item('closed', false)],
    resolution('1', { file: 'file:excerpt' }),
    resolution('2', { outcome: 'rejected', wording: 'Rejected' }),
    resolution('3', { agendaItem: 'agenda-item:closed', public: false, file: 'file:draft', wording: 'Secret' }),
    {
      ...{ _id: 'minutes:1', type: 'minutes', ...stamps, ...place, state: 'published', signOffs: [], annotations: [] },
      ...{ publicFile: 'file:minutes', archiveFile: 'file:archive' },
      document: { language: 'de', title: 'M', body: 'B', facts: [], sections: [], signatures: [] },
    },
  ]
  await withTown(records, async (town) => {
    const meeting = await town.get(`${system}/meeting/1`)
    expect(meeting.body).toMatchObject({
      resultsProtocol: { id: `${system}/file/minutes` },
      auxiliaryFile: [{ id: `${system}/file/archive` }],
      agendaItem: [{ name: 'open', resolutionText: 'Wording 1', resolutionFile: { id: `${system}/file/excerpt` } }, {}],
    })
    expect((await town.get(`${system}/file/minutes`)).body).toMatchObject({ meeting: [`${system}/meeting/1`] })
    expect((await town.get(`${system}/file/excerpt`)).body).toMatchObject({
      agendaItem: [`${system}/agenda-item/open`],
    })
    expect((await town.get(`${system}/file/draft`)).status).toBe(404)
    for (const path of ['resolution/1', 'minutes/1', 'resolution/3'])
      expect((await town.get(`${system}/${path}`)).status).toBe(404)
    const answers = [...(await walkOparl(town.app, publicUrl)).values()].join()
    expect([answers.includes('Secret'), answers.includes('Rejected')]).toEqual([false, false])

    // What is taken back is gone from the meeting, which is stamped anew for those who ask what changed.
    now += 3_600_000
    await town.save([{ ...records.at(-1)!, state: 'signed' } as AnyRecord])
    const later = await town.get(`${system}/meeting/1`)
    expect(later.body).not.toHaveProperty('resultsProtocol')
    expect(later.body).toMatchObject({ modified: '2026-03-01T11:00:00+00:00' })
  })
})

it('leaves out embedded objects on request', async () => {
  await withTown([body, term], async (town) => {
    const inList = async (query: string) =>
      v.parse(v.looseObject({ data: v.array(v.looseObject({})) }), (await town.get(`${system}/bodies?${query}`)).body)
        .data[0]
    expect(await inList('')).toHaveProperty('legislativeTerm')
    expect(await inList('omit_internal=true')).not.toHaveProperty('legislativeTerm')
  })
})

it('answers what it cannot with an Error object', async () => {
  await withTown([body, term, paperAt(1)], async (town) => {
    const papers = `${system}/body/1/papers`
    const bad = [
      'created_since=yesterday',
      'modified_until=2026-01-01',
      'limit=0',
      'limit=x',
      'page=-1',
      'omit_internal=yes',
    ]
    for (const query of bad) {
      const answer = await town.get(`${papers}?${query}`)
      expect([query, answer.status, v.is(errorSchema, answer.body)]).toEqual([query, 400, true])
      expect((answer.body as Json)['debug']).toContain(query.split('=')[0])
    }
    const missing = [
      '/paper/2',
      '/body/1/secrets',
      '/body/2/papers',
      '/organization/9/meetings',
      '/body/1/papers?page=2',
      '/nothing',
      '/constructor/1',
      '/body/1/__proto__',
    ]
    for (const path of missing) {
      const answer = await town.get(`${system}${path}`)
      expect([path, answer.status, v.is(errorSchema, answer.body)]).toEqual([path, 404, true])
    }
    expect(v.parse(pageSchema, (await town.get(`${papers}?limit=5000`)).body).pagination.elementsPerPage).toBe(100)
  })
})
