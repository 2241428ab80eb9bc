import type { Majority, Tally, VoteSubject } from '../council/events/vote.ts'
import type { LegalSource, RuleSet } from './law/rule-set.ts'
import { neededOf } from './law/share.ts'

/** What a vote decided, with everything that one sentence about it needs. */
export interface VoteFinding {
  readonly outcome: 'accepted' | 'rejected' | 'not-quorate'
  readonly majority: Majority
  readonly tally: Tally
  /** Votes in favour that are needed, of how many. */
  readonly needed: number
  readonly of: number
  /** What `of` counts: votes for and against, members present, or the number that the law gives the body. */
  readonly base: 'votes' | 'present' | 'statutory'
  readonly tie: boolean
  /** Members abstained although the law has everybody vote: the outcome holds, the minutes name it. */
  readonly irregular?: 'abstention'
  readonly source: LegalSource
}

export interface VoteQuestion {
  readonly majority: Majority
  readonly tally: Tally
  /** Number of members that the law gives the body; without a chair who has no vote on the item. */
  readonly statutoryNumber: number
  /** Members present who could vote on it. */
  readonly present: number
  readonly quorate: boolean
}

/** The majority that a vote needs: the law's for its subject, else the one that the chair chose. */
export const majorityFor = (rules: RuleSet, subject: VoteSubject, chosen: Majority): Majority =>
  rules.votes.needed[subject] ?? chosen

const baseOf = (base: VoteFinding['base'], { tally, present, statutoryNumber }: VoteQuestion): number => {
  if (base === 'votes') return tally.yes + tally.no
  return base === 'present' ? present : statutoryNumber
}

function sourceOf(
  rules: RuleSet,
  majority: LegalSource,
  { quorate, tieDecided }: { quorate: boolean; tieDecided: boolean },
): LegalSource {
  if (!quorate) return rules.quorum.source
  return tieDecided ? rules.votes.tie.source : majority
}

/**
 * What the counted votes decided. A tie is a rejection, whatever the share says; a body without a quorum decides
 * nothing. Source: of the majority, or of the rule on ties or on the quorum where one of them decided.
 */
export function voteFinding(rules: RuleSet, question: VoteQuestion): VoteFinding {
  const { majority, tally, quorate } = question
  const rule = rules.votes.majorities[majority]
  const of = baseOf(rule.of, question)
  const needed = neededOf(rule.share, of)
  const tie = tally.yes === tally.no
  const accepted = tally.yes >= needed && tally.yes > tally.no
  const tieDecided = tie && rule.of === 'votes' && tally.yes > 0
  const verdict = accepted ? 'accepted' : 'rejected'
  return {
    outcome: quorate ? verdict : 'not-quorate',
    majority,
    tally,
    needed,
    of,
    base: rule.of,
    tie,
    ...(tally.abstain > 0 && !rules.votes.abstention.allowed && { irregular: 'abstention' as const }),
    source: sourceOf(rules, rule.source, { quorate, tieDecided }),
  }
}
