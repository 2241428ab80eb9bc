import type { Instant, MeetingState } from '../../../../shared/rules/meeting/state.ts'
import { speakingTimes } from '../../../../shared/rules/speaker-order.ts'
import { factionOf } from '../speaker-list.ts'

/** Speaking time of one faction, or of all who belong to none. */
export interface FactionTime {
  readonly faction: string | undefined
  readonly name: string | undefined
  /** Milliseconds. */
  readonly used: number
  readonly limit: number | undefined
  readonly speeches: number
}

/** The budget of a faction in milliseconds; one for the item goes before that of the meeting. */
function budgetOf(state: MeetingState, item: string | null, faction: string): number | undefined {
  const own = state.budgets.filter((budget) => budget.per === 'faction' && budget.faction === faction)
  const budget = own.find((one) => item !== null && one.item === item) ?? own.find((one) => one.item === null)
  return budget && budget.seconds * 1000
}

/** Time of every faction for an item, or for the whole meeting where the item is null; guests are left out. */
export function factionTimes(state: MeetingState, item: string | null, now: Instant): FactionTime[] {
  const times = speakingTimes(state, item ?? undefined, now)
  const begun = [...state.speeches.values()].filter(
    (speech) => speech.form === 'speech' && speech.spans.length > 0 && (item === null || speech.item === item),
  )
  const of = (faction: string | undefined) =>
    begun.filter(({ speaker }) => 'person' in speaker && factionOf(state, speaker) === faction)
  const factions = (state.constitution?.factions ?? []).map(({ organization, name }) => ({
    ...{ faction: organization, name },
    used: times.factions.get(organization) ?? 0,
    limit: budgetOf(state, item, organization),
    speeches: of(organization).length,
  }))
  const others = of(undefined)
  if (others.length === 0) return factions
  const people = new Set(others.map(({ speaker }) => ('person' in speaker ? speaker.person : '')))
  const used = [...people].reduce((sum, person) => sum + (times.persons.get(person) ?? 0), 0)
  return [...factions, { faction: undefined, name: undefined, used, limit: undefined, speeches: others.length }]
}

/** Minutes and seconds, such as `3:07`. */
export function clockText(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1000)
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`
}
