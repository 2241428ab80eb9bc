import type { RuleSet } from './law/rule-set.ts'
import { seatOf, type MeetingState, type Speech } from './meeting/state.ts'

type Balance = RuleSet['speaking']['order']

/** A faction speaks as one; who belongs to none speaks for themselves. */
const groupOf = (state: MeetingState, { speaker }: Speech): string =>
  'guest' in speaker ? `guest ${speaker.guest}` : (seatOf(state, speaker.person)?.faction ?? speaker.person)

const lastBegun = ({ spans }: Speech): number => spans.at(-1)?.from ?? -1

/** Speeches on an item that were begun, in the order in which they were. */
const begunOn = (state: MeetingState, item: string | null): Speech[] =>
  [...state.speeches.values()]
    .filter((speech) => speech.item === item && speech.form === 'speech' && speech.spans.length > 0)
    .sort((a, b) => (a.spans[0]?.from ?? 0) - (b.spans[0]?.from ?? 0))

/** Takes turns: next is the group that spoke least often so far, of several the one that asked first. */
function inTurn(state: MeetingState, waiting: readonly Speech[], begun: readonly Speech[]): Speech[] {
  const turns = new Map<string, number>()
  const turnsOf = (speech: Speech): number => turns.get(groupOf(state, speech)) ?? 0
  const count = (speech: Speech): unknown => turns.set(groupOf(state, speech), turnsOf(speech) + 1)
  begun.forEach(count)
  const rest = [...waiting]
  const order: Speech[] = []
  let last = begun.toSorted((a, b) => lastBegun(a) - lastBegun(b)).at(-1)
  while (rest.length > 0) {
    const fewest = Math.min(...rest.map(turnsOf))
    const candidates = rest.filter((speech) => turnsOf(speech) === fewest)
    const before = last
    const next =
      candidates.find((speech) => !before || groupOf(state, speech) !== groupOf(state, before)) ?? candidates[0]
    if (!next) break
    rest.splice(rest.indexOf(next), 1)
    order.push(next)
    count(next)
    last = next
  }
  return order
}

/** For and against in turn; who takes no side keeps the place of the request. */
function alternating(waiting: readonly Speech[], begun: readonly Speech[]): Speech[] {
  const rest = [...waiting]
  const order: Speech[] = []
  let last = begun.findLast(({ stance }) => stance !== undefined)?.stance
  while (rest.length > 0) {
    const before = last
    const place = rest.findIndex(({ stance }) => stance === undefined || stance !== before)
    const [next] = rest.splice(Math.max(place, 0), 1)
    if (!next) break
    order.push(next)
    last = next.stance ?? last
  }
  return order
}

function balanced(
  balance: Balance,
  state: MeetingState,
  waiting: readonly Speech[],
  begun: readonly Speech[],
): Speech[] {
  switch (balance) {
    case 'requests':
      return [...waiting]
    case 'factions':
      return inTurn(state, waiting, begun)
    case 'alternating':
      return alternating(waiting, begun)
  }
}

/**
 * Who speaks next on an item, or outside of items (null): ids of the waiting speeches. Points of order go first, then
 * those whom the chair named in the chair's order, then what interrupts, then the speeches as the rules balance them. A
 * request that comes late has the place of its true time among those that still wait, because the log is in that order.
 */
export function speakerOrder(state: MeetingState, rules: RuleSet, item: string | null): string[] {
  const list = item === null ? state.openFloor : state.agenda.find((entry) => entry.item === item)
  const waiting = [...state.speeches.values()].filter((speech) => speech.item === item && speech.status === 'waiting')
  const byId = new Map(waiting.map((speech) => [speech.speech, speech]))
  const named = (list?.order ?? []).flatMap((id) => byId.get(id) ?? [])
  const unnamed = waiting.filter((speech) => !named.includes(speech))
  const speeches = unnamed.filter(({ form }) => form === 'speech')
  // Who was named speaks before, and counts for the balance of those behind.
  const before = [...begunOn(state, item), ...named.filter(({ form }) => form === 'speech')]
  return [
    ...unnamed.filter(({ form }) => form === 'point-of-order'),
    ...named,
    ...unnamed.filter(({ form }) => form !== 'point-of-order' && form !== 'speech'),
    ...balanced(rules.speaking.order, state, speeches, before),
  ].map(({ speech }) => speech)
}

