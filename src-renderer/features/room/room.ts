import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { AgendaItem, Meeting } from '../../../shared/oparl/index.ts'
import type { Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import type { LiveMeeting } from '../../data/contract.ts'

/**
 * A running meeting as its screens see it: what the log says, who looks, and the one way to add to the log. Reading any
 * field inside Svelte subscribes.
 */
export interface Room {
  readonly live: LiveMeeting
  readonly state: MeetingState
  readonly meeting: Meeting | undefined
  readonly me: { readonly person: string | null; readonly presides: boolean }
  /** Milliseconds since 1970 by the meeting's clock, once a second. */
  readonly tick: number
  /** Person, organization or item in words. */
  nameOf(id: string): string
  itemOf(id: string): AgendaItem | undefined
  run(body: EventBody): Promise<Result<MeetingEvent, Refusal>>
}

/** The part of a joined meeting (`features/meeting-room`) that its room is made of. */
interface Joined {
  readonly live: LiveMeeting
  readonly state: MeetingState
  readonly meeting: Meeting | undefined
  readonly me: string | null
  readonly mayPreside: boolean
  readonly now: number
  personName(id: string): string | undefined
  factionName(id: string): string | undefined
  item(id: string): AgendaItem | undefined
  write(body: EventBody): Promise<Result<MeetingEvent, Refusal>>
}

/** A joined meeting as a room. */
export const roomOf = (joined: Joined): Room => ({
  live: joined.live,
  get state() {
    return joined.state
  },
  get meeting() {
    return joined.meeting
  },
  get me() {
    return { person: joined.me, presides: joined.mayPreside }
  },
  get tick() {
    return joined.now
  },
  nameOf: (id) => joined.personName(id) ?? joined.factionName(id) ?? joined.item(id)?.name ?? id,
  itemOf: (id) => joined.item(id),
  run: (body) => joined.write(body),
})
