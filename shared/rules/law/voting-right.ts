import type { Matter } from '../../council/events/constitution.ts'
import type { VotingRight } from '../meeting/state.ts'
import type { RuleSet } from './rule-set.ts'

export interface RemoteQuestion {
  readonly matter: Matter
  readonly secret: boolean
  readonly constituent: boolean
  /** Whether the rules of procedure of the body allow members to take part from elsewhere. */
  readonly hybrid: boolean
}

/** Whether members who take part from elsewhere count as present, for quorum and votes (GemO RLP § 35 a Abs. 1). */
export function remoteCounts({ hybrid }: RuleSet, question: RemoteQuestion): boolean {
  if (hybrid === null || !hybrid.allowed || !question.hybrid) return false
  if (question.constituent && hybrid.constituentInRoom) return false
  if (question.secret && hybrid.secretInRoom) return false
  return !hybrid.roomOnly.includes(question.matter)
}

/** Whether whoever presides has a vote on the matter: always with an elected seat (GemO RLP § 36 Abs. 3). */
export const chairVotes = ({ votes }: RuleSet, { matter, elected }: { matter: Matter; elected: boolean }): boolean =>
  elected || !votes.chairWithoutVote.matters.includes(matter)

/** Whether a chair without an elected seat is among those by whom quorum and statutory majority are counted. */
export const chairByOfficeCounts = (rules: RuleSet, matter: Matter): boolean =>
  rules.quorum.countsChair && chairVotes(rules, { matter, elected: false })

/** Whether a member may be excluded from the meeting after so many calls to order (GemO RLP § 38 Abs. 1). */
export const mayBeExcluded = ({ order }: RuleSet, callsToOrder: number): boolean =>
  callsToOrder >= order.callsBeforeExclusion

/**
 * The number that the law gives the body, for one item: without a chair whose vote rests on it, who is no member then
 * that a quorum or a majority could ask for.
 */
export const statutoryNumberFor = (
  rules: RuleSet,
  { statutoryNumber, matter, chairElected }: { statutoryNumber: number; matter: Matter; chairElected: boolean },
): number => {
  const rests = rules.membership.chairIsMember && !chairElected && !chairByOfficeCounts(rules, matter)
  return rests ? statutoryNumber - 1 : statutoryNumber
}

/**
 * Members of whom all have to agree to a decision without a meeting: without those whom a conflict of interest keeps
 * out, who are asked nothing; an empty seat cannot agree, and so nothing is decided.
 */
export const membersToAgree = (statutoryNumber: number, conflicts: number): number => statutoryNumber - conflicts

/**
 * Members of a body in a town of so many inhabitants, a chair without an elected seat among them; plausible, not
 * certain: towns may have fewer or more by statute. Source: GemO RLP § 29 Abs. 1 and 2.
 */
export function statutoryNumberOf({ membership }: RuleSet, inhabitants: number): number | undefined {
  const row = membership.electedMembers.find(({ upTo }) => upTo === null || inhabitants <= upTo)
  return row && row.members + (membership.chairIsMember ? 1 : 0)
}

export interface VotingRightQuestion extends RemoteQuestion {
  /** Whether the person has a vote in the body at all. */
  readonly votes: boolean
  readonly elected: boolean
  /** Whether the person has the chair of the body by office, such as a full-time mayor. */
  readonly chair: boolean
  readonly here: boolean
  readonly mode: 'room' | 'remote'
  readonly cutOff: boolean
  readonly conflict: boolean
  readonly excluded: boolean
}

/** Whether somebody may vote who is as the question says; the first reason against it, the most lasting one first. */
export function votingRightOf(rules: RuleSet, question: VotingRightQuestion): VotingRight {
  const { votes, elected, chair, here, mode, cutOff, conflict, excluded, matter } = question
  if (!votes) return { kind: 'excluded', because: 'no-vote' }
  if (excluded) return { kind: 'excluded', because: 'excluded-from-meeting' }
  if (!here) return { kind: 'excluded', because: 'absent' }
  if (conflict) return { kind: 'excluded', because: 'conflict' }
  if (chair && !chairVotes(rules, { matter, elected })) return { kind: 'excluded', because: 'chair-without-vote' }
  if (mode === 'room') return { kind: 'entitled' }
  if (!remoteCounts(rules, question)) return { kind: 'excluded', because: 'remote-does-not-count' }
  return cutOff ? { kind: 'excluded', because: 'cut-off' } : { kind: 'entitled' }
}
