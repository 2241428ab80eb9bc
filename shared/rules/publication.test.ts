import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitions, readRecord, type AnyRecord } from '../council/records/index.ts'
import { referencesIn, typeOfId } from '../oparl/record.ts'
import { circleAudience, organizationAudience, type Audience } from './audience.ts'
import { frozenImage, imagesOf } from './publication.ts'
import type { PublicationContext } from './record-graph.ts'
import { mostReserved } from './reservation.ts'
import { secretOf, towns } from './town.arbitrary.ts'
import { wordsKnownTo } from './town-knowledge.arbitrary.ts'

const referencesOf = (record: AnyRecord): string[] =>
  Object.keys(definitions[record.type].references).flatMap((field) =>
    referencesIn(record as unknown as Record<string, unknown>, field),
  )

const contextOf = (town: readonly AnyRecord[]): PublicationContext => ({
  get: (id) => town.find((record) => record._id === id),
  referrers: (id) => town.filter((record) => referencesOf(record).includes(id)),
})

/** All images of a town by audience. */
function publish(town: readonly AnyRecord[]): Map<Audience, AnyRecord[]> {
  const context = contextOf(town)
  const published = new Map<Audience, AnyRecord[]>([['public', []]])
  for (const record of town)
    for (const [audience, image] of imagesOf(record, context))
      published.set(audience, [...(published.get(audience) ?? []), image])
  return published
}

/** The bodies whose members a circle is made of. */
function bodiesOf(town: readonly AnyRecord[], audience: Audience): Audience[] {
  const item = town.find(({ _id }) => circleAudience(_id) === audience && typeOfId(_id) === 'agenda-item')
  const meeting = item?.type === 'agenda-item' ? town.find(({ _id }) => _id === item.meeting) : undefined
  const bodies = meeting?.type === 'meeting' ? meeting.organization : []
  return bodies.filter((id) => town.some((record) => record._id === id && !record.deleted)).map(organizationAudience)
}

const seenByAll = (audiences: readonly Audience[], full: (audience: Audience) => string[]): string[] =>
  audiences.map(full).reduce((common, ids) => common.filter((id) => ids.includes(id)), full(audiences[0] ?? 'public'))

const isStub = (image: AnyRecord): boolean => image.type === 'agenda-item' && !image.public

