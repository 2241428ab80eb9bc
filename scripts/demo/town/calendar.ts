/** Calendar days are texts `yyyy-mm-dd`, instants RFC 3339 texts in UTC without fractions. */
const dayLength = 86_400_000

const toMillis = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const toDay = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => toDay(toMillis(day) + days * dayLength)
export const daysBetween = (from: string, to: string): number => Math.round((toMillis(to) - toMillis(from)) / dayLength)
export const yearOf = (day: string): number => Number(day.slice(0, 4))
/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (day: string): number => ((new Date(toMillis(day)).getUTCDay() + 6) % 7) + 1
export const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The first day from `day` on that falls on the weekday. */
export const nextWeekday = (day: string, weekday: number): string => addDays(day, (weekday - weekdayOf(day) + 7) % 7)

/** Directive 2000/84/EC: summer time runs from the last Sunday of March to that of October. */
function berlinOffset(day: string): number {
  const lastSunday = (month: string): string => {
    const end = `${day.slice(0, 4)}-${month}-31`
    return addDays(end, -(weekdayOf(end) % 7))
  }
  return day >= lastSunday('03') && day < lastSunday('10') ? 2 : 1
}

/** The instant at which clocks in Germany show the time on that day; `minutes` may exceed an hour. */
export function berlinInstant(day: string, hour: number, minutes = 0): string {
  const millis = toMillis(day) + (hour - berlinOffset(day)) * 3_600_000 + minutes * 60_000
  return new Date(millis).toISOString().replace('.000Z', 'Z')
}

/** `23.11.2026` */
export const germanDay = (day: string): string => day.split('-').reverse().join('.')
