import type { Constitution } from '../../../../shared/council/events/constitution.ts'
import { formatClock } from '../../../../shared/council/clock.ts'
import {
  hubAccount,
  meetingEventId,
  type EventBody,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { AgendaItem, Meeting } from '../../../../shared/oparl/index.ts'

const families = [
  ...[
    'Abel',
    'Ackermann',
    'Bachmann',
    'Baumgärtner',
    'Berger',
    'Bauer-Lindenthal',
    'Diehl',
    'Dörr',
    'Ebert',
    'Eichhorn',
  ],
  ...['Faber', 'Feldmann', 'Fuchs', 'Gärtner', 'Geiger', 'Graf', 'Haas', 'Hartmann', 'Heß', 'Hoffmann', 'Jäger'],
  ...['Jung', 'Kaiser', 'Keller', 'Klein', 'Krämer', 'Lang', 'Lenz', 'Lorenz', 'Maier', 'Marx', 'Neumann', 'Ochs'],
  ...['Öhler', 'Peters', 'Pfeiffer', 'Quint', 'Rausch', 'Reuter', 'Roth', 'Sauer', 'Schäfer', 'Schmitt', 'Seibert'],
  ...['Simon', 'Thiel', 'Ullrich', 'Vogel', 'Wagner', 'Weber', 'Winkler', 'Zimmermann'],
]
const given = [
  'Anna',
  'Bernd',
  'Clara',
  'Dieter',
  'Elif',
  'Frank',
  'Gisela',
  'Hüseyin',
  'Ines',
  'Jörg',
  'Katrin',
  'Łukasz',
]
const factions = ['Bürgerliche Mitte', 'Soziale Stadtliste', 'Zukunft Stadtteile', 'Freie Wähler']

export const mayor = 'person:00'
export const personAt = (index: number): string => `person:${String(index).padStart(2, '0')}`
export const itemIds = { resolution: 'agenda-item:1', statute: 'agenda-item:2', election: 'agenda-item:3' }

/** A council of 53: a full-time mayor who presides, and 52 councillors in four factions and without one. */
export function councilOf53(changes: Partial<Constitution> = {}): Constitution {
  const organizations = factions.map((name, index) => ({ organization: `organization:faction-${index}`, name }))
  const seats = families.slice(0, 52).map((family, index) => ({
    person: personAt(index + 1),
    name: `${given[index % given.length]} ${family}`,
    ...(index < 50 ? { faction: organizations[Math.floor(Math.sqrt(index / 3.2))]!.organization } : {}),
    votes: true,
    elected: true,
  }))
  return {
    organizations: ['organization:council'],
    rules: 'de-rp-2024',
    statutoryNumber: 53,
    seats: [{ person: mayor, name: 'Dr. Helga Brunnenmeister', votes: true, elected: false }, ...seats],
    factions: organizations,
    presidents: [mayor, personAt(1)],
    agenda: [
      { item: itemIds.resolution, public: true, matter: 'ordinary' },
      { item: itemIds.statute, public: true, matter: 'statute' },
      { item: itemIds.election, public: true, matter: 'election' },
    ],
    call: 'first',
    constituent: false,
    hybrid: true,
    recording: 'none',
    ...changes,
  }
}

/** What has to happen before the first item can be voted on: `present` come, the mayor among them, the last `remote`. */
export function opening(
  constitution: Constitution,
  { present = 53, remote = 0, item = itemIds.resolution }: { present?: number; remote?: number; item?: string } = {},
): EventBody[] {
  return [
    { kind: 'meeting-prepared', constitution },
    ...constitution.seats.slice(0, present).map(({ person }, index): EventBody => ({
      kind: 'person-arrived',
      person,
      mode: index < present - remote ? 'room' : 'remote',
      by: 'list',
    })),
    { kind: 'meeting-opened' },
    { kind: 'item-opened', item },
  ]
}

const stamped = { schema: 1, created: '2026-11-01T08:00:00Z', modified: '2026-11-01T08:00:00Z' } as const
const published = { publication: { state: 'published', step: 1 } } as const

export const proposal = [
  'Der Rat beschließt die Sanierung der Brücke in der Weidenwörther Straße.',
  'Er stellt dafür 480.000 € im Haushalt 2027 bereit.',
  'Die Verwaltung schreibt die Arbeiten bis zum 31. März 2027 aus.',
  'Der Radverkehr wird während der Bauzeit über die Kauzbachstraße geführt.',
  'Über den Fortgang wird dem Bauausschuss halbjährlich berichtet.',
].join('\n')

export const items = [
  {
    ...stamped,
    ...published,
    _id: itemIds.resolution,
    type: 'agenda-item',
    name: 'Sanierung der Brücke in der Weidenwörther Straße über den Kauzbach',
    resolutionText: proposal,
  },
  { ...stamped, ...published, _id: itemIds.statute, type: 'agenda-item', name: 'Änderung der Friedhofssatzung' },
  { ...stamped, ...published, _id: itemIds.election, type: 'agenda-item', name: 'Wahl der Zweiten Beigeordneten' },
].map((item) => ({ ...item, meeting: 'meeting:18', public: true, order: item._id }) as unknown as AgendaItem)

export const meeting = {
  ...stamped,
  ...published,
  _id: 'meeting:18',
  type: 'meeting',
  name: '18. Sitzung des Stadtrats',
  start: '2026-11-30T16:00:00Z',
  organization: ['organization:council'],
} as unknown as Meeting

/** The events of a log that one clerk and the hub wrote, a second apart; for rules that read the state alone. */
export const eventsFrom = (bodies: readonly EventBody[]): MeetingEvent[] =>
  bodies.map((body, index) => {
    const account = body.kind === 'ballots-received' || body.kind === 'vote-sealed' ? hubAccount : 'clerk'
    const clock = formatClock({ ms: Date.parse('2026-11-30T17:00:00Z') + index * 1000, count: 0, device: 'staged00' })
    return {
      _id: meetingEventId({ meeting: meeting._id, clock, author: account }),
      type: 'event',
      schema: 1,
      author: { account, person: null, roles: account === hubAccount ? [] : ['clerk'], key: '0'.repeat(64) },
      body,
      place: index + 1,
      previous: null,
      signature: '',
    }
  })
