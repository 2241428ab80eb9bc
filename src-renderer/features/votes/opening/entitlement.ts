import type { RuleSet } from '../../../../shared/rules/law/rule-set.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import { votingRight, type Decision, type WhyNot } from '../../../../shared/rules/voting-right.ts'

export interface Entitlement {
  readonly entitled: readonly string[]
  /** Everybody else of the roster, by the reason, in the order in which the reasons are met. */
  readonly others: readonly { readonly because: WhyNot; readonly persons: readonly string[] }[]
}

/** Who of the roster may vote on a decision by now, and why the others may not. */
export function entitlementFor(state: MeetingState, rules: RuleSet, decision: Decision): Entitlement {
  const entitled: string[] = []
  const others = new Map<WhyNot, string[]>()
  for (const { person } of state.constitution?.seats ?? []) {
    const right = votingRight(state, rules, person, decision)
    if (right.kind === 'entitled') entitled.push(person)
    else others.set(right.because, [...(others.get(right.because) ?? []), person])
  }
  return { entitled, others: [...others].map(([because, persons]) => ({ because, persons })) }
}
