import { casesOf, type LawCase } from './case.ts'

const { quorum, vote } = casesOf('de-rp-2024', 'GemO')
const ordinary = '§ 39 Abs. 1 Satz 1'
const second = '§ 39 Abs. 1 Satz 2'

/** Beschlussfähigkeit: more than half of the statutory number, and three in the second meeting. */
export const quorumCases: readonly LawCase[] = [
  quorum(
    ['rp-quorum-full', ordinary, 'Beschlussfähigkeit, alle da', 'A council of 53, everybody in the room.'],
    {},
    { met: true, needed: 27, counted: 53, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-27-of-53', ordinary, 'Mehr als die Hälfte', 'Half of 53 is 26.5; 27 are in the room.'],
    { room: 27 },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-26-of-53', ordinary, 'Nicht mehr als die Hälfte', 'One fewer: 26 of 53.'],
    { room: 26 },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-half-of-52', ordinary, 'Genau die Hälfte reicht nicht', 'An even body of 52, exactly half is there.'],
    { statutoryNumber: 52, room: 26 },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-27-of-52', ordinary, 'Einer mehr als die Hälfte', 'An even body of 52 with 27.'],
    { statutoryNumber: 52, room: 27 },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-empty-seats', ordinary, 'Unbesetzte Sitze zählen', 'Of 53 seats three are empty; 26 of the 50 came.'],
    { members: 50, room: 26 },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-empty-seats-met', ordinary, 'Unbesetzte Sitze zählen', 'Three seats of 53 are empty; 27 came.'],
    { members: 50, room: 27 },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-17', ordinary, 'Ortsgemeinderat mit 16 Ratsmitgliedern', '16 councillors and the mayor; 9 came.'],
    { statutoryNumber: 17, room: 9 },
    { met: true, needed: 9, counted: 9, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-17-short', ordinary, 'Ortsgemeinderat mit 16 Ratsmitgliedern', '8 of 17 came.'],
    { statutoryNumber: 17, room: 8 },
    { met: false, needed: 9, counted: 8, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-7', ordinary, 'Kleinster Ortsgemeinderat', '6 councillors and the mayor; 4 came.'],
    { statutoryNumber: 7, room: 4 },
    { met: true, needed: 4, counted: 4, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-4', '§ 39 Abs. 1 Satz 3', 'Gesetzliche Zahl unter sechs', 'A body of 4; 3 came.'],
    { statutoryNumber: 4, room: 3 },
    { met: true, needed: 3, counted: 3, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-quorum-3',
      '§ 39 Abs. 1 Satz 3',
      'Gesetzliche Zahl unter sechs',
      'A body of 3; two would be half, yet it takes 3.',
    ],
    { statutoryNumber: 3, room: 2 },
    { met: false, needed: 3, counted: 2, rule: 'ordinary' },
  ),
  quorum(
    ['rp-quorum-61', ordinary, 'Größter Rat', '60 councillors and the mayor; 30 came.'],
    { statutoryNumber: 61, room: 30 },
    { met: false, needed: 31, counted: 30, rule: 'ordinary' },
  ),
  quorum(
    ['rp-second-3', second, 'Zweite Einladung', 'Invited again over the same matters; three of 53 came.'],
    { call: 'second', room: 3 },
    { met: true, needed: 3, counted: 3, rule: 'second-call' },
  ),
  quorum(
    ['rp-second-2', second, 'Zweite Einladung, nur zwei', 'Invited again; two came.'],
    { call: 'second', room: 2 },
    { met: false, needed: 3, counted: 2, rule: 'second-call' },
  ),
  quorum(
    ['rp-second-many', second, 'Zweite Einladung, viele da', 'Invited again; 40 came: it still takes three only.'],
    { call: 'second', room: 40 },
    { met: true, needed: 3, counted: 40, rule: 'second-call' },
  ),
  quorum(
    ['rp-second-hybrid', second, 'Zweite Einladung, hybrid', 'Invited again; the chair in the room, two by picture.'],
    { call: 'second', room: 1, remote: 2 },
    { met: true, needed: 3, counted: 3, rule: 'second-call' },
  ),
  quorum(
    [
      'rp-second-statute',
      second,
      'Zweite Einladung, Satzung',
      'Invited again over a statute: two by picture do not count.',
    ],
    { call: 'second', room: 1, remote: 2, matter: 'statute' },
    { met: false, needed: 3, counted: 1, rule: 'second-call' },
  ),
  vote(
    ['rp-vote-not-quorate', ordinary, 'Beschluss ohne Beschlussfähigkeit', '26 of 53, all in favour.'],
    { room: 26 },
    [26, 0],
    { outcome: 'not-quorate', needed: 14, of: 26 },
  ),
  vote(
    ['rp-vote-barely-quorate', ordinary, 'Gerade noch beschlussfähig', '27 of 53, and the motion has 14 of 27.'],
    { room: 27 },
    [14, 13],
    { outcome: 'accepted', needed: 14, of: 27 },
  ),
  vote(
    ['rp-vote-second-call', second, 'Drei entscheiden', 'Second meeting, three came: two for, one against.'],
    { call: 'second', room: 3 },
    [2, 1],
    { outcome: 'accepted', needed: 2, of: 3 },
  ),
  vote(
    ['rp-vote-second-call-short', second, 'Zwei entscheiden nicht', 'Second meeting, two came and agree.'],
    { call: 'second', room: 2 },
    [2, 0],
    { outcome: 'not-quorate', needed: 2, of: 2 },
  ),
]
