import type { Attendance, MeetingState } from '../../meeting/state.ts'

export type Stay = Attendance['stays'][number]

/** Stays in the meeting itself: who left before the opening was not there. */
export const staysIn = ({ opened, closed }: MeetingState, { stays }: Attendance): Stay[] =>
  stays.flatMap((stay) => {
    if (opened === undefined || (stay.to !== undefined && stay.to <= opened)) return []
    if (closed !== undefined && stay.from >= closed) return []
    const to = closed === undefined ? stay.to : Math.min(stay.to ?? closed, closed)
    return [{ mode: stay.mode, from: Math.max(stay.from, opened), ...(to === undefined ? {} : { to }) }]
  })

const minute = 60_000

/** Whole minutes in the meeting, its pauses among them; a stay that lasts has none yet. */
export const minutesIn = (stays: readonly Stay[]): number =>
  Math.floor(stays.reduce((sum, { from, to = from }) => sum + to - from, 0) / minute)
