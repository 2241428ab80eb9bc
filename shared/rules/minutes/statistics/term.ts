import type { MeetingFigures } from './figures.ts'

/** One member over several meetings. Times are milliseconds. */
export interface MemberStatistic {
  readonly person: string
  readonly name: string
  readonly faction?: string
  /** Meetings that the person was on the roster of, and those in which the person was there, or was so remotely only. */
  readonly meetings: number
  readonly attended: number
  readonly remotely: number
  readonly present: number
  readonly speeches: number
  readonly spoken: number
}

export interface TermStatistic {
  readonly meetings: number
  readonly votes: MeetingFigures['votes']
  /** In the order in which they first stand on a roster. */
  readonly members: readonly MemberStatistic[]
}

/** Adds up the meetings of a body. */
export function termStatistic(meetings: readonly MeetingFigures[]): TermStatistic {
  const members = new Map<string, MemberStatistic>()
  const votes = { accepted: 0, rejected: 0, unanimous: 0 }
  for (const meeting of meetings) {
    for (const outcome of ['accepted', 'rejected', 'unanimous'] as const) votes[outcome] += meeting.votes[outcome]
    for (const { attended, remotely, present, speeches, spoken, ...who } of meeting.members) {
      const before = members.get(who.person)
      members.set(who.person, {
        ...before,
        ...who,
        meetings: (before?.meetings ?? 0) + 1,
        attended: (before?.attended ?? 0) + Number(attended),
        remotely: (before?.remotely ?? 0) + Number(remotely),
        present: (before?.present ?? 0) + present,
        speeches: (before?.speeches ?? 0) + speeches,
        spoken: (before?.spoken ?? 0) + spoken,
      })
    }
  }
  return { meetings: meetings.length, votes, members: [...members.values()] }
}
