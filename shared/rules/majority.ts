import type { LegalSource, RuleSet } from './law/rule-set.ts'
import type { Majority, Tally } from '../council/events/vote.ts'

/** What a vote decided, with everything that one sentence about it needs. */
export interface VoteFinding {
  readonly outcome: 'accepted' | 'rejected' | 'not-quorate'
  readonly majority: Majority
  readonly tally: Tally
  /** Votes in favour that are needed, of how many. */
  readonly needed: number
  readonly of: number
  readonly tie: boolean
  readonly source: LegalSource
}

export function voteFinding(
  rules: RuleSet,
  v: { majority: Majority; tally: Tally; statutoryNumber: number; present: number; quorate: boolean },
): VoteFinding {
  const { share, of, source } = rules.votes.majorities[v.majority]
  const total = of === 'votes' ? v.tally.yes + v.tally.no : of === 'present' ? v.present : v.statutoryNumber
  const part = (total * share.numerator) / share.denominator
  const needed = share.bound === 'at-least' ? Math.ceil(part) : Math.floor(part) + 1
  return {
    outcome: !v.quorate ? 'not-quorate' : v.tally.yes >= needed ? 'accepted' : 'rejected',
    majority: v.majority,
    tally: v.tally,
    needed,
    of: total,
    tie: v.tally.yes === v.tally.no,
    source,
  }
}
