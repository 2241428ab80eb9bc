import { describe, expect, test } from 'vitest'
import {
  definitions,
  readRecord,
  type AnyRecord,
  type RecordOf,
  type RecordType,
} from '../../../shared/council/records/index.ts'
import { isRunning } from '../../../shared/oparl/membership.ts'
import { referencesIn, typeOfId } from '../../../shared/oparl/record.ts'
import { profiles } from '../profile.ts'
import { makeTown } from './town.ts'
import { town as words } from './words.ts'

const today = '2026-11-23'
const small = makeTown(profiles.small, today)
const of = <Type extends RecordType>(type: Type, records: readonly AnyRecord[] = small.records): RecordOf[Type][] =>
  records.filter((record): record is RecordOf[Type] => record.type === type)

const days = [today, '2024-02-29', '2025-07-01', '2026-01-01', '2031-12-31']

describe.each(days)('the small town on %s', (day) => {
  const town = makeTown(profiles.small, day)
  const byId = new Map<string, AnyRecord>(town.records.map((record) => [record._id, record]))
  const files = new Set(town.prints.map((print) => print.id))

  test('is made of valid records', () => {
    const faults = town.records.flatMap((record) => {
      const outcome = readRecord(record)
      return outcome.ok ? [] : [{ record, faults: outcome.failure }]
    })
    expect(faults).toEqual([])
  })

  test('names no record that is not there', () => {
    const dangling = town.records.flatMap((record) => {
      const fields = record as unknown as Record<string, unknown>
      return Object.keys(definitions[record.type].references)
        .flatMap((field) => referencesIn(fields, field))
        .filter((id) => (typeOfId(id) === 'file' ? !files.has(id) : !byId.has(id)))
    })
    expect(dangling).toEqual([])
    expect(byId.size).toBe(town.records.length)
  })

  test('knows nothing of the future', () => {
    const latest = `${day}T23:59:59Z`
    expect(town.records.filter((record) => record.modified > latest || record.created > record.modified)).toEqual([])
  })

  test('calls the council in a few days, with a full packet', () => {
    const council = of('organization', town.records).find((entry) => entry.organizationType === 'council')!
    const next = of('meeting', town.records)
      .filter((meeting) => meeting.organization.includes(council._id) && meeting.start > `${day}T23`)
      .sort((a, b) => (a.start < b.start ? -1 : 1))[0]!
    const ahead = (Date.parse(next.start) - Date.parse(day)) / 86_400_000
    expect(ahead).toBeGreaterThan(4)
    expect(ahead).toBeLessThan(9)
    const items = of('agenda-item', town.records).filter((item) => item.meeting === next._id)
    const closed = items.filter((item) => !item.public)
    expect(items.length).toBeGreaterThan(15)
    expect(closed.some((item) => item.publicTitle) && closed.some((item) => !item.publicTitle)).toBe(true)
    expect(next.publication.state === 'published' && next.invitation !== undefined).toBe(true)
  })
})

test('the same profile, day and seed give the same town, another seed another', () => {
  expect(JSON.stringify(makeTown(profiles.small, today))).toBe(JSON.stringify(small))
  expect(JSON.stringify(makeTown(profiles.small, today, 7))).not.toBe(JSON.stringify(small))
})

test('20 organizations, a mayor and 52 councillors in six factions', () => {
  expect(of('organization')).toHaveLength(20)
  const council = of('organization').find((entry) => entry.organizationType === 'council')!
  const seats = of('membership').filter((entry) => entry.organization === council._id && isRunning(entry, today))
  expect(new Set(seats.map((entry) => entry.person)).size).toBe(53)
  expect(seats.every((entry) => entry.votingRight)).toBe(true)
  expect(new Set(seats.map((entry) => entry.onBehalfOf).filter(Boolean)).size).toBe(6)
})

test('nobody sits twice in one organization', () => {
  const seats = of('membership').map((entry) => `${entry.person} ${entry.organization} ${entry.startDate}`)
  expect(new Set(seats).size).toBe(seats.length)
})

test('a closed item has a reason and a closed paper, a public one a public paper', () => {
  const byId = new Map<string, AnyRecord>(small.records.map((record) => [record._id, record]))
  for (const item of of('agenda-item')) {
    expect(item.public).toBe(item.closedReason === undefined)
    const consultation = item.consultation && byId.get(item.consultation)
    if (consultation && consultation.type === 'consultation')
      expect(byId.get(consultation.paper)).toMatchObject({ public: item.public })
  }
})

test('a consultation chain runs forward in time and ends with who decides', () => {
  const meetings = new Map(of('meeting').map((meeting) => [meeting._id, meeting]))
  const chains = Map.groupBy(of('consultation'), (entry) => entry.paper)
  for (const chain of chains.values()) {
    const starts = chain.map((entry) => meetings.get(entry.meeting!)!.start)
    expect(starts).toEqual(starts.toSorted())
    expect(chain.slice(0, -1).some((entry) => entry.authoritative)).toBe(false)
  }
  expect([...chains.values()].some((chain) => chain.length >= 3)).toBe(true)
})

test('what was held has results; drafts, a withdrawn and a cancelled meeting lie ahead', () => {
  const held = new Set(
    of('meeting')
      .filter((meeting) => meeting.start < today)
      .map((meeting) => meeting._id),
  )
  for (const item of of('agenda-item'))
    if (item.consultation) expect(item.result !== undefined).toBe(held.has(item.meeting))
  const ahead = of('meeting').filter((meeting) => !held.has(meeting._id))
  expect(new Set(ahead.map((meeting) => meeting.publication.state))).toEqual(
    new Set(['draft', 'published', 'withdrawn']),
  )
  expect(ahead.filter((meeting) => meeting.cancelled)).toHaveLength(1)
  expect(ahead.filter((meeting) => meeting.publication.state === 'withdrawn')).toHaveLength(1)
})

test('closed items and closed papers stay out of what everybody may print', () => {
  const closed = of('agenda-item').filter((item) => !item.public)
  const invitations = JSON.stringify(small.prints.filter((print) => print.sheet.kind === 'invitation'))
  for (const item of closed) expect(invitations).not.toContain(JSON.stringify(item.name).slice(1, -1))
})

test('every login belongs to a person of the town; members sit in different factions and committees', () => {
  const people = new Set(of('person').map((entry) => entry._id))
  expect(small.accounts.every((account) => people.has(account.person))).toBe(true)
  const members = words.people.filter((entry) => entry.duty === 'councillor')
  expect(new Set(members.map((entry) => entry.faction)).size).toBeGreaterThanOrEqual(4)
})

test('the large town has 50,000 documents, 10,000 of them in the running term', () => {
  const large = makeTown(profiles.large, today)
  const running = of('legislative-term', large.records).at(-1)!._id
  const documents = [...large.records, ...large.prints]
  const inTerm = documents.filter((entry) => 'term' in entry && entry.term === running)
  expect(documents.length).toBeGreaterThan(49_500)
  expect(documents.length).toBeLessThan(50_500)
  expect(inTerm.length).toBeGreaterThan(9_500)
  expect(inTerm.length).toBeLessThan(10_500)
  const count = (type: RecordType): number =>
    of(type, large.records).filter((entry) => 'term' in entry && entry.term === running).length
  expect([count('meeting'), count('paper')]).toEqual([300, 2500])
})
