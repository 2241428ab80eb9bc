import type { LegalSource } from './law/rule-set.ts'
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
