import type { MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import { organizationAudience, partsOf, type Audience } from '../../../../shared/rules/audience.ts'
import { audienceOfDeed } from '../../../../shared/rules/meeting/deed-audience.ts'
import { MeetingLog } from '../../../../shared/rules/meeting/log.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'

/** Everything that the hub holds of one meeting, from all audiences that hold events of it. */
export class MeetingRecord {
  readonly meeting: string
  readonly #log: MeetingLog
  readonly #audiences = new Set<Audience>()
  /** Closed items of which somebody was said to be kept out. */
  readonly #conflicts = new Set<string>()

  constructor(meeting: string) {
    this.meeting = meeting
    this.#log = new MeetingLog(meeting)
  }

  get state(): MeetingState {
    return this.#log.state
  }

  /** Clock of the newest event, or undefined. */
  get newest(): string | undefined {
    return this.#log.events.at(-1)?._id.split(':')[2]
  }

  /** Audiences in which an event of the meeting was seen. */
  get audiences(): ReadonlySet<Audience> {
    return this.#audiences
  }

  /** Items about which a conflict of interest was ever said, whether or not it holds. */
  get conflicts(): ReadonlySet<string> {
    return this.#conflicts
  }

  insert(audience: Audience, events: readonly MeetingEvent[]): void {
    if (events.length === 0) return
    this.#audiences.add(audience)
    this.#log.insert(events)
    for (const { body } of events) {
      const deed = body.kind === 'corrected' ? body.instead : body
      if (deed?.kind === 'conflict-declared') this.#conflicts.add(deed.item)
    }
  }

  /** Whose readers may know of the meeting. */
  get readable(): readonly Audience[] {
    return (this.state.constitution?.organizations ?? []).map(organizationAudience)
  }

  /** Whose readers may know of a vote. */
  readableFor(vote: string): readonly Audience[] {
    const audience = this.audienceOf(vote)
    return audience !== undefined && partsOf(audience).kind === 'circle' ? [audience] : this.readable
  }

  /** Where the hub puts on record what concerns the whole meeting; undefined before it was prepared. */
  get home(): Audience | undefined {
    return this.readable[0]
  }

  /** Where the hub puts on record what concerns a vote: in the circle of its item, where somebody is kept out of it. */
  audienceOf(vote: string): Audience | undefined {
    return audienceOfDeed(this.state, { kind: 'vote-closed', vote })
  }
}
