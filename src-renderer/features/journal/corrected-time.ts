import { earliestTime } from '../../../shared/rules/meeting/corrections/index.ts'
import type { Instant, MeetingState } from '../../../shared/rules/meeting/state.ts'
import { dayOf } from '../../ui/format/dates.ts'
import { townTimeToInstant } from '../../ui/format/town-time.ts'

const day = 24 * 3_600_000

/** Between which instants an event can have happened, by the clock alone. */
export const possibleTimes = ({ opened }: MeetingState, written: Instant): { from: Instant; to: Instant } => ({
  from: earliestTime(written, opened),
  to: written,
})

/**
 * The last possible instant at which the town's clock shows a time (`hh:mm` or `hh:mm:ss`); undefined where there is
 * none. Clocks show no fractions of a second: at the earliest time it is that instant itself.
 */
export function possibleInstant(time: string, { from, to }: { from: Instant; to: Instant }): Instant | undefined {
  const instants = [to, to - day].map((ms) => Date.parse(townTimeToInstant(dayOf(new Date(ms)), time)))
  const instant = instants.find((ms) => ms <= to)
  if (instant === undefined || instant + 1000 <= from) return undefined
  return Math.max(instant, from)
}
