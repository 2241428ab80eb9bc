import type { AnyRecord } from '../../../shared/council/records/index.ts'
import type { LegislativeTerm, Meeting, Organization, Paper, Person } from '../../../shared/oparl/index.ts'
import { draft, type Publication } from '../../../shared/oparl/record.ts'
import type { Hub } from '../../../src-main/hub/start-hub.ts'

const stamps = { schema: 1, created: '2026-01-05T09:00:00Z', modified: '2026-01-05T09:00:00Z' } as const
export const published: Publication = { state: 'published', step: 1 }

const body = { _id: 'body:town', type: 'body', ...stamps, name: 'Stadt Musterstadt' } as const
export const term: LegislativeTerm = {
  ...{ _id: 'legislative-term:now', type: 'legislative-term', ...stamps, body: body._id },
  ...{ name: '2024 bis 2029', startDate: '2024-07-01' },
}

/** A word of closed matter, by which a leak is found. */
export const closedWord = 'Grundstuecksverkauf'

export const committee: Organization = {
  ...{ _id: 'organization:main', type: 'organization', ...stamps, body: body._id },
  ...{ name: 'Hauptausschuss', organizationType: 'committee' },
}
export const member: Person = {
  ...{ _id: 'person:member', type: 'person', ...stamps, body: body._id },
  ...{ name: 'Mia Mitglied', familyName: 'Mitglied', released: [] },
}

export const meeting = (key: string, more: Partial<Meeting> = {}): Meeting => ({
  ...{ _id: `meeting:${key}`, type: 'meeting', ...stamps, term: term._id, organization: [committee._id] },
  ...{ name: `Sitzung ${key}`, start: '2026-12-01T17:00:00Z', public: true, publication: published },
  ...more,
})

export const paper = (key: string, more: Partial<Paper> = {}): Paper => ({
  ...{ _id: `paper:${key}`, type: 'paper', ...stamps, term: term._id, name: `Vorlage ${key}` },
  ...{ public: true, publication: draft, ...more },
})

/** A town with a committee, its member, a meeting with an open and a closed item. */
export const smallTown = (): AnyRecord[] => [
  { ...body },
  { ...term },
  committee,
  member,
  {
    ...{ _id: 'membership:member', type: 'membership', ...stamps, person: member._id },
    ...{ organization: committee._id, votingRight: true, startDate: '2024-07-01' },
  },
  meeting('next'),
  {
    ...{ _id: 'agenda-item:open', type: 'agenda-item', ...stamps, meeting: 'meeting:next', term: term._id },
    ...{ order: 'a0', name: 'Haushalt', public: true },
  },
  {
    ...{ _id: 'agenda-item:closed', type: 'agenda-item', ...stamps, meeting: 'meeting:next', term: term._id },
    ...{ order: 'a1', name: closedWord, public: false, closedReason: 'Interessen Einzelner' },
  },
]

/** Writes records as a clerk's device would. */
export async function put(hub: Hub, records: readonly AnyRecord[]): Promise<void> {
  const office = await hub.store.open('office')
  for (const record of records) {
    const { _rev } = (await office.get(record._id)) ?? {}
    const [outcome] = await office.write([{ ...record, _rev }])
    if (!outcome?.ok) throw new Error(JSON.stringify(outcome))
  }
}
