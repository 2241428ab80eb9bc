import type { LegislativeTerm } from '../../../shared/oparl/index.ts'
import type { MeetingBody } from './bodies.ts'
import { addDays, daysBetween, nextWeekday, weekdayOf } from './calendar.ts'

/**
 * `past`: held. `invited`: called, with a published agenda. `preparing`: a draft agenda that only the administration
 * sees. `dated`: only its day is known.
 */
export type Phase = 'past' | 'invited' | 'preparing' | 'dated'

export interface Appointment {
  readonly body: MeetingBody
  readonly term: string
  readonly day: string
  /** Counts the meetings of the body in the term, from 1. */
  readonly number: number
  readonly phase: Phase
}

const invitedDays = 21
const preparingDays = 49
const weeksBetweenMeetings = 7

/** Meetings of the running term, before and after today; the council meets in a few days. */
export function scheduleRunningTerm(
  bodies: readonly MeetingBody[],
  term: LegislativeTerm,
  today: string,
  total: number,
): Appointment[] {
  const counts = shareOut(
    total,
    bodies.map((body) => body.words.weight),
  )
  return bodies.flatMap((body, place) => {
    const anchor = firstMeetingAhead(body, place, today)
    const ahead = Math.min(body.words.type === 'council' ? 3 : 2, counts[place]! - 1)
    const before = counts[place]! - ahead
    const weeks = (daysBetween(term.startDate, anchor) - 21) / 7
    const pace = Math.min(weeks / before, weeksBetweenMeetings)
    const skipped = Math.max(0, Math.floor(weeks / pace) - before)
    return Array.from({ length: counts[place]! }, (_, index): Appointment => {
      const step = index - before
      const day = addDays(anchor, 7 * Math.round(step * (step > 0 ? Math.max(pace, 4) : pace)))
      return { body, term: term._id, day, number: skipped + index + 1, phase: phaseOf(day, today) }
    })
  })
}

/** Meetings of a term that ended, evenly over its years. */
export function scheduleClosedTerm(
  bodies: readonly MeetingBody[],
  term: LegislativeTerm,
  total: number,
): Appointment[] {
  const counts = shareOut(
    total,
    bodies.map((body) => body.words.weight),
  )
  const days = daysBetween(term.startDate, term.endDate!) - 60
  return bodies.flatMap((body, place) =>
    Array.from({ length: counts[place]! }, (_, index): Appointment => {
      const about = addDays(term.startDate, 30 + Math.floor((days * index) / counts[place]!))
      const day = nextWeekday(about, body.words.weekday)
      return { body, term: term._id, day, number: index + 1, phase: 'past' }
    }),
  )
}

function firstMeetingAhead(body: MeetingBody, place: number, today: string): string {
  if (body.words.type !== 'council') return nextWeekday(addDays(today, 2 + ((place * 5) % 18)), body.words.weekday)
  const soon = addDays(today, 5)
  return weekdayOf(soon) > 5 ? nextWeekday(soon, 1) : soon
}

function phaseOf(day: string, today: string): Phase {
  const ahead = daysBetween(today, day)
  if (ahead < 0) return 'past'
  if (ahead <= invitedDays) return 'invited'
  return ahead <= preparingDays ? 'preparing' : 'dated'
}

/** Splits a total by weights into whole numbers that add up to it (largest remainder). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  const byRemainder = exact.map((share, place) => ({ place, rest: share % 1 })).sort((a, b) => b.rest - a.rest)
  const missing = total - shares.reduce((a, b) => a + b, 0)
  for (const { place } of byRemainder.slice(0, missing)) shares[place]!++
  return shares
}
