import { dayIn } from '../../../shared/calendar-day.ts'
import { getLocale } from '../../../shared/i18n/index.ts'
import { timeZone } from './time-zone.ts'

type Style = Intl.DateTimeFormatOptions
const known = new Map<string, Intl.DateTimeFormat>()

function formatter(style: Style, zone: string): Intl.DateTimeFormat {
  const locale = getLocale() === 'en' ? 'en-GB' : 'de-DE'
  const key = `${locale} ${zone} ${JSON.stringify(style)}`
  const found = known.get(key) ?? new Intl.DateTimeFormat(locale, { ...style, timeZone: zone })
  known.set(key, found)
  return found
}

const styles = {
  /** 4. Mai 2026 */
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 04.05.2026 */
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  /** Montag, 4. Mai 2026 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** Mo., 4. Mai */
  near: { weekday: 'short', day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'short' },
  time: { hour: '2-digit', minute: '2-digit' },
  /** 19:04:12 */
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  instant: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
} satisfies Record<string, Style>

/** A calendar day (`yyyy-mm-dd`) in words. */
export const formatDay = (day: string, style: keyof typeof styles = 'day'): string =>
  formatter(styles[style], 'UTC').format(new Date(`${day}T12:00:00Z`))

/** An instant (RFC 3339) in words. */
export const formatInstant = (instant: string, style: keyof typeof styles = 'instant'): string =>
  formatter(styles[style], timeZone()).format(new Date(instant))

/** The calendar day (`yyyy-mm-dd`) of an instant in the town. */
export const dayOf = (instant: string | Date): string => dayIn(timeZone(), instant)

/** Whole days from one calendar day to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** “in 3 days”, “tomorrow”, “2 weeks ago”. */
export function formatDistance(days: number): string {
  const relative = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' })
  return Math.abs(days) < 14 ? relative.format(days, 'day') : relative.format(Math.round(days / 7), 'week')
}

/** Time passed since an instant, in the largest fitting unit. */
export function formatAgo(instant: string, now: number): string {
  const relative = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' })
  const minutes = Math.round((Date.parse(instant) - now) / 60_000)
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  if (Math.abs(minutes) < 60 * 24) return relative.format(Math.round(minutes / 60), 'hour')
  return formatDistance(Math.round(minutes / 60 / 24))
}
