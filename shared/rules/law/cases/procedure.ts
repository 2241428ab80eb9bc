import { casesOf, type LawCase } from './case.ts'

const { vote } = casesOf('de-rp-2024', 'GemO')
const extension = '§ 34 Abs. 7'
const urgency = '§ 34 Abs. 3 Satz 3'
const publicity = '§ 35 Abs. 1 Satz 2'
const recording = '§ 35 Abs. 1 Satz 6'
const circular = '§ 35 Abs. 3'

/** Votes whose majority the law sets: urgency, extension, publicity, recording, decisions without a meeting. */
export const procedureCases: readonly LawCase[] = [
  vote(
    ['rp-urgency', urgency, 'Dringlichkeit festgestellt', 'Invited at short notice; 25 to 20 find it urgent.'],
    { subject: 'urgency', room: 45 },
    [25, 20],
    { outcome: 'accepted', needed: 23, of: 45 },
  ),
  vote(
    ['rp-urgency-rejected', urgency, 'Dringlichkeit verneint', '20 to 25: the item may not be dealt with.'],
    { subject: 'urgency', room: 45 },
    [20, 25],
    { outcome: 'rejected', needed: 23, of: 45 },
  ),
  vote(
    ['rp-urgency-tie', '§ 40 Abs. 1 Satz 2', 'Dringlichkeit, Gleichstand', '20 to 20 and five abstain.'],
    { subject: 'urgency', room: 45 },
    [20, 20, 5],
    { outcome: 'rejected', needed: 21, of: 40, tie: true },
  ),
  vote(
    ['rp-extension-30-of-45', extension, 'Zwei Drittel der Anwesenden', 'Two thirds of 45 present are exactly 30.'],
    { subject: 'extension', room: 45 },
    [30, 15],
    { outcome: 'accepted', majority: 'two-thirds-present', needed: 30, of: 45 },
  ),
  vote(
    ['rp-extension-29-of-45', extension, 'Knapp unter zwei Dritteln', '29 of 45.'],
    { subject: 'extension', room: 45 },
    [29, 16],
    { outcome: 'rejected', majority: 'two-thirds-present', needed: 30, of: 45 },
  ),
  vote(
    ['rp-extension-53', extension, 'Zwei Drittel von 53', 'All are there: 35.3, so 36.'],
    { subject: 'extension' },
    [36, 17],
    { outcome: 'accepted', majority: 'two-thirds-present', needed: 36, of: 53 },
  ),
  vote(
    [
      'rp-extension-abstain',
      extension,
      'Enthaltung bei zwei Dritteln',
      '29 in favour, nobody against, 16 abstain of 45.',
    ],
    { subject: 'extension', room: 45 },
    [29, 0, 16],
    { outcome: 'rejected', majority: 'two-thirds-present', needed: 30, of: 45 },
  ),
  vote(
    ['rp-extension-chosen', extension, 'Falsche Mehrheit gewählt', 'The chair asks for a simple one; the law’s holds.'],
    { subject: 'extension', majority: 'simple', room: 45 },
    [23, 22],
    { outcome: 'rejected', majority: 'two-thirds-present', needed: 30, of: 45 },
  ),
  vote(
    ['rp-extension-second-call', extension, 'Erweiterung zu dritt', 'Second meeting with three: two thirds are two.'],
    { subject: 'extension', call: 'second', room: 3 },
    [2, 1],
    { outcome: 'accepted', majority: 'two-thirds-present', needed: 2, of: 3 },
  ),
  vote(
    ['rp-extension-not-quorate', extension, 'Erweiterung ohne Beschlussfähigkeit', 'All 26 present are in favour.'],
    { subject: 'extension', room: 26 },
    [26, 0],
    { outcome: 'not-quorate', majority: 'two-thirds-present', needed: 18, of: 26 },
  ),
  vote(
    ['rp-publicity-close', publicity, 'Ausschluss der Öffentlichkeit', '28 to 19 for a closed part.'],
    { subject: 'publicity', room: 47 },
    [28, 19],
    { outcome: 'accepted', needed: 24, of: 47 },
  ),
  vote(
    ['rp-publicity-rejected', publicity, 'Es bleibt öffentlich', '19 to 28: the item stays public.'],
    { subject: 'publicity', room: 47 },
    [19, 28],
    { outcome: 'rejected', needed: 24, of: 47 },
  ),
  vote(
    ['rp-publicity-tie', '§ 40 Abs. 1 Satz 2', 'Gleichstand: es bleibt öffentlich', '23 to 23, one abstains.'],
    { subject: 'publicity', room: 47 },
    [23, 23, 1],
    { outcome: 'rejected', needed: 24, of: 46, tie: true },
  ),
  vote(
    ['rp-recording-all', recording, 'Aufzeichnung mit Zustimmung aller', 'All 47 present agree.'],
    { subject: 'recording', room: 47 },
    [47, 0],
    { outcome: 'accepted', majority: 'unanimous-present', needed: 47, of: 47 },
  ),
  vote(
    ['rp-recording-one-against', recording, 'Einer widerspricht', '46 of 47 agree, one is against.'],
    { subject: 'recording', room: 47 },
    [46, 1],
    { outcome: 'rejected', majority: 'unanimous-present', needed: 47, of: 47 },
  ),
  vote(
    ['rp-recording-abstain', recording, 'Enthaltung ist keine Zustimmung', '46 agree, one abstains.'],
    { subject: 'recording', room: 47 },
    [46, 0, 1],
    { outcome: 'rejected', majority: 'unanimous-present', needed: 47, of: 47 },
  ),
  vote(
    [
      'rp-recording-remote',
      recording,
      'Auch Zugeschaltete müssen zustimmen',
      '30 in the room agree, 10 by picture not.',
    ],
    { subject: 'recording', room: 30, remote: 10 },
    [30, 0],
    { outcome: 'rejected', majority: 'unanimous-present', needed: 40, of: 40 },
  ),
  vote(
    ['rp-recording-hybrid', recording, 'Alle, im Saal und zugeschaltet', '30 and 10 agree.'],
    { subject: 'recording', room: 30, remote: 10 },
    [40, 0],
    { outcome: 'accepted', majority: 'unanimous-present', needed: 40, of: 40 },
  ),
  vote(
    ['rp-circular-all', circular, 'Umlaufverfahren', 'A flood: nobody of the 53 objects to deciding by letter.'],
    { subject: 'circular' },
    [53, 0],
    { outcome: 'accepted', majority: 'unanimous-statutory', needed: 53, of: 53 },
  ),
  vote(
    ['rp-circular-objection', circular, 'Ein Widerspruch genügt', 'One of 53 objects: there has to be a meeting.'],
    { subject: 'circular' },
    [52, 1],
    { outcome: 'rejected', majority: 'unanimous-statutory', needed: 53, of: 53 },
  ),
  vote(
    ['rp-circular-silence', circular, 'Schweigen ist keine Zustimmung', '50 agree, three do not answer.'],
    { subject: 'circular' },
    [50, 0],
    { outcome: 'rejected', majority: 'unanimous-statutory', needed: 53, of: 53 },
  ),
  vote(
    ['rp-circular-abstention', circular, 'Enthaltung im Umlauf', '52 agree, one abstains: not all have agreed.'],
    { subject: 'circular' },
    [52, 0, 1],
    { outcome: 'rejected', majority: 'unanimous-statutory', needed: 53, of: 53 },
  ),
  vote(
    ['rp-circular-conflict', circular, 'Befangene im Umlauf', 'Two of 53 are kept out and not asked; 51 agree.'],
    { subject: 'circular', room: 51, conflicts: 2 },
    [51, 0],
    { outcome: 'accepted', majority: 'unanimous-statutory', needed: 51, of: 51 },
  ),
  vote(
    ['rp-circular-empty-seat', circular, 'Unbesetzter Sitz', 'One seat is empty; the 52 members all agree.'],
    { subject: 'circular', members: 52, room: 52 },
    [52, 0],
    { outcome: 'rejected', majority: 'unanimous-statutory', needed: 53, of: 53 },
  ),
  vote(
    [
      'rp-exclusion-in-doubt',
      '§ 22 Abs. 4',
      'Zweifel über einen Ausschluss',
      'In doubt the council decides: 22 to 21.',
    ],
    { subject: 'exclusion', room: 43 },
    [22, 21],
    { outcome: 'accepted', needed: 22, of: 43 },
  ),
]
