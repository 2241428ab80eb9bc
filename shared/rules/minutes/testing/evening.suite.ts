import type { Choice, Tally, VoteMode, VoteSubject } from '../../../council/events/vote.ts'
import type { EventBody, MeetingEvent } from '../../../council/meeting-event.ts'
import { reduceMeeting } from '../../meeting/log.ts'
import { storyOf } from '../../meeting/testing/story.suite.ts'
import type { MinutesSource } from '../source.ts'
import { constitution, faction, item, itemNames, mayor, people, person } from './council.suite.ts'

export const meetingId = 'meeting:18'
const seconds = 1000

/** What happens from a time of the town's clock on, a second apart. */
const at = (time: string, ...bodies: readonly EventBody[]): MeetingEvent[] => {
  const start = Date.parse(`2026-11-30T${time}:00+01:00`)
  return bodies.flatMap((body, index) => storyOf(meetingId, start + index * seconds, [body]))
}

const arrive = (persons: readonly string[], mode: 'room' | 'remote'): EventBody[] =>
  persons.map((who) => ({ kind: 'person-arrived', person: who, mode, by: mode === 'room' ? 'list' : 'self' }))
const leave = (persons: readonly string[]): EventBody[] => persons.map((who) => ({ kind: 'person-left', person: who }))
const openItem = (number: number): EventBody => ({ kind: 'item-opened', item: item(number) })
const speak = (key: string, number: number, speaker: { person: string } | { guest: string }): EventBody[] => [
  { kind: 'speech-requested', speech: `speech:${key}`, item: item(number), speaker, form: 'speech' },
  { kind: 'speech-started', speech: `speech:${key}` },
  { kind: 'speech-stopped', speech: `speech:${key}` },
]

interface Question {
  readonly about: number | null
  readonly question: string
  readonly mode?: VoteMode
  readonly subject?: VoteSubject
  readonly motion?: string
  readonly secret?: boolean
}
const open = (key: string, { about, motion, ...more }: Question): EventBody => ({
  ...{ kind: 'vote-opened', vote: `vote:${key}`, item: about === null ? null : item(about), majority: 'simple' },
  ...{ subject: 'resolution', mode: 'hand', secret: false },
  ...(motion === undefined ? {} : { motion }),
  ...more,
})
const tallyOf = ([yes, no, abstain, invalid = 0]: readonly [number, number, number, number?]): Tally => ({
  ...{ yes, no, abstain, invalid },
})
type Numbers = readonly [number, number, number, number?]
const counted = (key: string, question: Question, numbers: Numbers): EventBody[] => [
  open(key, question),
  { kind: 'votes-counted', vote: `vote:${key}`, tally: tallyOf(numbers) },
  { kind: 'vote-closed', vote: `vote:${key}` },
]
const rollCall = (key: string, question: Question, choices: readonly (readonly [string, Choice])[]): EventBody[] => [
  open(key, { ...question, mode: 'roll-call' }),
  ...choices.map(([who, choice]): EventBody => ({ kind: 'roll-called', vote: `vote:${key}`, person: who, choice })),
  { kind: 'vote-closed', vote: `vote:${key}` },
]
const round = (number: number, votes: readonly number[], invalid: number): EventBody[] => [
  { kind: 'round-opened', election: 'election:1', round: number },
  {
    ...{ kind: 'round-counted', election: 'election:1', round: number, against: 0, abstain: 0, invalid },
    votes: votes.map((some, index) => ({ candidate: `candidate:${index + 1}`, votes: some })),
  },
]

const before: MeetingEvent[] = [
  ...at('15:00', { kind: 'meeting-prepared', constitution }),
  ...at('16:40', ...arrive([mayor, ...people(0, 40)], 'room')),
  ...at('16:50', ...arrive(people(40, 45), 'remote')),
  ...at(
    '16:55',
    { kind: 'conflict-declared', person: person(6), item: item(2), away: 'table', reason: 'Eigentum am Ufer' },
    {
      ...{ kind: 'motion-put', motion: 'motion:bridge', item: item(2), form: 'main', persons: [] },
      title: 'Sanierung der Brücke',
      text: 'Der Stadtrat beschließt die Sanierung der Brücke.\nDie Kosten von 1,9 Mio. € werden 2027 bereitgestellt.',
    },
  ),
]

