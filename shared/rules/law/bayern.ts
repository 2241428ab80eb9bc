import type { LegalSource, RuleSet } from './rule-set.ts'

const go = (place: string): LegalSource => ({ law: 'GO Bayern', place })
const model = (place: string): LegalSource => ({ law: 'Geschäftsordnungsmuster des Bayerischen Gemeindetags', place })
const half = { bound: 'more-than', numerator: 1, denominator: 2 } as const
const twoThirds = { bound: 'at-least', numerator: 2, denominator: 3 } as const
const all = { bound: 'at-least', numerator: 1, denominator: 1 } as const

/** Elected members by inhabitants, GO Art. 31 Abs. 2. */
const electedMembers = [
  { upTo: 1000, members: 8 },
  { upTo: 2000, members: 12 },
  { upTo: 3000, members: 14 },
  { upTo: 5000, members: 16 },
  { upTo: 10_000, members: 20 },
  { upTo: 20_000, members: 24 },
  { upTo: 30_000, members: 30 },
  { upTo: 50_000, members: 40 },
  { upTo: 100_000, members: 44 },
  { upTo: 200_000, members: 50 },
  { upTo: 500_000, members: 60 },
  { upTo: null, members: 70 },
] as const

const otherwise = go('Art. 51 Abs. 1 Satz 1')

const votes: RuleSet['votes'] = {
  majorities: {
    simple: { share: half, of: 'votes', source: otherwise },
    statutory: { share: half, of: 'statutory', source: otherwise },
    'two-thirds-statutory': { share: twoThirds, of: 'statutory', source: otherwise },
    'two-thirds-present': { share: twoThirds, of: 'present', source: otherwise },
    'two-thirds-votes': { share: twoThirds, of: 'votes', source: go('Art. 47a Abs. 1 Satz 2') },
    'unanimous-present': { share: all, of: 'present', source: otherwise },
    'unanimous-statutory': { share: all, of: 'statutory', source: otherwise },
  },
  needed: {
    urgency: 'simple',
    extension: 'simple',
    publicity: 'simple',
    recording: 'unanimous-present',
    exclusion: 'simple',
  },
  modes: ['devices', 'hand', 'roll-call', 'faction', 'no-objection'],
  abstention: { allowed: false, source: go('Art. 48 Abs. 1 Satz 2') },
  secret: { modes: [], majority: null, source: go('Art. 51 Abs. 1 Satz 1') },
  tie: { outcome: 'rejected', source: go('Art. 51 Abs. 1 Satz 2') },
  circular: null,
  chairWithoutVote: { matters: [], source: go('Art. 36') },
}

/** Gemeindeordnung für den Freistaat Bayern, with Art. 47a on taking part by picture and sound. */
export const bayern: RuleSet = {
  id: 'de-by-2024',
  land: 'DE-BY',
  name: 'Gemeindeordnung für den Freistaat Bayern',
  since: '2024-01-01',
  unconfirmed: [
    { source: go('Art. 31 Abs. 2'), assumed: 'member-numbers' },
    { source: go('Art. 36'), assumed: 'first-mayor-votes' },
    {
      source: go('Art. 46 Abs. 2'),
      assumed: 'invitation-days',
    },
    { source: go('Art. 47 Abs. 2'), assumed: 'empty-seats' },
    { source: go('Art. 47 Abs. 3'), assumed: 'second-call' },
    { source: go('Art. 49 Abs. 1'), assumed: 'kept-out' },
    { source: go('Art. 51 Abs. 1'), assumed: 'never-secret' },
    { source: go('Art. 52'), assumed: 'recording-consent' },
    { source: go('Art. 53 Abs. 1 Satz 3'), assumed: 'two-calls-to-order' },
    {
      source: model('§ 27 Abs. 1 Satz 2'),
      assumed: 'order-of-agenda',
    },
  ],
  membership: { electedMembers, chairIsMember: true, source: go('Art. 31 Abs. 1 und 2') },
  quorum: {
    share: half,
    of: 'members',
    atLeast: 1,
    source: go('Art. 47 Abs. 2'),
    secondCall: { members: null, notFor: ['election'], source: go('Art. 47 Abs. 3') },
    countsChair: true,
  },
  votes,
  elections: {
    share: half,
    openRounds: 1,
    against: 'invalid',
    repeatedWhenInvalid: { bound: 'at-least', numerator: 1, denominator: 2 },
    tieForFirst: 'repeat',
    tieForSecond: 'lot',
    tie: 'lot',
    open: false,
    source: go('Art. 51 Abs. 3'),
  },
  hybrid: {
    allowed: true,
    roomOnly: ['election'],
    constituentInRoom: false,
    secretInRoom: false,
    chairInRoom: true,
    stoppedBy: ['town'],
    source: go('Art. 47a Abs. 1'),
  },
  invitation: {
    clearDays: 5,
    urgent: { clearDays: 3, confirmed: false, source: model('§ 24') },
    setBy: 'procedure',
    source: go('Art. 46 Abs. 2 Satz 2'),
  },
  agenda: { movedBy: 'body', source: model('§ 27 Abs. 1 Satz 2') },
  publicity: { decidedInClosed: true, announced: true, source: go('Art. 52 Abs. 2 und 3') },
  recording: { modes: ['poll', 'none'], source: go('Art. 52') },
  conflict: { inPublic: 'table', inClosed: 'room', source: go('Art. 49 Abs. 1') },
  order: { callsBeforeExclusion: 2, excludedBy: 'body', source: go('Art. 53 Abs. 1 Satz 3') },
  speaking: { order: 'requests', perSpeech: null, source: model('§ 27') },
  minutes: {
    months: null,
    contents: [
      'day',
      'place',
      'participants',
      'absences',
      'agenda',
      'resolutions',
      'results',
      'signature-chair',
      'signature-clerk',
    ],
    source: go('Art. 54 Abs. 1 und 2'),
  },
}
