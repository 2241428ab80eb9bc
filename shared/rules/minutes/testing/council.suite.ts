import type { AgendaEntry, Constitution, Seat } from '../../../council/events/constitution.ts'
import type { MinutesItem } from '../source.ts'

/** A council of 53 and its agenda, for the minutes of a full evening. */

const factionNames = [
  'Soziale Stadtliste',
  'Bürgerunion',
  'Grünes Nibelau',
  'Freie Wähler',
  'Liberale Liste',
  'Zukunft',
]
const sizes = [14, 13, 10, 7, 5, 3]
const first = [
  ...['Frau Sunniva', 'Herr Bilal', 'Frau Greta', 'Herr Ottokar', 'Frau Mehtap', 'Herr Jonas', 'Frau Hedwig'],
  ...['Herr Ruben', 'Frau Ljuba', 'Herr Anselm', 'Frau Ida', 'Herr Tarek', 'Frau Walburga'],
]
const last = [
  ...['Distelhuf', 'Nebelzwirn', 'Quittenrain', 'Federkiel', 'Morgenthau-Hagedorn', 'Sandvoss', 'Kupferberg'],
  ...['Aldinger', 'Öztürk', 'Weidenwörth', 'Lindwurm'],
]

export const mayor = 'person:mayor'
/** A member of the council by number, from 0 to 51. */
export const person = (number: number): string => `person:${number}`
export const people = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => person(from + index))
export const faction = (number: number): string => `organization:f${number}`
const factionOf = sizes.flatMap((size, index) => new Array<number>(size).fill(index))

const seats: Seat[] = [
  { person: mayor, name: 'Oberbürgermeisterin Dr. Almut Rheinfels', votes: true, elected: false },
  ...factionOf.map((group, number): Seat => ({
    ...{ person: person(number), faction: faction(group), votes: true, elected: true },
    name: `${first[number % first.length]} ${last[(number + Math.floor(number / first.length) * 3) % last.length]}`,
  })),
]

const items: readonly [string, AgendaEntry['matter'], boolean?][] = [
  ['Einwohnerfragestunde', 'information'],
  ['Sanierung der Brücke in der Weidenwörther Straße', 'ordinary'],
  ['Haushaltssatzung für das Haushaltsjahr 2027', 'statute'],
  ['Wahl der zweiten Beigeordneten', 'election'],
  ['Schattenplätze am Reiherauer Altrhein', 'ordinary'],
  ['Radweg entlang der Bahnstrecke', 'ordinary'],
  ['Mitteilungen der Verwaltung', 'information'],
  ['Verkauf eines Grundstücks im Gewerbegebiet Ost', 'ordinary', false],
  ['Personalangelegenheit: Leitung des Bauamts', 'ordinary', false],
]
/** Entered after the invitation. */
const added = 'Resolution zum Erhalt der Bahnstrecke'

export const item = (number: number): string => `agenda-item:${number}`
export const itemNames: ReadonlyMap<string, MinutesItem> = new Map(
  [...items, [added, 'ordinary'] as const].map(([name, , open = true], index) => [
    item(index + 1),
    {
      ...{ number: String(index + 1), name, shown: open },
      ...(index === 7 ? { publicTitle: 'Grundstücksangelegenheit' } : {}),
    },
  ]),
)

export const constitution: Constitution = {
  ...{ organizations: ['organization:council'], rules: 'de-rp-2024', statutoryNumber: 53, seats },
  factions: factionNames.map((name, number) => ({ organization: faction(number), name })),
  presidents: [mayor, person(0), person(14)],
  agenda: items.map(([, matter, open = true], index) => ({ item: item(index + 1), public: open, matter })),
  ...{ call: 'first', constituent: false, hybrid: true, recording: 'statute' },
  invitation: {
    ...{ sent: '2026-11-27', meeting: '2026-11-30', urgent: true },
    urgency: 'Die Brücke ist seit dem 25. November gesperrt.',
  },
}
