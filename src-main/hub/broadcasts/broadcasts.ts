import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MeetingState, Span } from '../../../shared/rules/meeting/state.ts'
import type { ConsentAct } from '../../../shared/council/consent.ts'
import type { Speaker } from '../../../shared/council/events/speech.ts'
import { airtimeOf } from '../../../shared/rules/broadcast/airtime.ts'
import { consentAirtimeOf, interpretersAirtimeOf } from '../../../shared/rules/broadcast/consent.ts'
import { Broadcast } from './broadcast.ts'
import type { Depot } from './depot/depot.ts'

export interface BroadcastsOptions {
  /** Holds a folder for each broadcast, named by the key of its meeting. */
  readonly folder: string
  /** Where recordings go once they are over. */
  readonly depot: Depot
  /** The state of a meeting by its log, with everything that was stored before the call. */
  readonly stateOf: (meeting: string) => Promise<MeetingState>
  /** What a speaker of a meeting agreed to. */
  readonly consentsOf: (meeting: string, speaker: Speaker) => readonly ConsentAct[]
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

const keyOf = (meeting: string): string => meeting.slice(meeting.indexOf(':') + 1)

/** The broadcasts of all meetings, each following the log of its own. */
export class Broadcasts {
  readonly #options: BroadcastsOptions
  readonly #known = new Map<string, Promise<Broadcast>>()
  readonly #opened = new Map<string, Broadcast>()
  /** Beginnings of speeches without consent that the live picture was cleared of. */
  readonly #silenced = new Map<string, Set<number>>()

  private constructor(options: BroadcastsOptions) {
    this.#options = options
  }

  /** Opens every broadcast that there is; those that were going on show the slate until they are allowed again. */
  static async open(options: BroadcastsOptions): Promise<Broadcasts> {
    const broadcasts = new Broadcasts(options)
    const names = await readdir(options.folder).catch(() => [])
    for (const name of names) await broadcasts.#begin(`meeting:${name}`).catch(options.onFault)
    return broadcasts
  }

  /** The broadcast of a meeting; undefined when none was announced. */
  find(meeting: string): Promise<Broadcast> | undefined {
    return this.#known.get(meeting)
  }

  /** The broadcast of a meeting, made when there is none yet. */
  of(meeting: string): Promise<Broadcast> {
    return this.#known.get(meeting) ?? this.#begin(meeting)
  }

  /** All that there are, by their meetings. */
  async *all(): AsyncIterable<[string, Broadcast]> {
    for (const [meeting, broadcast] of this.#known) yield [meeting, await broadcast]
  }

  /** The broadcast of a meeting, where there is, was or soon will be something to watch. */
  begun(meeting: string): Broadcast | undefined {
    const broadcast = this.#opened.get(meeting)
    return broadcast?.hasBegun ? broadcast : undefined
  }

  /** Broadcasts where there is, was or soon will be something to watch, by their meetings. */
  get allBegun(): [string, Broadcast][] {
    return [...this.#opened].filter(([, broadcast]) => broadcast.hasBegun)
  }

  /** The log of a meeting became another. */
  async follow(meeting: string, state: MeetingState): Promise<void> {
    const broadcast = await this.#known.get(meeting)
    if (broadcast) await this.#apply(broadcast, meeting, state)
  }

  /** The register of consent became another. */
  async followConsent(): Promise<void> {
    for await (const [meeting, broadcast] of this.all())
      await this.#apply(broadcast, meeting, await this.#options.stateOf(meeting))
  }

  async stop(): Promise<void> {
    for await (const [, broadcast] of this.all()) await broadcast.stop()
  }

  #begin(meeting: string): Promise<Broadcast> {
    const { folder, depot, now, onFault, stateOf } = this.#options
    const beginning = Broadcast.open({ folder: join(folder, keyOf(meeting)), depot, now, onFault })
    this.#known.set(meeting, beginning)
    beginning.catch(() => this.#known.delete(meeting))
    return beginning.then(async (broadcast) => {
      this.#opened.set(meeting, broadcast)
      await this.#apply(broadcast, meeting, await stateOf(meeting))
      return broadcast
    })
  }

  async #apply(broadcast: Broadcast, meeting: string, state: MeetingState): Promise<void> {
    const { open, closed } = airtimeOf(state)
    const consentsOf = (speaker: Speaker): readonly ConsentAct[] => this.#options.consentsOf(meeting, speaker)
    const main = consentAirtimeOf(state, consentsOf)
    const second = interpretersAirtimeOf(broadcast.interpreters, consentsOf)
    broadcast.setLog('main', { public: open, consent: main.open }, beginOf([...closed, ...main.live]))
    broadcast.setLog('second', { public: open, consent: second.open }, beginOf([...closed, ...second.live]))
    const silenced = this.#silenced.get(meeting) ?? new Set()
    this.#silenced.set(meeting, silenced)
    for (const span of main.live) {
      // Heard of while it goes on: the gate closed. Heard of once it was over: it stood open.
      if (span.to !== undefined && !silenced.has(span.from)) broadcast.takeBack(span)
      silenced.add(span.from)
    }
    await Promise.all([
      broadcast.closeTimes(closed),
      broadcast.leaveOut('main', [...main.live, ...main.recording]),
      broadcast.leaveOut('second', [...second.live, ...second.recording]),
    ])
  }
}

/** Since when the earliest of those times lasts that are not over. */
function beginOf(spans: readonly Span[]): number | undefined {
  const lasting = spans.filter(({ to }) => to === undefined).map(({ from }) => from)
  return lasting.length > 0 ? Math.min(...lasting) : undefined
}
