import { casesOf, type LawCase } from './case.ts'

const { quorum, vote, right, election, invitation, order, membership, minutes } = casesOf('de-by-2024', 'GO Bayern')
const majority = 'Art. 47 Abs. 2'
const second = 'Art. 47 Abs. 3'
const votes = 'Art. 51 Abs. 1 Satz 1'
const tie = 'Art. 51 Abs. 1 Satz 2'
const elections = 'Art. 51 Abs. 3'
/** 24 councillors and the first mayor. */
const council = { statutoryNumber: 25, room: 25 }

/** What is different in Bavaria: no abstention, no third, no minimum, one round before the run-off. */
export const bavarianCases: readonly LawCase[] = [
  quorum(
    ['by-quorum-13', majority, 'Mehrheit der Mitglieder', 'Half of 25 is 12.5; 13 are there.'],
    { ...council, room: 13 },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  quorum(
    ['by-quorum-12', majority, 'Keine Mehrheit', '12 of 25.'],
    { ...council, room: 12 },
    { met: false, needed: 13, counted: 12, rule: 'ordinary' },
  ),
  quorum(
    ['by-quorum-empty-seats', majority, 'Unbesetzte Sitze zählen nicht', 'Two of 25 seats are empty; 12 of 23 came.'],
    { ...council, members: 23, room: 12 },
    { met: true, needed: 12, counted: 12, rule: 'ordinary' },
  ),
  quorum(
    ['by-quorum-conflicts', majority, 'Kein Drittel bei persönlicher Beteiligung', '3 kept out, 12 others are there.'],
    { ...council, room: 12, conflicts: 3 },
    { met: false, needed: 13, counted: 12, rule: 'ordinary' },
  ),
  quorum(
    ['by-quorum-conflicts-met', majority, 'Persönliche Beteiligung', '12 kept out, the 13 others are there.'],
    { ...council, room: 13, conflicts: 12 },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  quorum(
    ['by-second-call', second, 'Zweite Ladung', 'Invited again; two came, and any number suffices.'],
    { ...council, call: 'second', room: 2 },
    { met: true, needed: 1, counted: 2, rule: 'second-call' },
  ),
  quorum(
    ['by-second-call-one', second, 'Zweite Ladung, einer da', 'Only the mayor came.'],
    { ...council, call: 'second', room: 1 },
    { met: true, needed: 1, counted: 1, rule: 'second-call' },
  ),
  quorum(
    ['by-second-call-election', 'Art. 51 Abs. 3 Satz 2', 'Zweite Ladung hilft nicht bei Wahlen', 'An election with 5.'],
    { ...council, call: 'second', room: 5, matter: 'election', secret: true },
    { met: false, needed: 13, counted: 5, rule: 'ordinary' },
  ),
  quorum(
    ['by-hybrid', 'Art. 47a Abs. 1 Satz 3', 'Zugeschaltete zählen', '8 in the hall, 5 by picture.'],
    { ...council, room: 8, remote: 5 },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  quorum(
    ['by-hybrid-statute', 'Art. 47a Abs. 1 Satz 3', 'Auch bei Satzungen', 'A statute: 8 in the hall, 5 by picture.'],
    { ...council, room: 8, remote: 5, matter: 'statute' },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  quorum(
    ['by-hybrid-constituent', 'Art. 47a Abs. 1 Satz 3', 'Auch zu Beginn der Wahlzeit', 'First meeting: 8 and 5.'],
    { ...council, room: 8, remote: 5, constituent: true },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  quorum(
    ['by-hybrid-election', 'Art. 47a Abs. 1 Satz 6', 'Nicht bei Wahlen', 'An election: 12 in the hall, 5 by picture.'],
    { ...council, room: 12, remote: 5, matter: 'election', secret: true },
    { met: false, needed: 13, counted: 12, rule: 'ordinary' },
  ),
  quorum(
    ['by-chair-election', 'Art. 36', 'Erster Bürgermeister wählt mit', 'An election: 13 with the mayor, who votes.'],
    { ...council, room: 13, matter: 'election', secret: true },
    { met: true, needed: 13, counted: 13, rule: 'ordinary' },
  ),
  vote(['by-simple', votes, 'Mehrheit der Abstimmenden', '13 to 12.'], council, [13, 12], {
    outcome: 'accepted',
    needed: 13,
    of: 25,
  }),
  vote(['by-tie', tie, 'Stimmengleichheit', '12 to 12.'], { ...council, room: 24 }, [12, 12], {
    outcome: 'rejected',
    needed: 13,
    of: 24,
    tie: true,
  }),
  vote(
    ['by-abstention', 'Art. 48 Abs. 1 Satz 2', 'Enthaltung verboten', '12 to 10, and three abstain all the same.'],
    council,
    [12, 10, 3],
    { outcome: 'accepted', needed: 12, of: 22, irregular: 'abstention' },
  ),
  vote(
    ['by-hybrid-two-thirds', 'Art. 47a Abs. 1 Satz 2', 'Zwei Drittel der Abstimmenden', 'Of 24 voting it takes 16.'],
    { ...council, room: 24, majority: 'two-thirds-votes', subject: 'procedure' },
    [16, 8],
    { outcome: 'accepted', needed: 16, of: 24 },
  ),
  vote(
    ['by-hybrid-two-thirds-short', 'Art. 47a Abs. 1 Satz 2', 'Zwei Drittel verfehlt', '16 to 9: of 25 it takes 17.'],
    { ...council, majority: 'two-thirds-votes', subject: 'procedure' },
    [16, 9],
    { outcome: 'rejected', needed: 17, of: 25 },
  ),
  vote(
    ['by-extension', votes, 'Dringlicher Antrag', 'To add an urgent item a majority suffices: 13 to 12.'],
    { ...council, subject: 'extension' },
    [13, 12],
    { outcome: 'accepted', needed: 13, of: 25 },
  ),
  vote(
    ['by-publicity', 'Art. 52 Abs. 2', 'Ausschluss der Öffentlichkeit', '14 to 11 for a closed part.'],
    { ...council, subject: 'publicity' },
    [14, 11],
    { outcome: 'accepted', needed: 13, of: 25 },
  ),
  vote(
    ['by-exclusion', 'Art. 53 Abs. 1 Satz 3', 'Gemeinderat stimmt dem Ausschluss zu', '15 to 9 of the 24 others.'],
    { ...council, room: 24, subject: 'exclusion' },
    [15, 9],
    { outcome: 'accepted', needed: 13, of: 24 },
  ),
  vote(['by-not-quorate', majority, 'Nicht beschlussfähig', '12 of 25 agree.'], { ...council, room: 12 }, [12, 0], {
    outcome: 'not-quorate',
    needed: 7,
    of: 12,
  }),
  vote(
    ['by-second-call-vote', second, 'Zu zweit beschlossen', 'Second meeting: two came and agree.'],
    { ...council, call: 'second', room: 2 },
    [2, 0],
    { outcome: 'accepted', needed: 2, of: 2 },
  ),
  right(
    ['by-right-remote-statute', 'Art. 47a Abs. 1 Satz 3', 'Zugeschaltet, Satzung', 'A member by picture, a statute.'],
    { mode: 'remote', matter: 'statute' },
  ),
  right(
    ['by-right-remote-election', 'Art. 47a Abs. 1 Satz 6', 'Zugeschaltet, Wahl', 'A member by picture, an election.'],
    { mode: 'remote', matter: 'election', secret: true },
    'remote-does-not-count',
  ),
  right(['by-right-chair-election', 'Art. 36', 'Erster Bürgermeister bei Wahlen', 'The mayor votes in an election.'], {
    chair: true,
    elected: false,
    matter: 'election',
    secret: true,
  }),
  right(
    ['by-right-conflict', 'Art. 49 Abs. 1', 'Persönliche Beteiligung', 'The member’s brother is to get the contract.'],
    { conflict: true },
    'conflict',
  ),
  election(['by-election-first', elections, 'Gewählt', '13 of 25 valid votes.'], [{ votes: { anna: 13, ben: 12 } }], {
    outcome: 'elected',
    candidates: ['anna'],
    needed: 13,
    of: 25,
  }),
  election(
    ['by-election-run-off', elections, 'Stichwahl nach einem Wahlgang', '10, 8, 7: the first two go on at once.'],
    [{ votes: { anna: 10, ben: 8, cem: 7 } }],
    { outcome: 'run-off', candidates: ['anna', 'ben'], needed: 13, of: 25 },
  ),
  election(
    ['by-election-half-invalid', elections, 'Hälfte ungültig', '12 valid and 12 blank papers: again.'],
    [{ votes: { anna: 8, ben: 4 }, abstain: 12 }],
    { outcome: 'next-round', candidates: ['anna', 'ben'], needed: 7, of: 12, repeated: 'invalid' },
  ),
  election(
    ['by-election-just-valid', elections, 'Knapp die Mehrheit gültig', '13 valid and 12 blank papers: it holds.'],
    [{ votes: { anna: 8, ben: 5 }, abstain: 12 }],
    { outcome: 'elected', candidates: ['anna'], needed: 7, of: 13 },
  ),
  election(
    ['by-election-against', elections, 'Neinstimmen sind ungültig', 'The only candidate: 13 for, 12 against.'],
    [{ votes: { anna: 13 }, against: 12 }],
    { outcome: 'elected', candidates: ['anna'], needed: 7, of: 13 },
  ),
  election(
    ['by-election-against-most', elections, 'Mehr Nein als Ja', 'The only candidate: 10 for, 15 against: again.'],
    [{ votes: { anna: 10 }, against: 15 }],
    { outcome: 'next-round', candidates: ['anna'], needed: 6, of: 10, repeated: 'invalid' },
  ),
  election(
    ['by-election-three-tied', elections, 'Drei gleichauf', '8, 8, 8: the round is repeated, no lot.'],
    [{ votes: { anna: 8, ben: 8, cem: 8 } }],
    { outcome: 'next-round', candidates: ['anna', 'ben', 'cem'], needed: 13, of: 24, repeated: 'tie' },
  ),
  election(
    ['by-election-after-repeat', elections, 'Nach der Wiederholung', 'Repeated for a tie, then 10, 8, 6: run-off.'],
    [{ votes: { anna: 8, ben: 8, cem: 8 } }, { votes: { anna: 10, ben: 8, cem: 6 } }],
    { outcome: 'run-off', candidates: ['anna', 'ben'], needed: 13, of: 24 },
  ),
  election(
    ['by-election-second-lot', elections, 'Los um den zweiten Platz', '11, 7, 7: the lot says who comes in.'],
    [{ votes: { anna: 11, ben: 7, cem: 7 } }],
    { outcome: 'lot', candidates: ['ben', 'cem'], needed: 13, of: 25, lotFor: 'run-off' },
  ),
  election(
    ['by-election-final-lot', elections, 'Los in der Stichwahl', 'Run-off 12 to 12, the lot is drawn.'],
    [{ votes: { anna: 10, ben: 8, cem: 7 } }, { votes: { anna: 12, ben: 12 }, invalid: 1 }],
    { outcome: 'elected', candidates: ['anna'], needed: 13, of: 24, byLot: true },
    ['anna'],
  ),
  invitation(
    ['by-invitation', 'Art. 46 Abs. 2', 'Ladungsfrist der Geschäftsordnung', 'Tuesday for Monday: five days between.'],
    { sent: '2026-05-05', meeting: '2026-05-11', urgent: false },
    { outcome: 'in-time', clearDays: 5, needed: 5, latest: '2026-05-05', confirm: false },
  ),
  invitation(
    ['by-invitation-late', 'Art. 46 Abs. 2', 'Ladungsfrist verfehlt', 'Wednesday for Monday: four days between.'],
    { sent: '2026-05-06', meeting: '2026-05-11', urgent: false },
    { outcome: 'late', clearDays: 4, needed: 5, latest: '2026-05-05', confirm: false },
  ),
  invitation(
    ['by-invitation-urgent', 'Art. 46 Abs. 2', 'Verkürzte Ladungsfrist', 'Thursday for Monday, for a reason.'],
    { sent: '2026-05-07', meeting: '2026-05-11', urgent: true, urgency: 'Die Frist des Förderantrags endet.' },
    { outcome: 'shortened', clearDays: 3, needed: 3, latest: '2026-05-07', confirm: false },
  ),
  order(['by-order-one', 'Art. 53 Abs. 1 Satz 3', 'Einmal gestört', 'One call to order.'], 1, {
    mayBeExcluded: false,
    excludedBy: 'body',
  }),
  order(['by-order-two', 'Art. 53 Abs. 1 Satz 3', 'Fortgesetzt gestört', 'Two: the council may consent.'], 2, {
    mayBeExcluded: true,
    excludedBy: 'body',
  }),
  membership(['by-members-1000', 'Art. 31', 'Kleinste Gemeinde', '1,000 inhabitants: 8 and the mayor.'], 1000, 9),
  membership(['by-members-15000', 'Art. 31', 'Stadt', '15,000 inhabitants: 24 and the first mayor.'], 15_000, 25),
  minutes(['by-minutes', 'Art. 54', 'Niederschrift ohne Frist', 'The law names no deadline.'], '2026-05-11', undefined),
]
