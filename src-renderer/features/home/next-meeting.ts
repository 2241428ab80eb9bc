import type { Meeting } from '../../../shared/oparl/index.ts'

/** Milliseconds after its start that a meeting without an end still counts as running. */
const longestMeeting = 5 * 3_600_000

/** Meetings of mine that are not over, soonest first; cancelled ones are left out. Without own organizations: all. */
export function comingMeetings(meetings: readonly Meeting[], mine: readonly string[], now: number): Meeting[] {
  return meetings
    .filter((meeting) => !meeting.cancelled && meeting.publication.state === 'published')
    .filter((meeting) => mine.length === 0 || meeting.organization.some((id) => mine.includes(id)))
    .filter((meeting) => (meeting.end ? Date.parse(meeting.end) : Date.parse(meeting.start) + longestMeeting) > now)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a._id.localeCompare(b._id))
}
