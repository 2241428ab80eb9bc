import type { Room as MeetingRoom } from '../room/index.ts'

/** As much of a meeting's room as votes need. */
export type Room = Omit<MeetingRoom, 'live'> & {
  readonly live: Pick<MeetingRoom['live'], 'castBallot' | 'events'>
}
