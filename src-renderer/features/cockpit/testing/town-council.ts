import { formatClock } from '../../../../shared/council/clock.ts'
import type { AgendaEntry, Constitution, Seat } from '../../../../shared/council/events/constitution.ts'
import {
  hubAccount,
  meetingEventId,
  type Author,
  type EventBody,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { AgendaItem, Meeting } from '../../../../shared/oparl/index.ts'

/** A council of 53 in a hybrid meeting, for tests of screens: real event bodies, without signatures. */

export const meetingId = 'meeting:18'
/** 17:00 by the clock of the town. */
export const start = Date.parse('2026-11-30T16:00:00Z')
export const minute = 60_000

const factionNames = [
  'Soziale Stadtliste',
  'Bürgerunion',
  'Grünes Nibelau',
  'Freie Wähler',
  'Liberale Liste',
  'Zukunft Stadtteile',
]
const sizes = [14, 13, 10, 7, 5, 3]
const first = [
  'Sunniva',
  'Bilal',
  'Greta',
  'Ottokar',
  'Mehtap',
  'Jonas',
  'Hedwig',
  'Ruben',
  'Ljuba',
  'Anselm',
  'Ida',
  'Tarek',
  'Walburga',
]
const last = [
  'Distelhuf',
  'Nebelzwirn',
  'Quittenrain',
  'Federkiel',
  'Morgenthau-Hagedorn',
  'Sandvoss',
  'Kupferberg',
  'Aldinger',
  'Öztürk',
  'Weidenwörth',
  'Lindwurm',
]

export const factions = factionNames.map((name, index) => ({ organization: `organization:f${index}`, name }))
export const mayor: Seat = {
  ...{ person: 'person:mayor', name: 'Oberbürgermeisterin Dr. Almut Rheinfels', votes: true, elected: false },
}
const members: Seat[] = sizes.flatMap((size, faction) =>
  Array.from({ length: size }, (_, place): Seat => {
    const number = sizes.slice(0, faction).reduce((sum, before) => sum + before, 0) + place
    const name = `${first[number % first.length]} ${last[(number + Math.floor(number / first.length) * 3) % last.length]}`
    return { person: `person:${number}`, name, faction: `organization:f${faction}`, votes: true, elected: true }
  }),
)
export const seats: Seat[] = [mayor, ...members]
export const person = (number: number): string => `person:${number}`

const titles: readonly [string, AgendaEntry['matter'], boolean?][] = [
  ['Eröffnung und Feststellung der Beschlussfähigkeit', 'information'],
  ['Einwohnerfragestunde', 'information'],
  ['Sanierung der Brücke in der Weidenwörther Straße über den Kauzbach', 'ordinary'],
  ['Benutzungs- und Entgeltordnung der Nibelungenhalle', 'ordinary'],
  ['Hochwasser- und Starkregenvorsorge am Domplättchen', 'ordinary'],
  ['Städtebauliche Sanierung der Drosselheimer Hauptstraße: Rahmenplan', 'ordinary'],
  ['Annahme von Spenden und Sponsoringleistungen, 4. Liste 2026', 'ordinary'],
  ['Haushaltssatzung und Haushaltsplan für das Haushaltsjahr 2027', 'statute'],
  ['Bebauungsplan Nr. 52 „Alter Güterbahnhof“: Abwägung und Satzungsbeschluss', 'statute'],
  ['Antrag der Fraktion Zukunft Stadtteile: Schattenplätze am Reiherauer Altrhein', 'ordinary'],
  ['Wahl der zweiten Beigeordneten', 'election'],
  ['Mitteilungen der Verwaltung', 'information'],
  ['Grundstücksangelegenheit Gewerbegebiet Ost', 'ordinary', false],
  ['Personalangelegenheit', 'ordinary', false],
  ['Nichtöffentliche Mitteilungen', 'information', false],
]
export const item = (number: number): string => `agenda-item:${number}`
export const agenda: AgendaEntry[] = titles.map(([, matter, open = true], index) => ({
  ...{ item: item(index + 1), public: open, matter },
}))

const stamps = { schema: 1, created: '2026-11-20T09:00:00Z', modified: '2026-11-20T09:00:00Z' } as const
const term = 'legislative-term:1'
export const items: AgendaItem[] = titles.map(([name, , open = true], index) => ({
  ...{ _id: item(index + 1), type: 'agenda-item', ...stamps, meeting: meetingId, term },
  ...{ order: `a${String(index).padStart(2, '0')}`, name, public: open },
}))
/** Entered by the office after the invitation: it is not in the log. */
export const addable: AgendaItem = {
  ...{ _id: item(16), type: 'agenda-item', ...stamps, meeting: meetingId, term, order: 'b00', public: true },
  name: 'Resolution zum Erhalt der Bahnstrecke',
}
export const meeting: Meeting = {
  ...{ _id: meetingId, type: 'meeting', ...stamps, term, organization: ['organization:council'], public: true },
  ...{ name: '18. Sitzung des Stadtrats', start: '2026-11-30T16:00:00Z', publication: { state: 'published', step: 1 } },
}

export const constitution: Constitution = {
  organizations: ['organization:council'],
  rules: 'de-rp-2024',
  statutoryNumber: 53,
  seats,
  factions,
  presidents: [mayor.person, person(0), person(14)],
  agenda,
  call: 'first',
  constituent: false,
  hybrid: true,
  recording: 'statute',
}

export const chair: Author = { account: 'chair', person: mayor.person, roles: ['chair'], key: 'a'.repeat(64) }
export const memberAuthor = (number: number): Author => ({
  ...{ account: `account-${number}`, person: person(number), roles: ['member'], key: 'b'.repeat(64) },
})

export const hubAuthor: Author = { account: hubAccount, person: null, roles: [], key: 'c'.repeat(64) }

/** An event as a device would write it, but for signature and chain, which the reducer does not look at. */
export function eventAt(ms: number, count: number, body: EventBody, author = chair, offline = false): MeetingEvent {
  return {
    _id: meetingEventId({
      meeting: meetingId,
      clock: formatClock({ ms, count, device: '0000test' }),
      author: author.account,
    }),
    ...{ type: 'event', schema: 1, author, body, place: count + 1, previous: null, signature: '' },
    ...(offline ? { offline } : {}),
  }
}

/** What happened, minutes after the start. */
export interface Happening {
  readonly after: number
  readonly body: EventBody
  readonly by?: Author
  readonly offline?: boolean
}

export const speechOf = (number: number, at = 5): string => `speech:${at}-${number}`
const request = (number: number, more: Partial<Extract<EventBody, { kind: 'speech-requested' }>> = {}): EventBody => ({
  ...{ kind: 'speech-requested', speech: speechOf(number), item: item(5) },
  ...{ speaker: { person: person(number) }, form: 'speech', ...more },
})

/** Prepared, and everybody on the way: 34 in the room, 5 from elsewhere, one of them cut off. */
export function prepared(): Happening[] {
  const room = [mayor.person, ...Array.from({ length: 38 }, (_, n) => person(n)).filter((_, n) => n % 9 !== 8)]
  const remote = [40, 41, 42, 44, 46].map(person)
  return [
    { after: -60, body: { kind: 'meeting-prepared', constitution } },
    ...room.map((who, n): Happening => ({
      after: -20 + n / 4,
      body: { kind: 'person-arrived', person: who, mode: 'room', by: n % 3 === 0 ? 'code' : 'list' },
    })),
    ...remote.map((who, n): Happening => ({
      after: -8 + n / 2,
      body: { kind: 'person-arrived', person: who, mode: 'remote', by: 'self' },
      by: memberAuthor(Number(who.slice(7))),
    })),
  ]
}

/** Item 5 is open, somebody speaks, eight wait, one of them for a point of order, one late. */
export function debate(): Happening[] {
  const past: Happening[] = [1, 2, 3, 4].flatMap((number): Happening[] => [
    { after: number * 8, body: { kind: 'item-opened', item: item(number) } },
  ])
  return [
    ...prepared(),
    { after: 1, body: { kind: 'meeting-opened' } },
    { after: 2, body: { kind: 'speaking-time-set', item: null, budget: { per: 'speech' }, seconds: 300 } },
    ...factions.map(({ organization }, n): Happening => ({
      after: 3,
      body: {
        ...{ kind: 'speaking-time-set', item: null, seconds: 600 + 60 * (sizes[n] ?? 0) },
        budget: { per: 'faction', faction: organization },
      },
    })),
    ...past,
    {
      after: 38,
      body: { kind: 'note-added', item: item(4), text: 'Ratsmitglied Öztürk bittet um Aufnahme der Anlage 3.' },
    },
    { after: 41, body: { kind: 'item-opened', item: item(5) } },
    { after: 41.5, body: { kind: 'conflict-declared', person: person(6), item: item(5), away: 'table' } },
    { after: 42, body: request(0, { stance: 'pro' }) },
    { after: 42.2, body: { kind: 'speech-started', speech: speechOf(0) } },
    { after: 42.5, body: request(15, { stance: 'contra' }) },
    { after: 43, body: request(2), by: memberAuthor(2) },
    { after: 43.2, body: request(28, { stance: 'pro', about: 'Rückhaltebecken' }) },
    { after: 43.4, body: request(31), by: memberAuthor(31), offline: true },
    { after: 43.8, body: request(41, { stance: 'contra' }), by: memberAuthor(41) },
    { after: 44, body: request(20) },
    { after: 44.5, body: { kind: 'speech-stopped', speech: speechOf(0) } },
    { after: 44.6, body: { kind: 'speech-started', speech: speechOf(15) } },
    { after: 45, body: request(37, { stance: 'pro' }) },
    {
      after: 45.2,
      body: {
        ...{ kind: 'speech-requested', speech: 'speech:guest', item: item(5), form: 'speech' },
        speaker: { guest: 'Dipl.-Ing. Rosa Wehrmann, Planungsbüro' },
      },
    },
    { after: 45.5, body: request(9, { form: 'point-of-order' }), by: memberAuthor(9) },
    { after: 45.6, body: { kind: 'called-to-order', person: person(16) } },
    { after: 46, body: { kind: 'connection-lost', person: person(44) } },
    { after: 46.2, body: { kind: 'speech-started', speech: 'speech:nobody' } },
  ]
}

/** The closed part has begun. */
export const closedPart = (): Happening[] => [
  ...debate(),
  { after: 50, body: { kind: 'item-closed', item: item(5) } },
  { after: 51, body: { kind: 'part-closed', reason: 'Interessen Einzelner' } },
  { after: 52, body: { kind: 'item-opened', item: item(13) } },
]
