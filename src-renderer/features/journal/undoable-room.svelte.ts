import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { RefusalCause } from '../../../shared/rules/meeting/state.ts'
import type { Room } from '../room/index.ts'
import { eventWords } from './words/event-words.ts'
import { namesIn } from './words/names.ts'

/** What became of the last command. */
export type LastCommand =
  | { readonly kind: 'done'; readonly words: string; readonly events: readonly MeetingEvent[] }
  | { readonly kind: 'undone'; readonly words: string; readonly events: readonly MeetingEvent[] }
  /** The hub's access rules did not take it. */
  | { readonly kind: 'denied'; readonly words: string; readonly refusal: Refusal }

/** A room that remembers its last command, so that every button can be taken back by a correction. */
export class UndoableRoom implements Room {
  readonly #room: Room
  /** Told in words after each command, for screen readers. */
  readonly #say: (text: string) => void
  last = $state.raw<LastCommand>()

  constructor(room: Room, say: (text: string) => void) {
    this.#room = room
    this.#say = say
  }

  /**
   * Why the last command changed nothing although the log has it. It shows as soon as this device has read the log with
   * it, which is after the writing.
   */
  get cause(): RefusalCause | undefined {
    const { last } = this
    if (!last || last.kind === 'denied') return undefined
    const written = new Set(last.events.map(({ _id }) => _id))
    return this.state.refused.find(({ event }) => written.has(event))?.cause
  }

  get live() {
    return this.#room.live
  }
  get state() {
    return this.#room.state
  }
  get meeting() {
    return this.#room.meeting
  }
  get me() {
    return this.#room.me
  }
  get tick() {
    return this.#room.tick
  }
  nameOf(id: string): string {
    return this.#room.nameOf(id)
  }
  itemOf(id: string) {
    return this.#room.itemOf(id)
  }

  run(body: EventBody): Promise<Result<MeetingEvent, Refusal>> {
    return this.#each([body])
  }

  /** Several deeds of one tap, one after the other up to the first that is denied; taken back together. */
  async runAll(bodies: readonly EventBody[]): Promise<boolean> {
    return (await this.#each(bodies)).ok
  }

  async #each(bodies: readonly EventBody[]): Promise<Result<MeetingEvent, Refusal>> {
    const written: MeetingEvent[] = []
    let outcome: Result<MeetingEvent, Refusal> | undefined
    for (const body of bodies) {
      outcome = await this.#room.run(body)
      if (!outcome.ok) break
      written.push(outcome.value)
    }
    if (!outcome) throw new RangeError('nothing to do')
    this.#remember(bodies, written, outcome)
    return outcome
  }

  #remember(bodies: readonly EventBody[], written: MeetingEvent[], outcome: Result<MeetingEvent, Refusal>): void {
    const names = namesIn(this.#room)
    const words = bodies.map((body) => eventWords(body, names)).join(' ')
    if (outcome.ok) this.last = { kind: 'done', words, events: written }
    else this.last = { kind: 'denied', words, refusal: outcome.failure }
    this.#say(words)
  }

  /** Takes the last command back. */
  async undo(): Promise<void> {
    if (this.last?.kind === 'done') await this.#takeBack(this.last, 'undone')
  }

  /** Takes the taking back of the last command back: it holds again. */
  async redo(): Promise<void> {
    if (this.last?.kind === 'undone') await this.#takeBack(this.last, 'done')
  }

  /** A correction for each event, the last one first. */
  async #takeBack({ words, events }: Exclude<LastCommand, { kind: 'denied' }>, kind: 'done' | 'undone'): Promise<void> {
    const written: MeetingEvent[] = []
    for (const { _id } of events.toReversed()) {
      const outcome = await this.#room.run({ kind: 'corrected', replaces: _id })
      if (!outcome.ok) {
        this.last = { kind: 'denied', words, refusal: outcome.failure }
        return
      }
      written.push(outcome.value)
    }
    this.last = { kind, words, events: written }
    this.#say(words)
  }
}
