import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Audience } from './audience.ts'
import { filingOutlook, type FilingFacts } from './board.ts'

const item = 'agenda-item:i'
type Logged = FilingFacts['log']['agenda'][number]
const logged = (isPublic: boolean, spans: Logged['spans']): Logged => ({
  ...{ item, public: isPublic, matter: 'ordinary', status: 'open', spans, added: false, speakersClosed: false },
  ...{ order: [], conflicts: [] },
})
const instant = fc.integer({ min: 0, max: 100 })
const span = fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
/** Parts of a meeting from its beginning on, public and closed by turns; the last one lasts or not. */
const parts = fc
  .tuple(fc.uniqueArray(instant, { minLength: 1, maxLength: 6 }), fc.boolean(), fc.boolean())
  .map(([times, isFirstPublic, lasts]) => {
    const begins = times.sort((a, b) => a - b)
    return begins.map((from, place) => {
      const next = begins[place + 1]
      const to = next === undefined && !lasts ? { to: 101 } : next === undefined ? {} : { to: next }
      return { from, ...to, public: (place % 2 === 0) === isFirstPublic }
    })
  })
const log = fc.record({
  phase: fc.constantFrom('unprepared', 'prepared', 'open', 'paused', 'closed'),
  public: fc.boolean(),
  parts,
  agenda: fc
    .option(fc.tuple(fc.boolean(), fc.array(span, { maxLength: 3 })), { nil: undefined })
    .map((entry) => (entry ? [logged(...entry)] : [])),
}) as fc.Arbitrary<FilingFacts['log']>
const some = (...audiences: Audience[]) => fc.subarray(audiences)
const facts: fc.Arbitrary<FilingFacts> = fc.record({
  item: fc
    .option(fc.boolean(), { nil: undefined })
    .map((isPublic) => (isPublic === undefined ? undefined : { _id: item, public: isPublic })),
  seenBy: fc
    .record({
      item: some('public', 'org-a', 'org-b', 'circle-i'),
      board: some('org-a', 'org-b', 'circle-i'),
      paper: fc.option(some('public', 'org-a', 'org-b', 'circle-i'), { nil: undefined }),
    })
    .map(({ paper, ...others }) => ({ ...others, ...(paper ? { paper } : {}) })),
  log,
})

test('public is only what is public in the record, by the log, and in every moment at which it was dealt with', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const outlook = filingOutlook(given)
      if (!('reach' in outlook) || outlook.reach !== 'public') return
      expect(given.item?.public).toBe(true)
      expect(given.seenBy.item).toContain('public')
      const [entry] = given.log.agenda
      expect(entry?.public ?? true).toBe(true)
      const isOpenAt = (time: number) =>
        given.log.parts.some((part) => part.public && part.from <= time && time <= (part.to ?? Infinity))
      for (const { from, to } of entry?.spans ?? [])
        for (let time = from; time <= to!; time++) expect(isOpenAt(time)).toBe(true)
      if (given.log.phase === 'open' || given.log.phase === 'paused') expect(given.log.public).toBe(true)
    }),
  )
})

test('nobody reads a paper by it who does not read it anyway', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const outlook = filingOutlook(given)
      const { paper, board } = given.seenBy
      if (!('reach' in outlook) || !paper) return
      if (outlook.reach === 'public') expect(paper).toContain('public')
      else for (const audience of given.seenBy.item) if (audience !== 'public') expect(board).toContain(audience)
    }),
  )
})

test('who will read it is who sees the item, and each hindrance has its cause', () => {
  const quiet: FilingFacts['log'] = { phase: 'prepared', public: false, parts: [], agenda: [] }
  const of = (isPublic: boolean, ...seen: Audience[]) =>
    filingOutlook({ item: { _id: item, public: isPublic }, seenBy: { item: seen, board: ['org-a'] }, log: quiet })
  expect(of(true, 'public')).toEqual({ reach: 'public' })
  // In a meeting that is closed as a whole, and for a closed item of which everybody knows a neutral title.
  expect(of(true, 'org-a')).toEqual({ reach: 'bodies' })
  expect(of(false, 'org-a', 'public')).toEqual({ reach: 'bodies' })
  expect(of(false, 'circle-i', 'public')).toEqual({ reach: 'circle' })
  expect(of(false, 'public')).toEqual({ hindrance: 'unpublished' })
  expect(of(true)).toEqual({ hindrance: 'unpublished' })
  const seenBy = { item: ['public'], board: ['org-a'] } as const
  expect(filingOutlook({ item: undefined, seenBy, log: quiet })).toEqual({ hindrance: 'no-item' })
})

test('an item stays out of the public while it is dealt with behind closed doors, and afterwards', () => {
  const public_ = { _id: item, public: true }
  const seenBy = { item: ['public'], board: ['org-a'] } as const
  const during = (isOpen: boolean, from: number, to?: number) => {
    const times = [
      { from: 0, to: 10, public: true },
      { from: 10, to: 20, public: false },
      { from: 20, public: true },
    ]
    const spans = [{ from, ...(to === undefined ? {} : { to }) }]
    const agenda = [logged(true, spans)]
    return filingOutlook({ item: public_, seenBy, log: { phase: 'open', public: isOpen, parts: times, agenda } })
  }
  expect(during(true, 1, 10)).toEqual({ reach: 'public' })
  expect(during(true, 20)).toEqual({ reach: 'public' })
  expect(during(true, 5, 11)).toEqual({ hindrance: 'doors' })
  expect(during(true, 5)).toEqual({ hindrance: 'doors' })
  expect(during(false, 1, 10)).toEqual({ hindrance: 'doors' })
})
