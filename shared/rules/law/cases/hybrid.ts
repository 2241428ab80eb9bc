import { casesOf, type LawCase } from './case.ts'

const { quorum, vote, right } = casesOf('de-rp-2024', 'GemO')
const counts = '§ 35 a Abs. 1 Satz 4'
const countsNot = '§ 35 a Abs. 1 Satz 5'

/** Hybridsitzung: when those who take part from elsewhere count as present. */
export const hybridCases: readonly LawCase[] = [
  quorum(
    ['rp-hybrid-counts', counts, 'Zugeschaltete gelten als anwesend', '20 in the room and 7 by picture make 27 of 53.'],
    { room: 20, remote: 7 },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-short', counts, 'Zugeschaltete gelten als anwesend', '20 in the room and 6 by picture make 26 of 53.'],
    { room: 20, remote: 6 },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-chair-alone', counts, 'Nur der Vorsitz im Saal', 'The chair in the room, 26 by picture.'],
    { room: 1, remote: 26 },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-statute', countsNot, 'Satzungsbeschluss', '20 in the room, 20 by picture, and a statute.'],
    { room: 20, remote: 20, matter: 'statute' },
    { met: false, needed: 27, counted: 20, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-hybrid-statute-met',
      countsNot,
      'Satzungsbeschluss, genug im Saal',
      '27 in the room, 10 by picture, a statute.',
    ],
    { room: 27, remote: 10, matter: 'statute' },
    { met: true, needed: 27, counted: 27, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-hybrid-election',
      countsNot,
      'Wahl',
      'An election with 30 in the room, the mayor among them, and 10 by picture.',
    ],
    { room: 30, remote: 10, matter: 'election', secret: true },
    { met: true, needed: 27, counted: 29, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-secret', countsNot, 'Geheime Abstimmung', 'A secret vote with 26 in the room and 20 by picture.'],
    { room: 26, remote: 20, secret: true },
    { met: false, needed: 27, counted: 26, rule: 'ordinary' },
  ),
  quorum(
    [
      'rp-hybrid-constituent',
      countsNot,
      'Konstituierende Sitzung',
      'First meeting of a new council: 25 and 20 by picture.',
    ],
    { room: 25, remote: 20, constituent: true },
    { met: false, needed: 27, counted: 25, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-information', counts, 'Mitteilung', 'An item for information: 15 in the room, 15 by picture.'],
    { room: 15, remote: 15, matter: 'information' },
    { met: true, needed: 27, counted: 30, rule: 'ordinary' },
  ),
  quorum(
    ['rp-hybrid-not-allowed', '§ 35 a Abs. 1 Satz 1', 'Geschäftsordnung erlaubt es nicht', '20 in the room, 20 watch.'],
    { room: 20, remote: 20, hybrid: false },
    { met: false, needed: 27, counted: 20, rule: 'ordinary' },
  ),
  vote(
    ['rp-hybrid-vote', counts, 'Zugeschaltete stimmen mit', '30 in the room, 22 by picture: 31 to 18, three abstain.'],
    { room: 30, remote: 22 },
    [31, 18, 3],
    { outcome: 'accepted', needed: 25, of: 49 },
  ),
  vote(
    [
      'rp-hybrid-vote-statute',
      countsNot,
      'Satzung nur im Saal',
      '30 in the room vote 16 to 14 on a statute; 22 watch.',
    ],
    { room: 30, remote: 22, matter: 'statute' },
    [16, 14],
    { outcome: 'accepted', needed: 16, of: 30 },
  ),
  vote(
    ['rp-hybrid-vote-secret', countsNot, 'Geheim nur im Saal', '26 in the room vote in secret, 20 watch: no quorum.'],
    { room: 26, remote: 20, secret: true },
    [20, 6],
    { outcome: 'not-quorate', needed: 14, of: 26 },
  ),
  vote(
    [
      'rp-hybrid-extension',
      '§ 34 Abs. 7',
      'Erweiterung, hybrid',
      'Two thirds of the 45 present, 15 of them by picture, are 30.',
    ],
    { room: 30, remote: 15, subject: 'extension' },
    [30, 15],
    { outcome: 'accepted', majority: 'two-thirds-present', needed: 30, of: 45 },
  ),
  vote(
    [
      'rp-hybrid-extension-constituent',
      '§ 34 Abs. 7',
      'Erweiterung in der konstituierenden Sitzung',
      'Two thirds of the 30 in the room are 20; 15 by picture do not count.',
    ],
    { room: 30, remote: 15, constituent: true, subject: 'extension' },
    [20, 10],
    { outcome: 'accepted', majority: 'two-thirds-present', needed: 20, of: 30 },
  ),
  right(['rp-right-remote', counts, 'Zugeschaltet', 'A member by picture, an ordinary item.'], { mode: 'remote' }),
  right(
    ['rp-right-remote-statute', countsNot, 'Zugeschaltet, Satzung', 'A member by picture, a statute.'],
    { mode: 'remote', matter: 'statute' },
    'remote-does-not-count',
  ),
  right(
    ['rp-right-remote-election', countsNot, 'Zugeschaltet, Wahl', 'A member by picture, an election.'],
    { mode: 'remote', matter: 'election' },
    'remote-does-not-count',
  ),
  right(
    ['rp-right-remote-secret', countsNot, 'Zugeschaltet, geheim', 'A member by picture, a secret vote.'],
    { mode: 'remote', secret: true },
    'remote-does-not-count',
  ),
  right(
    ['rp-right-remote-constituent', countsNot, 'Zugeschaltet, konstituierend', 'A member by picture, first meeting.'],
    { mode: 'remote', constituent: true },
    'remote-does-not-count',
  ),
  right(
    [
      'rp-right-remote-unlawful',
      '§ 35 a Abs. 1 Satz 1',
      'Zugeschaltet ohne Grundlage',
      'Not in the rules of procedure.',
    ],
    { mode: 'remote', hybrid: false },
    'remote-does-not-count',
  ),
  right(
    [
      'rp-right-cut-off',
      '§ 35 a Abs. 2',
      'Verbindung abgerissen',
      'The picture of a member is gone when the vote opens.',
    ],
    { mode: 'remote', cutOff: true },
    'cut-off',
  ),
  right(
    ['rp-right-cut-off-statute', countsNot, 'Verbindung abgerissen, Satzung', 'Gone, and it is a statute besides.'],
    { mode: 'remote', cutOff: true, matter: 'statute' },
    'remote-does-not-count',
  ),
]
