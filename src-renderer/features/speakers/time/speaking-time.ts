import type { Instant, MeetingState, SpeakingBudget, Speech } from '../../../../shared/rules/meeting/state.ts'
import { factionOf } from '../speaker-list.ts'

/** Milliseconds spoken up to an instant; pauses and interruptions do not count. */
export const spoken = ({ spans }: Pick<Speech, 'spans'>, now: Instant): number =>
  spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? now, now) - from), 0)

/** A limit of speaking time and how much of it is used. */
export interface TimeUse {
  readonly per: SpeakingBudget['per']
  /** Milliseconds. */
  readonly limit: number
  readonly used: number
}

/** Points of order cost nobody their speaking time. */
const costs = (speech: Speech): boolean => speech.form !== 'point-of-order'

/** The budget that holds for an item: its own goes before that of the whole meeting. */
function budgetFor(
  state: MeetingState,
  item: string | null,
  fits: (budget: SpeakingBudget) => boolean,
): SpeakingBudget | undefined {
  const fitting = state.budgets.filter(fits)
  return fitting.find((budget) => budget.item !== null && budget.item === item) ?? fitting.find((b) => b.item === null)
}

const sumOf = (state: MeetingState, now: Instant, item: string | null, counts: (speech: Speech) => boolean): number =>
  [...state.speeches.values()]
    .filter((speech) => costs(speech) && (item === null || speech.item === item) && counts(speech))
    .reduce((sum, speech) => sum + spoken(speech, now), 0)

/**
 * Every limit that a speech is under: for itself, its person and its faction.
 * @param perSpeech seconds that the rules give a speech where the chair set none; null: no limit
 */
export function limitsOf(state: MeetingState, speech: Speech, now: Instant, perSpeech: number | null): TimeUse[] {
  const { item, speaker } = speech
  const own = budgetFor(state, item, ({ per }) => per === 'speech')?.seconds ?? perSpeech
  const limits: TimeUse[] = own === null ? [] : [{ per: 'speech', limit: own * 1000, used: spoken(speech, now) }]
  if (!costs(speech) || !('person' in speaker)) return limits
  const ofPerson = budgetFor(state, item, ({ per }) => per === 'person')
  if (ofPerson) {
    const used = sumOf(state, now, ofPerson.item, (o) => 'person' in o.speaker && o.speaker.person === speaker.person)
    limits.push({ per: 'person', limit: ofPerson.seconds * 1000, used })
  }
  const faction = factionOf(state, speaker)
  const ofFaction = faction && budgetFor(state, item, (b) => b.per === 'faction' && b.faction === faction)
  if (ofFaction) {
    const used = sumOf(state, now, ofFaction.item, (other) => factionOf(state, other.speaker) === faction)
    limits.push({ per: 'faction', limit: ofFaction.seconds * 1000, used })
  }
  return limits
}

/** The limit that is reached first. */
export const tightest = (limits: readonly TimeUse[]): TimeUse | undefined =>
  [...limits].sort((a, b) => a.limit - a.used - (b.limit - b.used))[0]

/** Speaking time of one faction, or of all who belong to none. */
export interface FactionTime {
  readonly faction: string | undefined
  readonly name: string | undefined
  /** Milliseconds. */
  readonly used: number
  readonly limit: number | undefined
  readonly speeches: number
}

/** Time of every faction for an item, or for the whole meeting where the item is null; guests are left out. */
export function factionTimes(state: MeetingState, item: string | null, now: Instant): FactionTime[] {
  const groups = [...(state.constitution?.factions ?? []).map((f) => ({ id: f.organization, name: f.name }))]
  const withOther = [...groups, { id: undefined, name: undefined }]
  return withOther.flatMap(({ id, name }) => {
    const counts = (speech: Speech) => 'person' in speech.speaker && factionOf(state, speech.speaker) === id
    const speeches = [...state.speeches.values()].filter(
      (speech) => counts(speech) && speech.spans.length > 0 && (item === null || speech.item === item),
    ).length
    const limit = id && budgetFor(state, item, (budget) => budget.per === 'faction' && budget.faction === id)
    const used = sumOf(state, now, item, counts)
    if (id === undefined && speeches === 0) return []
    return [{ faction: id, name, used, limit: limit ? limit.seconds * 1000 : undefined, speeches }]
  })
}

/** Minutes and seconds, such as `3:07`; negative times carry a minus. */
export function clockText(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1000)
  const text = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`
  return ms <= -1000 ? `−${text}` : text
}
