import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Paper } from '../../../../shared/oparl/index.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { Selection } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import { boundsOf } from '../../../../shared/packs/index.ts'
import type { Packs } from '../store/packs.ts'
import type { Running } from '../store/running.ts'
import type { Segment } from '../store/segment.ts'
import { Catalogue } from './catalogue.ts'

interface CopyContent {
  /** Of the database, what is read at once and what lies in segments. */
  readonly changed: readonly Paper[]
  readonly segments: readonly (readonly Paper[])[]
  readonly packs: readonly (readonly Paper[])[]
}

const audiences: readonly Audience[] = ['office', 'org-main', 'public']
const instants = ['2019-03-01T10:00:00Z', '2020-05-04T23:30:00+02:00', '2024-07-01T00:00:00Z', '2026-11-20T08:15:00Z']
const days = ['2019-03-02', '2020-05-04', '2026-11-20', undefined]
const ids = Array.from({ length: 12 }, (_, place) => `paper:${String(place).padStart(2, '0')}`)

const paper: fc.Arbitrary<Paper> = fc
  .record({
    _id: fc.constantFrom(...ids),
    modified: fc.constantFrom(...instants),
    date: fc.constantFrom(...days),
    term: fc.constantFrom('legislative-term:now', 'legislative-term:old'),
    originatorOrganization: fc.subarray(['organization:a', 'organization:b', 'organization:c']),
    name: fc.constantFrom('kurz', 'lang '.repeat(20)),
    deleted: fc.constantFrom(undefined, true),
  })
  .map(({ date, deleted, ...fields }) => ({
    ...{ type: 'paper', schema: 1, created: instants[0]!, public: true, publication: { state: 'published', step: 0 } },
    ...fields,
    ...(date ? { date } : {}),
    ...(deleted ? { deleted } : {}),
  }))

const papers = fc.uniqueArray(paper, { selector: ({ _id }) => _id, maxLength: 6 })
const texts = fc.array(papers, { maxLength: 2 })
/**
 * A record lies in one pack of a copy at most, as packs of a list are made of one state, by term; and in one place of its
 * database.
 */
const content = fc.record({ changed: papers, segments: texts, packs: texts }).map(({ changed, segments, packs }) => {
  const isFirst = () => {
    const seen = new Set<string>()
    return ({ _id }: Paper): boolean => !seen.has(_id) && Boolean(seen.add(_id))
  }
  const [inDatabase, inPacks] = [isFirst(), isFirst()]
  return {
    changed: changed.filter(inDatabase),
    segments: segments.map((segment) => segment.filter(inDatabase)),
    packs: packs.map((pack) => pack.filter(inPacks)),
  }
})

/** As it crosses to the worker, which knows selections of any type. */
const papersBy = (parts: Omit<Selection<'paper'>, 'type'>): Selection => ({ type: 'paper', ...parts }) as Selection

const selection: fc.Arbitrary<Selection> = fc
  .record({
    ids: fc.option(fc.subarray(ids), { nil: undefined }),
    where: fc.option(
      fc.constantFrom({ term: 'legislative-term:old' }, { originatorOrganization: 'organization:b' }, { name: 'kurz' }),
      { nil: undefined },
    ),
    between: fc.option(
      fc.record({
        field: fc.constantFrom('modified' as const, 'date' as const),
        from: fc.constantFrom('2019-03-02', '2020-05-04', '2024-01-01T00:00:00Z'),
      }),
      { nil: undefined },
    ),
    newest: fc.option(
      fc.record({
        field: fc.constantFrom('modified' as const, 'date' as const),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
      { nil: undefined },
    ),
  })
  .map((parts) => papersBy(JSON.parse(JSON.stringify(parts)) as Omit<Selection<'paper'>, 'type'>))

/** A catalogue over copies whose documents lie in memory. */
function catalogueOf(contents: readonly CopyContent[]): { catalogue: Catalogue; readEverything(): Promise<unknown> } {
  const texts = new Map<Segment, readonly Paper[]>()
  const toSegment = (text: readonly Paper[]): Segment => {
    const bounds = boundsOf('paper', text as unknown as StoredDocument[])
    const segment = { key: String(texts.size), type: 'paper', bounds }
    texts.set(segment, text)
    return segment
  }
  const copies = contents.map(({ changed, segments, packs }, place) => {
    const open = { copy: { audience: audiences[place], key: `/${audiences[place]}`, seq: 1 } } as unknown as OpenCopy
    return { open, changed, segments: segments.map(toSegment), packs: packs.map(toSegment) }
  })
  const read = async (_: OpenCopy, segment: Segment) => texts.get(segment)
  const of = (open: OpenCopy) => copies.find((copy) => copy.open === open)!
  const catalogue = new Catalogue({
    databases: { open: copies.map(({ open }) => open) } as unknown as Databases,
    running: {
      look: async (open: OpenCopy) => {
        const { changed, segments } = of(open)
        return { documents: new Map(changed.map((record) => [record._id, record])), segments }
      },
      read,
    } as unknown as Running,
    packs: { segments: async (open: OpenCopy) => of(open).packs, read } as unknown as Packs,
    overlay: { entry: () => undefined, ids: () => [] },
  })
  return { catalogue, readEverything: () => catalogue.select({ type: 'paper' }) }
}

test('a selection shows what it would show if everything were read, whatever was read before it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 3 }),
      fc.array(selection, { minLength: 1, maxLength: 3 }),
      async (contents, selections) => {
        const [lazy, eager] = [catalogueOf(contents), catalogueOf(contents)]
        await eager.readEverything()
        for (const asked of selections) {
          const shown = (entries: Awaited<ReturnType<Catalogue['select']>>) =>
            entries.map(({ record, audience }) => [record, audience])
          expect(shown(await lazy.catalogue.select(asked))).toEqual(shown(await eager.catalogue.select(asked)))
        }
        for (const id of ids) expect(await lazy.catalogue.find(id)).toEqual(await eager.catalogue.find(id))
      },
    ),
    { numRuns: 1000 },
  )
})

test('closed terms are not read for what the running term shows alone', async () => {
  const record = (key: string, modified: string): Paper => ({
    ...{ _id: `paper:${key}`, type: 'paper', schema: 1, created: modified, modified, term: 'legislative-term:t' },
    ...{ name: key, public: true, publication: { state: 'published', step: 0 } },
  })
  const { catalogue } = catalogueOf([
    {
      changed: [record('b1', instants[3]!)],
      segments: [[record('b2', instants[3]!)]],
      packs: [[record('a1', instants[0]!)]],
    },
  ])
  const unread = async () => (await catalogue.running('paper')).size === 2
  await catalogue.select(papersBy({ newest: { field: 'modified', limit: 2 } }))
  await catalogue.select(papersBy({ between: { field: 'modified', from: '2026-01-01' } }))
  await catalogue.select(papersBy({ ids: ['paper:b1'] }))
  await catalogue.select(papersBy({ where: { name: 'b2' } }))
  expect(await unread()).toBe(true)
  expect(await catalogue.select(papersBy({ newest: { field: 'modified', limit: 3 } }))).toHaveLength(3)
  expect(await unread()).toBe(false)
})
