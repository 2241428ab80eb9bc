import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as v from 'valibot'
import { makeTown, profiles } from '../../../../scripts/demo/index.ts'
import { constitutionSchema } from '../../../council/events/constitution.ts'
import type { AnyRecord, RecordOf, RecordType } from '../../../council/records/index.ts'
import { defaultRuleSet } from '../../law/index.ts'
import { constitutionOf, type ConstitutionInput } from './constitution.ts'
import { isByOffice, isChair, isDeputy, matterOfName } from './office-words.ts'

const today = '2026-11-25'
const demo = makeTown(profiles.small, today)
const all = <Type extends RecordType>(type: Type): RecordOf[Type][] =>
  (demo.records as AnyRecord[]).filter((record) => record.type === type) as never
const rules = defaultRuleSet

const inputFor = (name: string): ConstitutionInput => {
  const body = all('organization').find((organization) => organization.name === name)
  if (!body) throw new Error(`The demo town has no ${name}`)
  const meeting = all('meeting').find(({ organization, start }) => organization.includes(body._id) && start > today)
  if (!meeting) throw new Error(`${name} does not meet`)
  return {
    meeting,
    day: meeting.start.slice(0, 10),
    items: all('agenda-item').filter((item) => item.meeting === meeting._id),
    organizations: all('organization'),
    memberships: all('membership'),
    persons: all('person'),
    rules,
  }
}
const bodies = (type: string) => all('organization').filter(({ organizationType }) => organizationType === type)

test('of the demo town: the mayor presides over the council with a vote and without an elected seat', () => {
  const { constitution, faults } = constitutionOf(inputFor(bodies('council')[0]!.name))
  const chair = constitution.seats[0]!
  expect(constitution.presidents).toEqual([chair.person])
  expect(chair).toMatchObject({ votes: true, elected: false })
  expect(chair.name).toMatch(/^Frau /)
  const others = constitution.seats.slice(1)
  expect(others.every(({ votes, elected, faction }) => votes && elected && faction)).toBe(true)
  // GemO RLP § 29 Abs. 1: the elected members and the chair.
  expect(constitution.statutoryNumber).toBe(others.length + 1)
  expect(constitution.factions.length).toBeGreaterThan(3)
  expect(faults).toEqual([{ kind: 'no-deputy' }])
  expect(v.is(constitutionSchema, constitution)).toBe(true)
})

test('of the demo town: every committee and board has its chair, deputy and votes by its register', () => {
  const small = [...bodies('committee'), ...bodies('advisory-board')]
  expect(small.length).toBeGreaterThan(5)
  for (const { name, organizationType } of small) {
    const { constitution, faults } = constitutionOf(inputFor(name))
    expect(faults.filter(({ kind }) => kind !== 'no-deputy' && kind !== 'no-agenda')).toEqual([])
    const chair = constitution.seats.find(({ person }) => person === constitution.presidents[0])!
    if (organizationType === 'committee') expect(chair).toMatchObject({ votes: false, elected: false })
    else expect(chair).toMatchObject({ votes: true })
    const members = constitution.seats.filter(({ votes }) => votes)
    expect(members).toHaveLength(constitution.statutoryNumber)
    expect(v.is(constitutionSchema, constitution)).toBe(true)
  }
})

test('roles are recognised as German and English registers write them', () => {
  const chairs = ['Vorsitz', 'Vorsitzende', 'Oberbürgermeisterin', 'Ortsvorsteher', 'Ratspräsidentin', 'Chair', 'Mayor']
  const deputies = [
    'Stellvertretender Vorsitz',
    'Stv. Vorsitzender',
    '1. Stellvertreterin',
    'Vizepräsident',
    'Deputy chair',
  ]
  const neither = [
    'Ratsmitglied',
    'Mitglied',
    'Fraktionsvorsitz',
    'Stellvertretender Fraktionsvorsitz',
    'Sitzungsdienst',
  ]
  expect(chairs.filter((role) => isChair(role) && !isDeputy(role))).toEqual(chairs)
  expect(deputies.filter((role) => isDeputy(role) && !isChair(role))).toEqual(deputies)
  expect(neither.filter((role) => isChair(role) || isDeputy(role))).toEqual([])
  expect(['Oberbürgermeisterin', 'Beigeordneter', 'Ortsvorsteherin', 'Landrat'].every(isByOffice)).toBe(true)
  expect(['Ratsmitglied', 'Stellvertretender Vorsitz', 'Vorsitz'].some(isByOffice)).toBe(false)
})

test('what an item is about is guessed by its name, an ordinary matter where nothing speaks for another', () => {
  expect(matterOfName('Satzung über wiederkehrende Beiträge')).toBe('statute')
  expect(matterOfName('Wahl der zweiten Beigeordneten')).toBe('election')
  expect(matterOfName('Nachwahl in den Hauptausschuss')).toBe('election')
  expect(matterOfName('Mitteilungen der Verwaltung')).toBe('information')
  expect(matterOfName('Wahlkreiseinteilung und Wahltermin')).toBe('ordinary')
  expect(matterOfName('Erneuerung der Fahrbahn')).toBe('ordinary')
})