/** Milliseconds that somebody has spoken, pauses and interruptions not counted. */
export const spokenTime = ({ spans }: Pick<Speech, 'spans'>, now: number): number =>
  spans.reduce((sum, { from, to = now }) => sum + Math.max(0, to - from), 0)

/** Milliseconds spoken, of persons and of factions; guests belong to neither. */
export interface SpeakingTimes {
  readonly persons: ReadonlyMap<string, number>
  readonly factions: ReadonlyMap<string, number>
}

/**
 * Adds up who spoke how long: on an item, outside of items (null), or in the whole meeting (undefined). Points of
 * order, questions, interventions and replies cost nobody's time.
 */
export function speakingTimes(state: MeetingState, item: string | null | undefined, now: number): SpeakingTimes {
  const persons = new Map<string, number>()
  const factions = new Map<string, number>()
  const add = (times: Map<string, number>, key: string, ms: number): unknown =>
    times.set(key, (times.get(key) ?? 0) + ms)
  for (const speech of state.speeches.values()) {
    const { speaker, form, spans } = speech
    if (form !== 'speech' || spans.length === 0 || !('person' in speaker)) continue
    if (item !== undefined && speech.item !== item) continue
    const ms = spokenTime(speech, now)
    const faction = seatOf(state, speaker.person)?.faction
    add(persons, speaker.person, ms)
    if (faction !== undefined) add(factions, faction, ms)
  }
  return { persons, factions }
}

export interface RemainingTime {
  readonly per: 'speech' | 'person' | 'faction'
  /** Milliseconds of the budget, used so far, and left; less than 0: overdrawn. */
  readonly budget: number
  readonly used: number
  readonly left: number
}

/**
 * What is left to somebody who speaks or wants to: of every budget that is set, the tightest first. A budget for the
 * item goes before one for the whole meeting; without either the rules may limit a single speech.
 */
export function remainingTime(state: MeetingState, rules: RuleSet, speech: Speech, now: number): RemainingTime[] {
  const { speaker, item, form } = speech
  if (form !== 'speech') return []
  const person = 'person' in speaker ? speaker.person : undefined
  const faction = person === undefined ? undefined : seatOf(state, person)?.faction
  const budgetOf = (per: RemainingTime['per'], of?: string) => {
    const set = state.budgets.filter((budget) => budget.per === per && budget.faction === of)
    return set.find((budget) => budget.item === item) ?? set.find((budget) => budget.item === null)
  }
  const remaining: RemainingTime[] = []
  const add = (per: RemainingTime['per'], seconds: number, used: number): unknown =>
    remaining.push({ per, budget: seconds * 1000, used, left: seconds * 1000 - used })
  const perSpeech = budgetOf('speech')?.seconds ?? rules.speaking.perSpeech
  if (perSpeech !== null) add('speech', perSpeech, spokenTime(speech, now))
  const times = (budget: { readonly item: string | null }): SpeakingTimes =>
    speakingTimes(state, budget.item ?? undefined, now)
  const ofPerson = person === undefined ? undefined : budgetOf('person')
  if (ofPerson && person !== undefined) add('person', ofPerson.seconds, times(ofPerson).persons.get(person) ?? 0)
  const ofFaction = faction === undefined ? undefined : budgetOf('faction', faction)
  if (ofFaction && faction !== undefined) add('faction', ofFaction.seconds, times(ofFaction).factions.get(faction) ?? 0)
  return remaining.sort((a, b) => a.left - b.left)
}
