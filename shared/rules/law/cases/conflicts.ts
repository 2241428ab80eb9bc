import { casesOf, type LawCase } from './case.ts'

const { quorum, vote, right } = casesOf('de-rp-2024', 'GemO')
const third = '§ 39 Abs. 2'

/** Ausschließungsgründe: who may not take part, and the third that suffices then. */
export const conflictCases: readonly LawCase[] = [
  quorum(
    [
      'rp-conflict-18-of-53',
      third,
      'Ein Drittel genügt',
      'One of 53 is kept out; a third of 53 is 17.7; 18 are there.',
    ],
    { room: 18, conflicts: 1 },
    { met: true, needed: 18, counted: 18, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-17-of-53', third, 'Weniger als ein Drittel', 'One of 53 is kept out; 17 are there.'],
    { room: 17, conflicts: 1 },
    { met: false, needed: 18, counted: 17, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-none-18', '§ 39 Abs. 1 Satz 1', 'Ohne Ausschluss kein Drittel', '18 of 53 and nobody is kept out.'],
    { room: 18 },
    { met: false, needed: 27, counted: 18, rule: 'ordinary' },
  ),
  quorum(
    ['rp-conflict-many', third, 'Viele ausgeschlossen', '30 of 53 own land in the plan; 23 remain.'],
    { room: 23, conflicts: 30 },
    { met: true, needed: 18, counted: 23, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-too-many', third, 'Zu viele ausgeschlossen', '36 of 53 are kept out: the mayor decides instead.'],
    { room: 17, conflicts: 36 },
    { met: false, needed: 18, counted: 17, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-exact-third', third, 'Genau ein Drittel', 'A body of 33: exactly 11 are there, five kept out.'],
    { statutoryNumber: 33, room: 11, conflicts: 5 },
    { met: true, needed: 11, counted: 11, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-below-third', third, 'Knapp unter einem Drittel', 'A body of 33 with 10, five kept out.'],
    { statutoryNumber: 33, room: 10, conflicts: 5 },
    { met: false, needed: 11, counted: 10, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-17', third, 'Ortsgemeinderat', 'A body of 17: a third is 5.7; 6 are there, 4 kept out.'],
    { statutoryNumber: 17, room: 6, conflicts: 4 },
    { met: true, needed: 6, counted: 6, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-7', third, 'Kleinster Rat', 'A body of 7: a third is 2.3; 3 are there, 2 kept out.'],
    { statutoryNumber: 7, room: 3, conflicts: 2 },
    { met: true, needed: 3, counted: 3, rule: 'with-conflicts' },
  ),
  quorum(
    ['rp-conflict-remote', third, 'Ausschluss in hybrider Sitzung', '10 in the room, 8 by picture, one kept out.'],
    { room: 10, remote: 8, conflicts: 1 },
    { met: true, needed: 18, counted: 18, rule: 'with-conflicts' },
  ),
  quorum(
    [
      'rp-conflict-statute',
      third,
      'Ausschluss bei Satzung',
      'A plan as statute: 10 in the room, 8 by picture count not.',
    ],
    { room: 10, remote: 8, conflicts: 1, matter: 'statute' },
    { met: false, needed: 18, counted: 10, rule: 'with-conflicts' },
  ),
  quorum(
    [
      'rp-conflict-second-call',
      '§ 39 Abs. 1 Satz 2',
      'Ausschluss in der zweiten Sitzung',
      'Second meeting, one kept out, 3 there.',
    ],
    { call: 'second', room: 3, conflicts: 1 },
    { met: true, needed: 3, counted: 3, rule: 'second-call' },
  ),
  vote(
    ['rp-conflict-vote', third, 'Beschluss mit Ausgeschlossenen', '30 of 53 kept out, the 23 others vote 12 to 11.'],
    { room: 23, conflicts: 30 },
    [12, 11],
    { outcome: 'accepted', needed: 12, of: 23 },
  ),
  vote(
    ['rp-conflict-vote-short', third, 'Beschluss unter dem Drittel', '36 of 53 kept out, the 17 others agree.'],
    { room: 17, conflicts: 36 },
    [17, 0],
    { outcome: 'not-quorate', needed: 9, of: 17 },
  ),
  vote(
    [
      'rp-conflict-two-thirds',
      '§ 37 Abs. 1',
      'Ausgeschlossene senken die gesetzliche Zahl nicht',
      'Two thirds of 53 are 36, although ten are kept out.',
    ],
    { room: 43, conflicts: 10, majority: 'two-thirds-statutory' },
    [35, 8],
    { outcome: 'rejected', needed: 36, of: 53 },
  ),
  right(
    ['rp-conflict-right', '§ 22 Abs. 1', 'Ausgeschlossen', 'A member whose land is sold may not vote on it.'],
    { conflict: true },
    'conflict',
  ),
  right(
    [
      'rp-conflict-right-remote',
      '§ 22 Abs. 1',
      'Ausgeschlossen, zugeschaltet',
      'The same member takes part by picture.',
    ],
    { conflict: true, mode: 'remote' },
    'conflict',
  ),
  right(
    ['rp-conflict-chair', '§ 22 Abs. 1', 'Vorsitz ausgeschlossen', 'The mayor has a conflict of interest.'],
    { conflict: true, chair: true, elected: false },
    'conflict',
  ),
  right(['rp-conflict-other', '§ 22 Abs. 1', 'Anderer Punkt', 'On every other item the member votes.'], {}),
]
