import { bayern } from './bayern.ts'
import { rheinlandPfalz } from './rheinland-pfalz.ts'
import type { RuleSet } from './rule-set.ts'

export {
  chairByOfficeCounts,
  mayBeExcluded,
  membersToAgree,
  remoteCounts,
  statutoryNumberFor,
  statutoryNumberOf,
  votingRightOf,
} from './voting-right.ts'
export type { LegalSource, RuleSet, Share } from './rule-set.ts'

/** Every version of every law that a meeting can be held by; old ones stay, for the logs that name them. */
export const ruleSets: readonly RuleSet[] = [rheinlandPfalz, bayern]

/** What a new meeting is prepared with unless the town chose another. */
export const defaultRuleSet: RuleSet = rheinlandPfalz

/** The rule set that a log names; undefined when this version of the software does not know it. */
export const ruleSet = (id: string): RuleSet | undefined => ruleSets.find((some) => some.id === id)