describe('images of random towns', () => {
  it('hold no word that their audience may not know', () => {
    fc.assert(
      fc.property(towns(), (town) => {
        const knownToAll = wordsKnownTo(town, 'public')
        for (const [audience, images] of publish(town)) {
          // Whoever reads an organization reads what is public, too.
          const known = knownToAll.union(wordsKnownTo(town, audience))
          const words = JSON.stringify(images).match(/Q[0-9A-Za-z]+?Q/g) ?? []
          expect(words.filter((word) => !known.has(word))).toEqual([])
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are valid records without bookkeeping, and equal to themselves when read again', () => {
    fc.assert(
      fc.property(towns(), (town) => {
        for (const images of publish(town).values())
          for (const image of images) {
            expect(readRecord(image)).toEqual({ ok: true, value: image })
            expect(Object.keys(image).filter((key) => ['_rev', 'versions', 'deleted'].includes(key))).toEqual([])
          }
      }),
      { numRuns: 100 },
    )
  })

  it('name only what their audience sees in full, itself or with everybody', () => {
    fc.assert(
      fc.property(towns(), (town) => {
        const published = publish(town)
        const full = (audience: Audience): string[] =>
          (published.get(audience) ?? [])
            .filter((image) => audience !== 'public' || !isStub(image))
            .map(({ _id }) => _id)
        for (const [audience, images] of published) {
          const seen = new Set([...full('public'), ...full(audience), ...seenByAll(bodiesOf(town, audience), full)])
          for (const image of images) expect(referencesOf(image).filter((id) => !seen.has(id))).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })

  it('show files and places exactly to those who see a record that names them', () => {
    fc.assert(
      fc.property(towns(), (town) => {
        for (const [, images] of publish(town)) {
          const naming = images.filter(({ type }) => type !== 'board')
          const named = new Set(naming.flatMap(referencesOf).filter(isNamedType))
          const shown = new Set(images.map(({ _id }) => _id).filter(isNamedType))
          expect(shown).toEqual(named)
        }
      }),
      { numRuns: 200 },
    )
    function isNamedType(id: string): boolean {
      return typeOfId(id) === 'file' || typeOfId(id) === 'location'
    }
  })

  it('never grow when something is withdrawn, deleted or closed', () => {
    fc.assert(
      fc.property(towns(), fc.nat(), fc.constantFrom('withdraw', 'delete', 'close'), (town, pick, act) => {
        fc.pre(town.length > 0)
        const chosen = town[pick % town.length] as AnyRecord
        const reserved = { ...chosen } as Record<string, unknown>
        if (act === 'delete') reserved['deleted'] = true
        if (act === 'withdraw' && 'publication' in chosen) reserved['publication'] = { state: 'withdrawn', step: 9 }
        // A closed meeting or item moves to its organizations; for everybody it shrinks.
        if (act === 'close' && 'public' in chosen) reserved['public'] = false
        const later = town.map((record) => (record === chosen ? (reserved as unknown as AnyRecord) : record))
        const before = new Set((publish(town).get('public') ?? []).map(({ _id }) => _id))
        const after = (publish(later).get('public') ?? []).map(({ _id }) => _id)
        const stub = act === 'close' && chosen.type === 'agenda-item' ? chosen._id : undefined
        const grown = after.filter((id) => !before.has(id) && id !== stub)
        expect(grown.filter((id) => !hasMovedAway(later, id, chosen))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

/** A consultation that names another living item has left a deleted one that still names it. */
function hasMovedAway(town: readonly AnyRecord[], id: string, left: AnyRecord): boolean {
  const moved = town.find((record) => record._id === id)
  if (moved?.type !== 'consultation' || moved.agendaItem === left._id) return false
  return town.some((record) => record._id === moved.agendaItem && !record.deleted)
}

const stamps = { schema: 1, created: '2026-01-01T08:00:00Z', modified: '2026-01-01T08:00:00Z' } as const
const body: AnyRecord = { _id: 'body:1', type: 'body', ...stamps, name: 'Stadt' }
const term: AnyRecord = {
  ...{ _id: 'legislative-term:1', type: 'legislative-term', ...stamps },
  ...{ body: 'body:1', name: 'Wahlperiode', startDate: '2024-07-01' },
}
const council: AnyRecord = {
  ...{ _id: 'organization:1', type: 'organization', ...stamps },
  ...{ body: 'body:1', name: 'Stadtrat', organizationType: 'council' },
}
const paper: AnyRecord = {
  ...{ _id: 'paper:1', type: 'paper', ...stamps },
  ...{ term: term._id, name: 'Kauf', public: true, publication: { state: 'published', step: 1 } },
}
const meeting: AnyRecord = {
  ...{ _id: 'meeting:1', type: 'meeting', ...stamps, term: term._id, name: 'Sitzung', organization: [council._id] },
  ...{ start: '2026-02-01T17:00:00Z', public: true, publication: { state: 'published', step: 1 } },
}
const consultation: AnyRecord = {
  ...{ _id: 'consultation:1', type: 'consultation', ...stamps, paper: paper._id, term: term._id },
  ...{ meeting: meeting._id, agendaItem: 'agenda-item:1', organization: [council._id] },
}
const closedItem: AnyRecord = {
  ...{ _id: 'agenda-item:1', type: 'agenda-item', ...stamps, meeting: meeting._id, term: term._id, order: 'a1' },
  ...{ name: 'Grundstück Müller', public: false, publicTitle: 'Grundstücksangelegenheit', closedReason: 'Vertrag' },
  consultation: consultation._id,
}
const town = [body, term, council, paper, meeting, consultation, closedItem]

describe('a closed item', () => {
  it('is a stub for everybody and whole for its organization', () => {
    const images = imagesOf(closedItem, contextOf(town))
    expect(images.get('public')).toEqual({
      ...{ _id: 'agenda-item:1', type: 'agenda-item', ...stamps, meeting: meeting._id, term: term._id, order: 'a1' },
      ...{ public: false, publicTitle: 'Grundstücksangelegenheit', name: 'Grundstücksangelegenheit' },
    })
    expect(images.get(organizationAudience(council._id))).toEqual(closedItem)
  })

  it('takes the consultation of a public paper behind its doors', () => {
    expect([...imagesOf(consultation, contextOf(town)).keys()]).toEqual([organizationAudience(council._id)])
    expect([...imagesOf(paper, contextOf(town)).keys()]).toEqual(['public'])
  })

  it('goes to its circle, with consultation and paper, when somebody is kept out of it', () => {
    const excluded = { ...closedItem, excluded: ['person:1'] } as AnyRecord
    const closedPaper = { ...paper, public: false } as AnyRecord
    const context = contextOf([body, term, council, meeting, excluded, closedPaper, consultation])
    const circle = circleAudience(closedItem._id)
    expect([...imagesOf(excluded, context).keys()].sort()).toEqual([circle, 'public'])
    for (const record of [closedPaper, consultation]) expect([...imagesOf(record, context).keys()]).toEqual([circle])
    expect(imagesOf(excluded, context).get(circle)).toEqual(closedItem)
    // Behind the closed doors of a meeting that is closed as a whole, the same.
    const closedMeeting = { ...meeting, public: false } as AnyRecord
    const inside = contextOf([body, term, council, closedMeeting, excluded, paper, consultation])
    expect([...imagesOf(consultation, inside).keys()]).toEqual([circle])
    expect(imagesOf(excluded, inside).get(circle)).toEqual(closedItem)
    expect(JSON.stringify([...imagesOf(excluded, context).values()])).not.toContain('person:1')
    // What the public may read, it may read whoever is kept out.
    expect([
      ...imagesOf(paper, contextOf([body, term, council, meeting, excluded, paper, consultation])).keys(),
    ]).toEqual(['public'])
  })

  it('of which one circle keeps out whom another lets in shows its paper to those alone whom neither keeps out', () => {
    const keptOut = (key: string, ...persons: string[]) =>
      [
        { ...closedItem, _id: `agenda-item:${key}`, consultation: `consultation:${key}`, excluded: persons },
        { ...consultation, _id: `consultation:${key}`, agendaItem: `agenda-item:${key}` },
      ] as AnyRecord[]
    const closedPaper = { ...paper, public: false } as AnyRecord
    const seenBy = (...items: AnyRecord[][]) => [
      ...imagesOf(closedPaper, contextOf([body, term, council, meeting, closedPaper, ...items.flat()])).keys(),
    ]
    expect(seenBy(keptOut('a', 'person:1'), keptOut('b', 'person:1', 'person:2'))).toEqual(['circle-b'])
    expect(seenBy(keptOut('a', 'person:1'), keptOut('b', 'person:2'))).toEqual([])
  })

  it('is not mentioned without a neutral title', () => {
    const { publicTitle: _, ...untitled } = closedItem as AnyRecord & { publicTitle: string }
    expect([...imagesOf(untitled, contextOf(town)).keys()]).toEqual([organizationAudience(council._id)])
  })
})

describe('a record in dispute', () => {
  const open = { ...meeting, name: 'Neu' } as AnyRecord
  const withdrawn = { ...meeting, publication: { state: 'withdrawn', step: 2 } } as AnyRecord

  it('shows nothing as soon as one reading withdraws it', () => {
    expect(frozenImage(meeting, mostReserved([open, withdrawn]), 'public', contextOf(town))).toBeUndefined()
  })

  it('keeps what was published when all readings allow it, and shows nothing new', () => {
    const kept = frozenImage(meeting, mostReserved([open, meeting]), 'public', contextOf(town))
    expect(kept).toEqual({ ...meeting, publication: { state: 'published', step: 0 } })
  })

  it('loses fields that one reading no longer releases', () => {
    const person: AnyRecord = {
      ...{ _id: 'person:1', type: 'person', ...stamps, body: body._id, name: 'Ada', familyName: 'Ada' },
      ...{ email: ['ada@example.org'], phone: ['06241'], released: ['email', 'phone'] },
    }
    const membership: AnyRecord = {
      ...{ _id: 'membership:1', type: 'membership', ...stamps, person: person._id },
      ...{ organization: council._id, votingRight: true },
    }
    const context = contextOf([...town, person, membership])
    const kept = frozenImage(person, mostReserved([person, { ...person, released: ['phone'] }]), 'public', context)
    expect(kept).toEqual({ ...withoutEmail(person), released: ['phone'] })
    function withoutEmail({ email: _, ...rest }: AnyRecord & { email?: unknown }): object {
      return rest
    }
  })
})

it('plants words that can be told apart', () => {
  expect(secretOf('agenda-item:k001z', 'name')).toBe('Qagendaitemk001znameQ')
})
