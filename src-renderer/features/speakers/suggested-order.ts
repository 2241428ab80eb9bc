import { m } from '../../../shared/i18n/index.ts'
import type { RuleSet } from '../../../shared/rules/law/index.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { speakerOrder } from '../../../shared/rules/speaker-order.ts'
import { rulesOf } from '../room/index.ts'

type Balance = RuleSet['speaking']['order']

/** An order that the chair can put the list into with one tap. */
export interface Suggestion {
  readonly balance: Balance
  readonly label: () => string
  readonly order: string[]
}

const labels: Readonly<Record<Balance, () => string>> = {
  requests: m.speakers_order_requests,
  factions: m.speakers_order_factions,
  alternating: m.speakers_order_alternating,
}

/** The list without what the chair ordered, so that the rules order it anew. */
const unordered = (state: MeetingState, item: string | null): MeetingState => ({
  ...state,
  agenda: state.agenda.map((entry) => (entry.item === item ? { ...entry, order: [] } : entry)),
  openFloor: { ...state.openFloor, order: [] },
})

/** Every way to balance the list, that of the rule set first. */
export function suggestions(state: MeetingState, item: string | null): Suggestion[] {
  const rules = rulesOf(state)
  const { order: own } = rules.speaking
  const fresh = unordered(state, item)
  return (['requests', 'factions', 'alternating'] as const)
    .toSorted((a, b) => Number(b === own) - Number(a === own))
    .map((balance) => ({
      balance,
      label: labels[balance],
      order: speakerOrder(fresh, { ...rules, speaking: { ...rules.speaking, order: balance } }, item),
    }))
}