const beginning: MeetingEvent[] = [
  ...at('17:02', { kind: 'meeting-opened' }),
  ...at(
    '17:03',
    ...counted('urgent', { about: null, subject: 'urgency', question: 'Ist die Sitzung dringlich?' }, [42, 2, 2]),
  ),
  ...at(
    '17:05',
    ...counted(
      'more',
      { about: null, subject: 'extension', question: 'Wird die Tagesordnung um die Resolution erweitert?' },
      [40, 3, 3],
    ),
    {
      ...{ kind: 'item-added', entry: { item: item(10), public: true, matter: 'ordinary' } },
      ...{ before: item(7), vote: 'vote:more' },
    },
    { kind: 'item-withdrawn', item: item(7), reason: 'Es liegen keine Mitteilungen vor.' },
  ),
]

const debate: MeetingEvent[] = [
  ...at('17:10', openItem(1), ...speak('guest', 1, { guest: 'Rosa Wehrmann' }), { kind: 'item-closed', item: item(1) }),
  ...at('17:20', openItem(2), ...speak('a', 2, { person: person(14) }), ...speak('b', 2, { person: person(3) })),
  ...at('17:24', ...arrive([person(45)], 'room')),
  ...at(
    '17:30',
    {
      ...{ kind: 'motion-put', motion: 'motion:later', item: item(2), form: 'amendment', persons: [person(29)] },
      ...{ faction: faction(2), title: 'Sanierung erst 2028', text: 'Die Kosten werden 2028 bereitgestellt.' },
    },
    { kind: 'called-to-order', person: person(16), reason: 'Zwischenrufe' },
    ...counted('later', { about: 2, motion: 'motion:later', question: 'Wird die Sanierung verschoben?' }, [12, 30, 3]),
    open('bridge', { about: 2, motion: 'motion:bridge', question: 'Wird die Brücke saniert?', mode: 'faction' }),
    {
      ...{ kind: 'votes-counted', vote: 'vote:bridge', tally: tallyOf([34, 10, 1]) },
      factions: [
        { faction: null, tally: tallyOf([1, 0, 0]) },
        { faction: faction(0), tally: tallyOf([13, 0, 0]) },
        { faction: faction(1), tally: tallyOf([13, 0, 0]) },
        { faction: faction(2), tally: tallyOf([0, 10, 0]) },
        { faction: faction(3), tally: tallyOf([6, 0, 1]) },
        { faction: faction(4), tally: tallyOf([1, 0, 0]) },
      ],
    },
    { kind: 'vote-closed', vote: 'vote:bridge' },
    { kind: 'note-added', item: item(2), text: 'Die Fraktion Grünes Nibelau kündigt eine Stellungnahme an.' },
  ),
]

const called = [mayor, ...people(0, 40), person(45)]
const statute: MeetingEvent[] = [
  ...at('18:00', openItem(3), { kind: 'connection-lost', person: person(44) }),
  ...at('18:01', {
    ...{ kind: 'disturbance-began', disturbance: 'disturbance:1', sphere: 'member', person: person(44) },
    what: 'Der Ton fällt aus',
  }),
  ...at(
    '18:04',
    { kind: 'disturbance-ended', disturbance: 'disturbance:1', consequence: 'none' },
    { kind: 'connection-restored', person: person(44) },
  ),
  ...at(
    '18:10',
    ...rollCall(
      'budget',
      { about: 3, question: 'Wird die Haushaltssatzung 2027 beschlossen?' },
      called.map((who, index) => [who, index % 6 === 5 ? 'no' : index % 14 === 13 ? 'abstain' : 'yes'] as const),
    ),
  ),
  ...at('18:20', { kind: 'meeting-paused', reason: 'Beratung der Fraktionen' }),
  ...at('18:35', { kind: 'meeting-resumed' }),
]

