import type { EventBody, MeetingEvent } from '../../../shared/council/meeting-event.ts'
import type { AgendaItem, Meeting } from '../../../shared/oparl/index.ts'
import type { Result } from '../../../shared/result.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { MeetingState, RefusalCause } from '../../../shared/rules/meeting/state.ts'
import type { LiveMeeting } from '../../data/contract.ts'

/**
 * A running meeting as its screens see it: what the log says, who looks, and the one way to add to the log. The room of
 * `features/meeting-room` is one; reading any field inside Svelte subscribes.
 */
export interface Room {
  readonly live: Pick<LiveMeeting, 'castBallot' | 'events'>
  readonly state: MeetingState
  readonly meeting: Meeting | undefined
  readonly me: { readonly person: string | null; readonly presides: boolean }
  nameOf(id: string): string
  itemOf(id: string): AgendaItem | undefined
  run(body: EventBody): Promise<Result<MeetingEvent, Refusal | RefusalCause>>
}
