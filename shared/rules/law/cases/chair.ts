import { casesOf, type LawCase } from './case.ts'

const { quorum, vote, right } = casesOf('de-rp-2024', 'GemO')
const rests = '§ 36 Abs. 3 Satz 2'

/** The chair's vote, and what a chair without one changes in the numbers. */
export const chairCases: readonly LawCase[] = [
  right(
    ['rp-chair-votes', '§ 36 Abs. 3 Satz 1', 'Stimmrecht des Vorsitzes', 'The full-time mayor votes on a resolution.'],
    { chair: true, elected: false },
  ),
  right(['rp-chair-statute', '§ 36 Abs. 3 Satz 1', 'Vorsitz und Satzung', 'The full-time mayor votes on a statute.'], {
    chair: true,
    elected: false,
    matter: 'statute',
  }),
  right(
    ['rp-chair-election', rests, 'Stimmrecht ruht bei Wahlen', 'The full-time mayor has no vote in an election.'],
    { chair: true, elected: false, matter: 'election', secret: true },
    'chair-without-vote',
  ),
  right(['rp-chair-elected', rests, 'Gewähltes Ratsmitglied im Vorsitz', 'A councillor presides; an election.'], {
    chair: true,
    elected: true,
    matter: 'election',
    secret: true,
  }),
  right(
    ['rp-chair-member', '§ 36 Abs. 3 Satz 1', 'Ratsmitglied wählt', 'A councillor in the room votes in an election.'],
    { matter: 'election', secret: true },
  ),
  right(
    ['rp-right-no-seat', '§ 29 Abs. 1', 'Kein Stimmrecht', 'A deputy mayor without a seat sits at the table.'],
    { votes: false, elected: false },
    'no-vote',
  ),
  right(
    ['rp-right-absent', '§ 40 Abs. 1 Satz 1', 'Abwesend', 'A councillor who has left the meeting.'],
    { here: false },
    'absent',
  ),
  right(
    ['rp-right-excluded', '§ 38 Abs. 1 Satz 2', 'Ausgeschlossen', 'A councillor after three calls to order, excluded.'],
    { excluded: true },
    'excluded-from-meeting',
  ),
  right(
    ['rp-right-excluded-absent', '§ 38 Abs. 1 Satz 2', 'Ausgeschlossen und gegangen', 'Excluded, and gone since.'],
    { excluded: true, here: false },
    'excluded-from-meeting',
  ),
  quorum(
    [
      'rp-chair-election-quorum',
      rests,
      'Wahl, Vorsitz zählt nicht',
      'An election: 27 in the room, the mayor among them, so 26 of 52.',
    ],
    { room: 27, matter: 'election', secret: true },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    ['rp-chair-election-quorum-met', rests, 'Wahl, Vorsitz zählt nicht', 'One more: 27 of 52 without the mayor.'],
    { room: 28, matter: 'election', secret: true },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-chair-elected-quorum',
      rests,
      'Wahl unter gewähltem Vorsitz',
      'A councillor presides over 27 of 53 in an election.',
    ],
    { room: 27, matter: 'election', secret: true, chair: 'elected' },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-chair-17-election',
      rests,
      'Ortsgemeinderat, Wahl',
      'A body of 17: without the mayor 16, more than half are 9; 10 with the mayor came.',
    ],
    { statutoryNumber: 17, room: 10, matter: 'election', secret: true },
    { met: true, needed: 9, counted: 9, rule: 'ordinary' },
  ),
  vote(
    [
      'rp-chair-tie-broken',
      '§ 36 Abs. 3 Satz 1',
      'Keine ausschlaggebende Stimme',
      'The mayor votes as everybody does: 26 to 26 is a tie, and a rejection.',
    ],
    { room: 52 },
    [26, 26],
    { outcome: 'rejected', needed: 27, of: 52, tie: true },
  ),
  vote(
    [
      'rp-chair-prepares-election',
      rests,
      'Beschluss zur Vorbereitung einer Wahl',
      'How the deputy is chosen: two thirds of 52 without the mayor are 35.',
    ],
    { room: 53, matter: 'election', majority: 'two-thirds-statutory' },
    [35, 17],
    { outcome: 'accepted', needed: 35, of: 52 },
  ),
]
