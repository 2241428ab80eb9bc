import { createSubscriber } from 'svelte/reactivity'
import { canonical } from '../../shared/canonical.ts'
import { timeOfEvent, type EventBody } from '../../shared/council/meeting-event.ts'
import { MeetingLog } from '../../shared/rules/meeting/log.ts'
import type { MeetingState } from '../../shared/rules/meeting/state.ts'
import { largestSkew } from '../../shared/sync/clock.ts'
import type { LiveMeeting as LiveMeetingContract, LoggedEvent } from './contract.ts'
import type { LogChange, WorkerAsks } from './worker/contract.ts'

/** Opens the log; returns its end. */
export type OpenLog = (onChange: (change: LogChange) => void) => () => void

/** What of the worker a meeting needs. */
export type MeetingAsks = Pick<WorkerAsks, 'writeEvent' | 'castBallot' | 'verifyLog'>

/**
 * A meeting's log as one window holds it, for all who look at it there: it opens with the first reader and closes with
 * the last. The state is made here, from the events alone.
 */
export class MeetingMirror {
  readonly #meeting: string
  readonly #known = new Map<string, LoggedEvent>()
  readonly #subscribe: () => void
  #log: MeetingLog
  #latest = 0
  /** Rises with every change of the events. */
  #version = $state(0)
  #phase: 'loading' | 'ready' | 'failed' = $state('loading')
  #state = $state.raw<MeetingState>()
  /** No `$derived`: it would end with the component that asked for the meeting first, and others go on. */
  #sorted: { readonly version: number; readonly events: readonly LoggedEvent[] } = { version: 0, events: [] }

  constructor(meeting: string, open: OpenLog) {
    this.#meeting = meeting
    this.#log = new MeetingLog(meeting)
    this.#subscribe = createSubscriber(() => open((change) => this.#apply(change)))
  }

  get phase(): 'loading' | 'ready' | 'failed' {
    this.#subscribe()
    return this.#phase
  }

  get state(): MeetingState {
    this.#subscribe()
    return this.#state ?? this.#log.state
  }

  get events(): readonly LoggedEvent[] {
    this.#subscribe()
    const version = this.#version
    if (this.#sorted.version !== version) this.#sorted = { version, events: this.#sort() }
    return this.#sorted.events
  }

  /** Never before an event that is here, as the next one will not be either; milliseconds since 1970. */
  now(): number {
    return Math.max(Date.now(), this.#latest)
  }

  #apply({ state, all, changed, gone }: LogChange): void {
    const replaces = changed.some(({ event, refusal }) => {
      const before = this.#known.get(event._id)
      return before !== undefined && (refusal !== undefined || canonical(before.event) !== canonical(event))
    })
    if (all) this.#known.clear()
    for (const id of gone) this.#known.delete(id)
    for (const entry of changed) this.#known.set(entry.event._id, entry)
    if (all || replaces || gone.length > 0) this.#log = new MeetingLog(this.#meeting)
    const inserted = this.#log.events.length === 0 ? [...this.#known.values()] : changed
    this.#log.insert(inserted.filter(({ refusal }) => !refusal).map(({ event }) => event))
    for (const { event } of changed) this.#see(timeOfEvent(event))
    this.#state = this.#log.state
    this.#phase = state
    this.#version += 1
  }

  /** A clock that is far ahead is wrong: nobody follows it. */
  #see(ms: number): void {
    if (ms <= Date.now() + largestSkew) this.#latest = Math.max(this.#latest, ms)
  }

  #sort(): readonly LoggedEvent[] {
    return [...this.#known.values()].sort((a, b) => (a.event._id < b.event._id ? -1 : 1))
  }
}

/** The log of a meeting for one reader, over the one that its window holds. */
export class LiveMeeting implements LiveMeetingContract {
  readonly #meeting: string
  readonly #mirror: MeetingMirror
  readonly #ask: MeetingAsks

  constructor(meeting: string, mirror: MeetingMirror, ask: MeetingAsks) {
    this.#meeting = meeting
    this.#mirror = mirror
    this.#ask = ask
  }

  get phase(): LiveMeetingContract['phase'] {
    return this.#mirror.phase
  }
  get state(): MeetingState {
    return this.#mirror.state
  }
  get events(): readonly LoggedEvent[] {
    return this.#mirror.events
  }
  now = (): number => this.#mirror.now()

  write: LiveMeetingContract['write'] = (body) => this.#ask.writeEvent(this.#meeting, $state.snapshot<EventBody>(body))

  castBallot: LiveMeetingContract['castBallot'] = (vote, choice, instead) =>
    this.#ask.castBallot(this.#meeting, { vote, choice, ...(instead ? { instead: $state.snapshot(instead) } : {}) })

  verify: LiveMeetingContract['verify'] = () => this.#ask.verifyLog(this.#meeting)
}
