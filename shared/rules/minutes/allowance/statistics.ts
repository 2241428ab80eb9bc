import type { MeetingState } from '../../meeting/state.ts'
import { minutesIn, staysIn } from './stays.ts'

export interface AttendanceStatistic {
  readonly person: string
  readonly name: string
  /** Meetings that the person was on the roster of, and those in which the person was there, or was so remotely only. */
  readonly meetings: number
  readonly attended: number
  readonly remotely: number
  readonly minutes: number
}

/** How often and how long everybody was there, in the order in which they first stand on a roster. */
export function attendanceStatistics(meetings: readonly MeetingState[]): AttendanceStatistic[] {
  const found = new Map<string, AttendanceStatistic>()
  for (const state of meetings) {
    if (state.opened === undefined) continue
    for (const { person, name } of state.constitution?.seats ?? []) {
      const before = found.get(person) ?? { person, name, meetings: 0, attended: 0, remotely: 0, minutes: 0 }
      const attendance = state.attendance.get(person)
      const stays = attendance ? staysIn(state, attendance) : []
      const isRemote = stays.length > 0 && stays.every(({ mode }) => mode === 'remote')
      found.set(person, {
        ...before,
        meetings: before.meetings + 1,
        attended: before.attended + (stays.length > 0 ? 1 : 0),
        remotely: before.remotely + (isRemote ? 1 : 0),
        minutes: before.minutes + minutesIn(stays),
      })
    }
  }
  return [...found.values()]
}
