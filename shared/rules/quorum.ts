import type { Matter } from '../council/events/constitution.ts'
import type { LegalSource, RuleSet } from './law/rule-set.ts'
import { neededOf } from './law/share.ts'

/** Whether a body can decide, and the numbers and the rule that say so. */
export interface QuorumFinding {
  readonly met: boolean
  readonly needed: number
  readonly counted: number
  readonly room: number
  readonly remote: number
  readonly statutory: number
  /** What `needed` is a share of: the statutory number, or the seats that are taken. */
  readonly of: number
  readonly rule: 'ordinary' | 'with-conflicts' | 'second-call'
  readonly source: LegalSource
}

export interface QuorumQuestion {
  /** Number of members that the law gives the body; without a chair who has no vote on the item. */
  readonly statutoryNumber: number
  /** Seats of the body that are taken; the statutory number where it is left out. */
  readonly members?: number
  readonly call: 'first' | 'second'
  /** Members present who may take part in the item, each once: those with a conflict of interest are not among them. */
  readonly room: number
  readonly remote: number
  readonly remoteCounts: boolean
  /** Members who are kept out of the item by a conflict of interest. */
  readonly conflicts: number
  /** What the item is about; ordinary where none is open. */
  readonly matter?: Matter
}

interface QuorumRule {
  readonly rule: QuorumFinding['rule']
  readonly needed: number
  readonly source: LegalSource
}

/** Rules that apply at once, the one that asks for the most first. */
function applicable(rules: RuleSet, question: QuorumQuestion, of: number): QuorumRule[] {
  const { share, atLeast, source, withConflicts, secondCall } = rules.quorum
  const { call, conflicts, matter = 'ordinary' } = question
  const found: QuorumRule[] = [{ rule: 'ordinary', needed: Math.max(atLeast, neededOf(share, of)), source }]
  if (withConflicts !== undefined && conflicts > 0)
    found.push({
      rule: 'with-conflicts',
      needed: neededOf(withConflicts.share, of),
      source: withConflicts.source,
    })
  if (call === 'second' && !secondCall.notFor.includes(matter))
    found.push({ rule: 'second-call', needed: secondCall.members ?? 1, source: secondCall.source })
  return found.toSorted((a, b) => b.needed - a.needed)
}

/**
 * Whether the body can decide now. Where several rules apply, the one that asks for the fewest members holds: each of
 * them is an exception from the ordinary one. Source: of the rule that held, such as GemO RLP § 39.
 */
export function quorumFinding(rules: RuleSet, question: QuorumQuestion): QuorumFinding {
  const { room, remote, remoteCounts, statutoryNumber } = question
  const counted = room + (remoteCounts ? remote : 0)
  const of = rules.quorum.of === 'members' ? (question.members ?? statutoryNumber) : statutoryNumber
  const { rule, needed, source } = applicable(rules, question, of).at(-1)!
  return { met: counted >= needed, needed, counted, room, remote, statutory: statutoryNumber, of, rule, source }
}
