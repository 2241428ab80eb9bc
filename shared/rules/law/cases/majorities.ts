import { casesOf, type LawCase } from './case.ts'

const { vote } = casesOf('de-rp-2024', 'GemO')
const simple = '§ 40 Abs. 1 Satz 1'
const tie = '§ 40 Abs. 1 Satz 2'
const uncounted = '§ 40 Abs. 4 Satz 1'
const statutes = '§ 25 Abs. 2'
const procedure = '§ 37 Abs. 1'

/** Majorities of all kinds, ties, abstentions and invalid papers. */
export const majorityCases: readonly LawCase[] = [
  vote(['rp-simple-clear', simple, 'Einfache Mehrheit', 'All 53 vote, 40 in favour.'], {}, [40, 13], {
    outcome: 'accepted',
    needed: 27,
    of: 53,
  }),
  vote(['rp-simple-by-one', simple, 'Mehrheit von einer Stimme', '27 to 26.'], {}, [27, 26], {
    outcome: 'accepted',
    needed: 27,
    of: 53,
  }),
  vote(['rp-simple-lost-by-one', simple, 'Eine Stimme zu wenig', '26 to 27.'], {}, [26, 27], {
    outcome: 'rejected',
    needed: 27,
    of: 53,
  }),
  vote(['rp-unanimous', simple, 'Einstimmig', 'Nobody is against it.'], {}, [53, 0], {
    outcome: 'accepted',
    needed: 27,
    of: 53,
  }),
  vote(['rp-none-for', simple, 'Einstimmig abgelehnt', 'Nobody is for it.'], {}, [0, 53], {
    outcome: 'rejected',
    needed: 27,
    of: 53,
  }),
  vote(['rp-tie', tie, 'Stimmengleichheit', '26 to 26 and one abstains.'], {}, [26, 26, 1], {
    outcome: 'rejected',
    needed: 27,
    of: 52,
    tie: true,
  }),
  vote(['rp-tie-small', tie, 'Stimmengleichheit im Ausschuss', '4 to 4.'], { statutoryNumber: 9, room: 8 }, [4, 4], {
    outcome: 'rejected',
    needed: 5,
    of: 8,
    tie: true,
  }),
  vote(['rp-abstain-few', uncounted, 'Enthaltungen', '31 to 18, and three abstain.'], { room: 52 }, [31, 18, 3], {
    outcome: 'accepted',
    needed: 25,
    of: 49,
  }),
  vote(['rp-abstain-most', uncounted, 'Fast alle enthalten sich', '2 to 1, and 50 abstain.'], {}, [2, 1, 50], {
    outcome: 'accepted',
    needed: 2,
    of: 3,
  }),
  vote(['rp-abstain-one-vote', uncounted, 'Eine einzige Stimme', 'One is for it, 52 abstain.'], {}, [1, 0, 52], {
    outcome: 'accepted',
    needed: 1,
    of: 1,
  }),
  vote(['rp-abstain-all', uncounted, 'Alle enthalten sich', 'Nobody is for it, nobody against.'], {}, [0, 0, 53], {
    outcome: 'rejected',
    needed: 1,
    of: 0,
    tie: true,
  }),
  vote(
    ['rp-invalid-few', uncounted, 'Ungültige Stimmzettel', 'Papers: 20 to 18, 5 blank, 10 invalid.'],
    { secret: true },
    [20, 18, 5, 10],
    { outcome: 'accepted', needed: 20, of: 38 },
  ),
  vote(
    ['rp-invalid-decisive', uncounted, 'Ungültige ändern nichts', 'Papers: 18 to 20, 15 of those in favour void.'],
    { secret: true },
    [18, 20, 0, 15],
    { outcome: 'rejected', needed: 20, of: 38 },
  ),
  vote(
    ['rp-invalid-tie', tie, 'Gleichstand mit Ungültigen', 'Papers: 25 to 25 and three invalid.'],
    { secret: true },
    [25, 25, 0, 3],
    { outcome: 'rejected', needed: 26, of: 50, tie: true },
  ),
  vote(
    ['rp-invalid-all', uncounted, 'Nur ungültige', 'Every paper is invalid.'],
    { secret: true, room: 30 },
    [0, 0, 0, 30],
    {
      outcome: 'rejected',
      needed: 1,
      of: 0,
      tie: true,
    },
  ),
  vote(['rp-not-all-vote', simple, 'Nicht alle stimmen', '53 are there, 30 raise a hand: 16 to 14.'], {}, [16, 14], {
    outcome: 'accepted',
    needed: 16,
    of: 30,
  }),
  vote(
    ['rp-statutory-27', statutes, 'Mehrheit der gesetzlichen Zahl', 'The main statute: 27 of 53 members.'],
    { majority: 'statutory', room: 40 },
    [27, 13],
    { outcome: 'accepted', needed: 27, of: 53 },
  ),
  vote(
    ['rp-statutory-26', statutes, 'Mehrheit der Anwesenden reicht nicht', 'The main statute: 26 to 3 of 40 present.'],
    { majority: 'statutory', room: 40 },
    [26, 3, 11],
    { outcome: 'rejected', needed: 27, of: 53 },
  ),
  vote(
    ['rp-statutory-52', statutes, 'Genau die Hälfte', 'A body of 52: 26 are half, not more.'],
    { majority: 'statutory', statutoryNumber: 52, room: 40 },
    [26, 2],
    { outcome: 'rejected', needed: 27, of: 52 },
  ),
  vote(
    ['rp-statutory-tie', statutes, 'Gleichstand', 'A body of 52: 26 to 26.'],
    { majority: 'statutory', statutoryNumber: 52, room: 52 },
    [26, 26],
    { outcome: 'rejected', needed: 27, of: 52, tie: true },
  ),
  vote(
    [
      'rp-statutory-unreachable',
      statutes,
      'Mehrheit nicht erreichbar',
      'Second meeting with 20: even all are too few.',
    ],
    { majority: 'statutory', call: 'second', room: 20 },
    [20, 0],
    { outcome: 'rejected', needed: 27, of: 53 },
  ),
  vote(
    ['rp-two-thirds-36', procedure, 'Geschäftsordnung', 'Two thirds of 53 are 35.3: 36 members.'],
    { majority: 'two-thirds-statutory', room: 50 },
    [36, 14],
    { outcome: 'accepted', needed: 36, of: 53 },
  ),
  vote(
    ['rp-two-thirds-35', procedure, 'Geschäftsordnung, einer zu wenig', '35 of 53.'],
    { majority: 'two-thirds-statutory', room: 50 },
    [35, 15],
    { outcome: 'rejected', needed: 36, of: 53 },
  ),
  vote(
    ['rp-two-thirds-exact', procedure, 'Genau zwei Drittel', 'A body of 33: exactly 22.'],
    { majority: 'two-thirds-statutory', statutoryNumber: 33, room: 33 },
    [22, 11],
    { outcome: 'accepted', needed: 22, of: 33 },
  ),
  vote(
    ['rp-two-thirds-17', procedure, 'Zwölf von siebzehn', 'A council of 17: 11 in favour are too few, it takes 12.'],
    { majority: 'two-thirds-statutory', statutoryNumber: 17, room: 12 },
    [11, 1],
    { outcome: 'rejected', needed: 12, of: 17 },
  ),
  vote(
    ['rp-two-thirds-17-met', procedure, 'Zwölf von siebzehn', 'A council of 17: all 12 present are in favour.'],
    { majority: 'two-thirds-statutory', statutoryNumber: 17, room: 12 },
    [12, 0],
    { outcome: 'accepted', needed: 12, of: 17 },
  ),
  vote(
    ['rp-two-thirds-abstain', procedure, 'Enthaltung hilft nicht', '35 in favour, nobody against, 18 abstain.'],
    { majority: 'two-thirds-statutory' },
    [35, 0, 18],
    { outcome: 'rejected', needed: 36, of: 53 },
  ),
  vote(
    ['rp-secret-vote', '§ 40 Abs. 1 Satz 3', 'Geheime Abstimmung beschließen', 'For a secret vote: 36 of 53 members.'],
    { majority: 'two-thirds-statutory', subject: 'procedure', room: 45 },
    [36, 9],
    { outcome: 'accepted', needed: 36, of: 53 },
  ),
  vote(
    [
      'rp-secret-vote-short',
      '§ 40 Abs. 1 Satz 3',
      'Keine geheime Abstimmung',
      'For a secret vote: 34 of the 45 present.',
    ],
    { majority: 'two-thirds-statutory', subject: 'procedure', room: 45 },
    [34, 11],
    { outcome: 'rejected', needed: 36, of: 53 },
  ),
  vote(
    ['rp-end-of-debate', simple, 'Schluss der Aussprache', 'To close the debate: 20 to 19, eight abstain.'],
    { subject: 'procedure', room: 47 },
    [20, 19, 8],
    { outcome: 'accepted', needed: 20, of: 39 },
  ),
]
