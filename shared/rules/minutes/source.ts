import type { MeetingEvent } from '../../council/meeting-event.ts'
import type { Locale } from '../../i18n/index.ts'
import type { MeetingState } from '../meeting/state.ts'

/** An item as it is called, which the log does not know. */
export interface MinutesItem {
  /** As it stands on the agenda, such as `3`. */
  readonly number: string
  readonly name: string
  /** Whether everybody may read it; the publication rule answers it. */
  readonly shown: boolean
  /** Neutral wording under which everybody may know that a closed item exists. */
  readonly publicTitle?: string
}

/** Everything that minutes are made from. */
export interface MinutesSource {
  readonly state: MeetingState
  /** The log of which the state is, in its order. */
  readonly events: readonly MeetingEvent[]
  readonly meeting: { readonly name: string; readonly organization: string; readonly place?: string }
  /** Name of the town. */
  readonly body: string
  readonly items: ReadonlyMap<string, MinutesItem>
  /** Who writes the minutes. */
  readonly clerk?: string
  /** Absent members who are excused. */
  readonly excused?: ReadonlySet<string>
  /** Votes of the closed part whose resolution was announced, and may be read by everybody. */
  readonly announced?: ReadonlySet<string>
  readonly locale: Locale
  /** IANA name of the town's time zone. */
  readonly zone: string
}
