import type { RuleSet } from './rule-set.ts'

const source = { law: 'GemO RLP', place: '§ 39' }
const half = { bound: 'more-than', numerator: 1, denominator: 2 } as const
const twoThirds = { bound: 'at-least', numerator: 2, denominator: 3 } as const
const rlp: RuleSet = {
  id: 'de-rp-2024',
  land: 'DE-RP',
  name: 'Gemeindeordnung Rheinland-Pfalz',
  since: '2024-01-01',
  quorum: {
    share: half,
    source,
    withConflicts: { share: { bound: 'at-least', numerator: 1, denominator: 3 }, source },
    secondCall: { members: 3, source },
    countsChair: false,
  },
  votes: {
    majorities: {
      simple: { share: half, of: 'votes', source },
      statutory: { share: half, of: 'statutory', source },
      'two-thirds-statutory': { share: twoThirds, of: 'statutory', source },
      'two-thirds-present': { share: twoThirds, of: 'present', source },
      'unanimous-present': { share: { bound: 'at-least', numerator: 1, denominator: 1 }, of: 'present', source },
      'unanimous-statutory': { share: { bound: 'at-least', numerator: 1, denominator: 1 }, of: 'statutory', source },
    },
    needed: { extension: 'two-thirds-present', urgency: 'two-thirds-present', recording: 'unanimous-present' },
    modes: ['devices', 'hand', 'roll-call', 'faction', 'no-objection', 'paper'],
    abstention: true,
    secret: { modes: ['paper'], source },
    tie: { outcome: 'rejected', source },
    circular: null,
    chairWithoutVote: { matters: ['election'], source },
  },
  elections: { share: half, openRounds: 2, tie: 'lot', open: true, source },
  hybrid: {
    allowed: true,
    roomOnly: ['statute', 'election'],
    constituentInRoom: true,
    secretInRoom: true,
    chairInRoom: true,
    source,
  },
  invitation: { clearDays: 4, urgent: { clearDays: 1, confirmed: true }, source },
  conflict: { inPublic: 'table', inClosed: 'room', source },
  order: { callsBeforeExclusion: 3, source },
  speaking: { order: 'requests', perSpeech: null, source },
  minutes: { months: 1, contents: [], source },
}

export const ruleSet = (id: string): RuleSet | undefined => (id === rlp.id ? rlp : undefined)
