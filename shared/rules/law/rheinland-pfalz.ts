import type { LegalSource, RuleSet } from './rule-set.ts'

const gemO = (place: string): LegalSource => ({ law: 'GemO', place })
const half = { bound: 'more-than', numerator: 1, denominator: 2 } as const
const twoThirds = { bound: 'at-least', numerator: 2, denominator: 3 } as const
const all = { bound: 'at-least', numerator: 1, denominator: 1 } as const

/** Elected members by inhabitants, GemO § 29 Abs. 2. */
const electedMembers = [
  { upTo: 300, members: 6 },
  { upTo: 500, members: 8 },
  { upTo: 1000, members: 12 },
  { upTo: 2500, members: 16 },
  { upTo: 5000, members: 20 },
  { upTo: 7500, members: 22 },
  { upTo: 10_000, members: 24 },
  { upTo: 15_000, members: 28 },
  { upTo: 20_000, members: 32 },
  { upTo: 30_000, members: 36 },
  { upTo: 40_000, members: 40 },
  { upTo: 60_000, members: 44 },
  { upTo: 80_000, members: 48 },
  { upTo: 100_000, members: 52 },
  { upTo: 150_000, members: 56 },
  { upTo: null, members: 60 },
] as const

const votes: RuleSet['votes'] = {
  majorities: {
    simple: { share: half, of: 'votes', source: gemO('§ 40 Abs. 1 Satz 1, Abs. 4 Satz 1') },
    statutory: { share: half, of: 'statutory', source: gemO('§ 25 Abs. 2') },
    'two-thirds-statutory': { share: twoThirds, of: 'statutory', source: gemO('§ 37 Abs. 1') },
    'two-thirds-present': { share: twoThirds, of: 'present', source: gemO('§ 34 Abs. 7') },
    'two-thirds-votes': { share: twoThirds, of: 'votes', source: gemO('§ 40 Abs. 1 Satz 1, Abs. 4 Satz 1') },
    'unanimous-present': { share: all, of: 'present', source: gemO('§ 35 Abs. 1 Satz 6') },
    'unanimous-statutory': { share: all, of: 'statutory', source: gemO('§ 35 Abs. 3') },
  },
  needed: {
    urgency: 'simple',
    extension: 'two-thirds-present',
    publicity: 'simple',
    recording: 'unanimous-present',
    circular: 'unanimous-statutory',
  },
  modes: ['devices', 'hand', 'roll-call', 'faction', 'no-objection', 'paper'],
  abstention: { allowed: true, source: gemO('§ 40 Abs. 4 Satz 1') },
  secret: { modes: ['paper'], majority: 'two-thirds-statutory', source: gemO('§ 40 Abs. 1 Satz 3') },
  tie: { outcome: 'rejected', source: gemO('§ 40 Abs. 1 Satz 2') },
  circular: { majority: 'unanimous-statutory', source: gemO('§ 35 Abs. 3') },
  chairWithoutVote: { matters: ['election'], source: gemO('§ 36 Abs. 3 Satz 2') },
}

/**
 * Gemeindeordnung Rheinland-Pfalz, with § 35 a on hybrid meetings (2023), for councils elected in June 2024. Later
 * changes of the law are not looked up. § 37, 39, 40 and 41 were read in wording, of § 34 Abs. 1 to 4, of § 35 Abs. 1 and
 * 2; the majorities are those that the administrative rules on § 40 list.
 */
export const rheinlandPfalz: RuleSet = {
  id: 'de-rp-2024',
  land: 'DE-RP',
  name: 'Gemeindeordnung Rheinland-Pfalz',
  since: '2024-07-01',
  unconfirmed: [
    { source: gemO('§ 22 Abs. 4'), assumed: 'kept-out' },
    { source: gemO('§ 29 Abs. 2'), assumed: 'large-towns' },
    { source: gemO('§ 34 Abs. 3 Satz 2'), assumed: 'urgent-notice' },
    { source: gemO('§ 34 Abs. 7'), assumed: 'abstaining-is-present' },
    { source: gemO('§ 35 Abs. 3'), assumed: 'silence-is-no-consent' },
    { source: gemO('§ 35 Abs. 3'), assumed: 'asked-by-circulation' },
    {
      source: gemO('§ 36 Abs. 3'),
      assumed: 'chair-rests-in-elections',
    },
    { source: gemO('§ 40 Abs. 3'), assumed: 'single-candidate' },
    { source: gemO('§ 40 Abs. 3 Satz 3'), assumed: 'run-off-by-lot' },
    { source: gemO('§ 41 Abs. 3'), assumed: 'objections-after-minutes' },
    {
      source: { law: 'Mustergeschäftsordnung', place: '§ 21' },
      assumed: 'order-by-majority',
    },
    { source: { law: 'Mustergeschäftsordnung', place: '§ 22' }, assumed: 'order-of-requests' },
  ],
  membership: { electedMembers, chairIsMember: true, source: gemO('§ 29 Abs. 1 und 2') },
  quorum: {
    share: half,
    of: 'statutory',
    atLeast: 3,
    source: gemO('§ 39 Abs. 1 Satz 1'),
    withConflicts: {
      share: { bound: 'at-least', numerator: 1, denominator: 3 },
      source: gemO('§ 39 Abs. 2'),
    },
    secondCall: { members: 3, notFor: [], source: gemO('§ 39 Abs. 1 Satz 2') },
    countsChair: true,
  },
  votes,
  elections: {
    share: half,
    openRounds: 2,
    against: 'valid',
    repeatedWhenInvalid: null,
    tieForFirst: 'lot',
    tieForSecond: 'lot',
    tie: 'lot',
    open: true,
    source: gemO('§ 40 Abs. 3'),
  },
  hybrid: {
    allowed: true,
    roomOnly: ['statute', 'election'],
    constituentInRoom: true,
    secretInRoom: true,
    chairInRoom: true,
    stoppedBy: ['town'],
    source: gemO('§ 35 a Abs. 1'),
  },
  invitation: {
    clearDays: 4,
    urgent: { clearDays: 1, confirmed: true, source: gemO('§ 34 Abs. 3 Satz 2 und 3') },
    setBy: 'law',
    source: gemO('§ 34 Abs. 3 Satz 1'),
  },
  agenda: { movedBy: 'body', source: { law: 'Mustergeschäftsordnung', place: '§ 21' } },
  publicity: { decidedInClosed: true, announced: true, source: gemO('§ 35 Abs. 1') },
  recording: { modes: ['statute', 'poll', 'none'], source: gemO('§ 35 Abs. 1 Satz 4 bis 6') },
  conflict: { inPublic: 'table', inClosed: 'room', source: gemO('§ 22 Abs. 4') },
  order: { callsBeforeExclusion: 3, excludedBy: 'chair', source: gemO('§ 38 Abs. 1') },
  speaking: {
    order: 'requests',
    perSpeech: null,
    source: { law: 'Mustergeschäftsordnung', place: '§ 22' },
  },
  minutes: {
    months: 1,
    contents: [
      'day',
      'place',
      'participants',
      'agenda',
      'resolutions',
      'results',
      'signature-chair',
      'signature-clerk',
    ],
    source: gemO('§ 41 Abs. 1 und 2'),
    // Kommunalbrevier Rheinland-Pfalz, "Einwendungen gegen die Niederschrift": to be raised in the next meeting at the
    // latest, simple majority, no approval otherwise.
    objections: { raised: 'next-meeting', majority: 'simple', source: gemO('§ 41 Abs. 3') },
  },
}
