import { m } from '../../../shared/i18n/index.ts'
import type { Meeting, Organization } from '../../../shared/oparl/index.ts'
import { dayOf, formatDay, formatInstant } from '../../ui/format/dates.ts'
import type { MonthEntry } from '../../ui/month/month-entry.ts'

/** Whose meetings a calendar shows: `mine`, `all`, or one organization's id. */
export type Choice = string

/** Meetings of the chosen organizations in the order of time. */
export function chooseMeetings(meetings: readonly Meeting[], choice: Choice, mine: readonly string[]): Meeting[] {
  const wanted = choice === 'all' ? undefined : choice === 'mine' ? mine : [choice]
  return meetings
    .filter((meeting) => !wanted || meeting.organization.some((id) => wanted.includes(id)))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a._id.localeCompare(b._id))
}

/** What a month's grid shows of a meeting: its time and the short name of who meets. */
export function meetingToMonthEntry(
  meeting: Meeting,
  organization: (id: string) => Organization | undefined,
): MonthEntry {
  const day = dayOf(meeting.start)
  const time = formatInstant(meeting.start, 'time')
  const names = meeting.organization.flatMap((id) => organization(id) ?? [])
  const title = names.map(({ shortName, name }) => shortName ?? name).join(' + ') || meeting.name
  // What is seen comes first in what is said, so that voice control finds it.
  const words = [
    `${time} ${title}`,
    formatDay(day, 'full'),
    meeting.name,
    meeting.cancelled ? m.meetings_cancelled() : '',
  ]
  return {
    key: meeting._id,
    day,
    time,
    href: `#/meetings/${meeting._id}`,
    title,
    label: words.filter(Boolean).join(', '),
    struck: meeting.cancelled ?? false,
  }
}
