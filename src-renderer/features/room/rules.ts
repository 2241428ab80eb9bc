import { defaultRuleSet, ruleSet, type RuleSet } from '../../../shared/rules/law/index.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'

/** The law that a meeting is held by; before it is prepared, the one that it will most likely be. */
export const rulesOf = (state: Pick<MeetingState, 'constitution'>): RuleSet =>
  (state.constitution && ruleSet(state.constitution.rules)) ?? defaultRuleSet
