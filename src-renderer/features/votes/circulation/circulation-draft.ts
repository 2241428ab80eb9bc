import type { Vote } from '../../../../shared/rules/meeting/state.ts'
import { dayOf, formatInstant } from '../../../ui/format/dates.ts'
import { townTimeToInstant } from '../../../ui/format/town-time.ts'

/** Days that members have to answer unless the chair says otherwise. */
const usualDays = 7
const day = 86_400_000

/** The deadline that a new circulation begins with: in a week, at the end of the day's work. */
export const usualDeadline = (now: number): { day: string; time: string } => ({
  day: dayOf(new Date(now + usualDays * day)),
  time: '18:00',
})

/** Milliseconds since 1970 of a deadline by the town's clock; undefined where it is incomplete or over. */
export function deadlineOf({ day, time }: { day: string; time: string }, now: number): number | undefined {
  if (!day || !time) return undefined
  const until = Date.parse(townTimeToInstant(day, time))
  return until > now ? until : undefined
}

/** The deadline of a circulation in words: every answer until its last minute counts. */
export const deadlineWords = ({ until }: Pick<Vote, 'until'>): string =>
  until === undefined ? '' : formatInstant(new Date(until).toISOString())
