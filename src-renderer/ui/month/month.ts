const msPerDay = 86_400_000
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10)
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: string, count: number): string => toDay(timeOf(day) + count * msPerDay)

/** Moves a month (`yyyy-mm`) by whole months. */
export function addMonths(month: string, count: number): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + count)
  return date.toISOString().slice(0, 7)
}

/** Weeks of a month from Monday to Sunday (ISO 8601), filled up with days of the neighbouring months. */
export function weeksOf(month: string): string[][] {
  const first = timeOf(`${month}-01`)
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * msPerDay
  const end = timeOf(`${addMonths(month, 1)}-01`)
  const weeks: string[][] = []
  for (let week = monday; week < end; week += 7 * msPerDay)
    weeks.push(Array.from({ length: 7 }, (_, index) => toDay(week + index * msPerDay)))
  return weeks
}

/**
 * The entry that an arrow key leads to: left and right to the nearest other day that has one, up and down at least a
 * week away. Undefined when the month has none there.
 */
export function dayToward(days: readonly string[], from: string, key: string): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return days.findLast((day) => day < from)
    case 'ArrowRight':
      return days.find((day) => day > from)
    case 'ArrowUp':
      return days.findLast((day) => day <= addDays(from, -7))
    case 'ArrowDown':
      return days.find((day) => day >= addDays(from, 7))
    default:
      return undefined
  }
}
