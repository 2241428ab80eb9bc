import { m, type Locale } from '../../../i18n/index.ts'
import { csvOf } from '../allowance/csv.ts'
import type { TermStatistic } from './term.ts'

/** Whole minutes of a time in milliseconds. */
export const minutesOf = (time: number): number => Math.floor(time / 60_000)

/** Attendance and speaking time of the members as a spreadsheet of that language reads it. */
export function statisticCsv({ members }: TermStatistic, locale: Locale): string {
  const options = { locale }
  const header = [
    m.minutes_attendance_name({}, options),
    m.minutes_attendance_faction({}, options),
    m.minutes_statistics_meetings({}, options),
    m.minutes_statistics_attended({}, options),
    m.minutes_statistics_remotely({}, options),
    m.minutes_statistics_present({}, options),
    m.minutes_statistics_speeches({}, options),
    m.minutes_statistics_spoken({}, options),
  ]
  const rows = members.map(({ name, faction = '', meetings, attended, remotely, present, speeches, spoken }) => [
    ...[name, faction],
    ...[meetings, attended, remotely, minutesOf(present), speeches, minutesOf(spoken)].map(String),
  ])
  return csvOf([header, ...rows], locale)
}
