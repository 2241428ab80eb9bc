/** Days before the deadline from which on it is called near. */
const near = 7

/** How a deadline stands on a day, both `yyyy-mm-dd` by the town's calendar; on the last day nothing is overdue yet. */
export function dueState(due: string, today: string): 'overdue' | 'soon' | 'later' {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000)
  if (days < 0) return 'overdue'
  return days <= near ? 'soon' : 'later'
}