const election: MeetingEvent[] = [
  ...at('18:36', openItem(4)),
  ...at(
    '18:38',
    { kind: 'election-opened', election: 'election:1', item: item(4), office: 'Zweite Beigeordnete', mode: 'paper' },
    ...['Dr. Svenja Auerbach', 'Yasin Korkmaz', 'Margarete Ziegelhöfer'].map((name, index): EventBody => ({
      kind: 'candidate-nominated',
      ...{ election: 'election:1', candidate: { candidate: `candidate:${index + 1}`, name } },
    })),
    ...round(1, [15, 14, 11], 1),
  ),
  ...at('18:50', ...round(2, [17, 16, 7], 1)),
  ...at('19:00', ...round(3, [20, 20], 1)),
  ...at('19:10', { kind: 'lot-drawn', election: 'election:1', candidate: 'candidate:2' }),
]

const rest: MeetingEvent[] = [
  ...at('19:12', openItem(5)),
  ...at('19:13', ...counted('shade', { about: 5, question: 'Werden die Schattenplätze angelegt?' }, [22, 22, 3]), {
    kind: 'presidency-handed',
    person: person(0),
  }),
  ...at(
    '19:20',
    openItem(6),
    ...counted('later6', { about: 6, subject: 'procedure', question: 'Wird der Punkt vertagt?' }, [30, 10, 7]),
    { kind: 'item-deferred', item: item(6), reason: 'Das Gutachten fehlt' },
  ),
  ...at(
    '19:25',
    { kind: 'presidency-handed', person: mayor },
    openItem(10),
    open('railway', {
      about: 10,
      question: 'Die Stadt setzt sich für den Erhalt der Bahnstrecke ein.',
      mode: 'no-objection',
    }),
    { kind: 'vote-closed', vote: 'vote:railway' },
    { kind: 'item-closed', item: item(10) },
  ),
]

const closedPart: MeetingEvent[] = [
  ...at('19:30', { kind: 'part-closed', reason: 'Schutz der Interessen Einzelner' }),
  ...at(
    '19:32',
    openItem(8),
    { kind: 'conflict-declared', person: person(20), item: item(8), away: 'room', reason: 'Geheimer Bieter' },
    ...speak('secret', 8, { guest: 'Geheime Maklerin' }),
    ...counted(
      'land',
      { about: 8, question: 'Wird das Grundstück für 480.000 € verkauft?', mode: 'paper', secret: true },
      [30, 8, 2, 1],
    ),
    { kind: 'called-to-order', person: person(16), reason: 'Geheimer Zwischenruf' },
  ),
  ...at('19:50', openItem(9), ...leave(people(15, 40))),
  ...at('19:55', ...counted('chief', { about: 9, question: 'Wird Geheimrätin Eulenspiegel ernannt?' }, [17, 3, 1])),
  ...at('19:58', { kind: 'note-added', item: item(9), text: 'Geheime Notiz zur Ernennung' }),
  ...at('20:01', { kind: 'item-closed', item: item(9) }, { kind: 'part-opened' }),
  ...at('20:04', { kind: 'meeting-closed' }),
]

/** A meeting of 53 with everything that minutes have to tell. */
export const evening: readonly MeetingEvent[] = [
  ...[before, beginning, debate, statute, election, rest, closedPart],
].flat()

/** What the minutes of a log are made from. */
export const sourceOf = (events: readonly MeetingEvent[], change: Partial<MinutesSource> = {}): MinutesSource => ({
  ...{ state: reduceMeeting(meetingId, events), events, body: 'Stadt Nibelau', items: itemNames },
  meeting: { name: '18. Sitzung des Stadtrats', organization: 'Stadtrat', place: 'Ratssaal, Marktplatz 1' },
  ...{ clerk: 'Frau Klothilde Federspiel', excused: new Set([person(46), person(47)]) },
  ...{ locale: 'de', zone: 'Europe/Berlin' },
  ...change,
})