const stamps = { schema: 1, created: '2026-01-05T09:00:00Z', modified: '2026-01-05T09:00:00Z' } as const
const organization = (key: string, organizationType: 'council' | 'faction') => ({
  ...{ _id: `organization:${key}`, type: 'organization' as const, ...stamps, body: 'body:town' },
  ...{ name: key, organizationType },
})
const person = (key: number) => ({
  ...{ _id: `person:${key}`, type: 'person' as const, ...stamps, body: 'body:town' },
  ...{ name: `P ${key}`, familyName: `P${key}`, released: [] },
})
const membership = fc.record({
  person: fc.nat(8),
  organization: fc.constantFrom('council', 'other', 'red', 'blue'),
  role: fc.option(fc.constantFrom('Vorsitz', 'Stv. Vorsitz', 'Ratsmitglied', 'Bürgermeister'), { nil: undefined }),
  votingRight: fc.boolean(),
  startDate: fc.constantFrom('2024-07-01', '2026-11-25', '2026-11-26'),
  endDate: fc.constantFrom(undefined, '2026-11-24', '2026-11-25'),
  onBehalfOf: fc.option(fc.constantFrom('organization:red', 'organization:blue'), { nil: undefined }),
})
const register = fc.array(membership, { maxLength: 20 }).map((entries) =>
  entries.map(({ person: who, organization: where, ...more }, place) => ({
    ...{ _id: `membership:${place}`, type: 'membership' as const, ...stamps },
    ...{ person: `person:${who}`, organization: `organization:${where}` },
    ...more,
  })),
)
const inputOf = (memberships: unknown[]): ConstitutionInput => ({
  ...{ meeting: { organization: ['organization:council'] }, day: today, items: [], memberships: memberships as never },
  organizations: [
    organization('council', 'council'),
    organization('other', 'council'),
    organization('red', 'faction'),
    organization('blue', 'faction'),
  ],
  // Person 8 is in no register.
  ...{ persons: Array.from({ length: 8 }, (_, key) => person(key)), rules },
})

test('for any register: whoever belongs to the body on its day has one seat, and nobody else has', () => {
  fc.assert(
    fc.property(register, (memberships) => {
      const { constitution, faults } = constitutionOf(inputOf(memberships))
      const running = memberships.filter(
        ({ organization: where, startDate, endDate }) =>
          where === 'organization:council' && startDate <= today && (endDate ?? today) >= today,
      )
      const sitting = new Set(running.map(({ person: who }) => who))
      const unknown = sitting.delete('person:8')
      expect(constitution.seats.map((seat) => seat.person).sort()).toEqual([...sitting].sort())
      expect(faults.some(({ kind }) => kind === 'unknown-person')).toBe(unknown)
      const twice = [...sitting].filter((who) => running.filter((entry) => entry.person === who).length > 1)
      expect(faults.flatMap((fault) => (fault.kind === 'duplicate-seat' ? fault.person : [])).sort()).toEqual(
        twice.sort(),
      )
      for (const seat of constitution.seats)
        expect(seat.votes).toBe(running.some((entry) => entry.person === seat.person && entry.votingRight))
    }),
  )
})

test('for any register: who presides sits, once; a missing chair is named; factions are those of the seats', () => {
  fc.assert(
    fc.property(register, (memberships) => {
      const { constitution, faults } = constitutionOf(inputOf(memberships))
      const sitting = new Set(constitution.seats.map((seat) => seat.person))
      expect(new Set(constitution.presidents).size).toBe(constitution.presidents.length)
      expect(constitution.presidents.every((who) => sitting.has(who))).toBe(true)
      if (constitution.presidents.length === 0) expect(faults).toContainEqual({ kind: 'no-chair' })
      const named = new Set(constitution.seats.flatMap(({ faction }) => faction ?? []))
      expect(new Set(constitution.factions.map((faction) => faction.organization))).toEqual(named)
      expect(constitution.statutoryNumber).toBeGreaterThan(0)
      expect(constitution.seats.every(({ votes, elected }) => votes || !elected)).toBe(true)
    }),
  )
})

test('in whichever order the records come, the constitution is the same', () => {
  fc.assert(
    fc.property(register, fc.infiniteStream(fc.nat()), (memberships, chance) => {
      const drawn = memberships.map((entry) => ({ entry, at: chance.next().value as number }))
      const shuffled = drawn.sort((a, b) => a.at - b.at).map(({ entry }) => entry)
      expect(constitutionOf(inputOf(shuffled))).toEqual(constitutionOf(inputOf(memberships)))
    }),
  )
})
