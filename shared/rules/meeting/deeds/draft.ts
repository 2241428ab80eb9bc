import type { Constitution, Seat } from '../../../council/events/constitution.ts'
import { ruleSet } from '../../law/index.ts'
import type { RuleSet } from '../../law/rule-set.ts'
import { shareParts } from '../sharing.ts'
import { quorumOf } from '../../voting-right.ts'
import type { Instant, ItemState, MeetingState, Span } from '../state.ts'

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }
type Keyed = {
  [Key in keyof MeetingState]-?: MeetingState[Key] extends ReadonlyMap<string, unknown> ? Key : never
}[keyof MeetingState]
type Listed = {
  [Key in keyof MeetingState]-?: MeetingState[Key] extends readonly unknown[] ? Key : never
}[keyof MeetingState]
type ValueIn<Key extends Keyed> = MeetingState[Key] extends ReadonlyMap<string, infer Value> ? Value : never
type EntryIn<Key extends Listed> = MeetingState[Key] extends readonly (infer Entry)[] ? Entry : never

/** What the quorum depends on. */
const decidesQuorum: ReadonlySet<keyof MeetingState> = new Set(['attendance', 'agenda', 'current', 'constitution'])

/**
 * The state while events are folded into it. Maps and lists are copied when they are first written to, once for all
 * events of a fold, so that a long log costs no copy per event; what is not written to stays the very same object.
 */
export class Draft {
  #state: Mutable<MeetingState>
  /** As it was when it was last finished. */
  #base: MeetingState
  readonly #own = new Set<keyof MeetingState>()

  constructor(base: MeetingState) {
    this.#base = base
    this.#state = { ...base }
  }

  /** As it is by now; its maps and lists may still change. */
  get state(): MeetingState {
    return this.#state
  }

  set<Key extends keyof MeetingState>(key: Key, value: MeetingState[Key]): void {
    const shared = shareParts(this.#state[key], value)
    if (shared !== this.#state[key]) this.#replace(key, shared)
  }

  put<Key extends Keyed>(key: Key, id: string, value: ValueIn<Key>): void {
    const before = this.#state[key].get(id) as ValueIn<Key> | undefined
    const shared = before === undefined ? value : shareParts(before, value)
    if (shared === before) return
    if (!this.#own.has(key))
      this.#replace(key, new Map<string, unknown>(this.#state[key]) as unknown as MeetingState[Key])
    ;(this.#state[key] as Map<string, ValueIn<Key>>).set(id, shared)
  }

  append<Key extends Listed>(key: Key, entry: EntryIn<Key>): void {
    this.#owned(key).push(entry)
  }

  /** Ends the last span of a list that is still running. */
  endSpan(key: 'pauses' | 'parts', to: Instant): void {
    const last = this.#state[key].at(-1)
    if (!last || last.to !== undefined) return
    const spans: Span[] = this.#owned<'pauses' | 'parts'>(key)
    spans[spans.length - 1] = { ...last, to }
  }

  changeItem(item: string, change: Partial<ItemState>): void {
    const place = this.#state.agenda.findIndex((entry) => entry.item === item)
    const before = this.#state.agenda[place]
    const after = before && shareParts(before, { ...before, ...change })
    if (after && after !== before) this.#owned('agenda')[place] = after
  }

  /** The state after everything that was folded in; the very same object where nothing changed. */
  finish(): MeetingState {
    if (this.#own.size === 0) return this.#base
    if ([...this.#own].some((key) => decidesQuorum.has(key))) this.#judgeQuorum()
    const finished = this.#state
    this.#base = finished
    this.#state = { ...finished }
    this.#own.clear()
    return finished
  }

  #judgeQuorum(): void {
    const { constitution, quorum: before } = this.#state
    const rules = constitution && ruleSet(constitution.rules)
    if (!rules) return
    const after = quorumOf(this.#state, rules, { item: this.#state.current ?? null })
    this.#state.quorum = shareParts(before, after)
  }

  #replace<Key extends keyof MeetingState>(key: Key, value: MeetingState[Key]): void {
    this.#state[key] = value
    this.#own.add(key)
  }

  #owned<Key extends Listed>(key: Key): EntryIn<Key>[] {
    if (!this.#own.has(key)) this.#replace(key, [...this.#state[key]] as unknown as MeetingState[Key])
    return this.#state[key] as unknown as EntryIn<Key>[]
  }
}

const seats = new WeakMap<Constitution, ReadonlyMap<string, Seat>>()

/** Every seat of a meeting by its person. */
export function seatsOf(state: MeetingState): ReadonlyMap<string, Seat> {
  const { constitution } = state
  if (!constitution) return new Map()
  let found = seats.get(constitution)
  if (!found) {
    found = new Map(constitution.seats.map((seat) => [seat.person, seat]))
    seats.set(constitution, found)
  }
  return found
}

export const itemOf = (state: MeetingState, item: string): ItemState | undefined =>
  state.agenda.find((entry) => entry.item === item)

/** The rules that a prepared meeting is held by: nothing is prepared with rules that are not known. */
export function rulesOf({ constitution }: MeetingState): RuleSet {
  const rules = constitution && ruleSet(constitution.rules)
  if (!rules) throw new Error('A meeting without rules has no course')
  return rules
}
