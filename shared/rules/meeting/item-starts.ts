import type { MeetingProgress } from '../../council/meeting-progress.ts'

/** Fewer items that are done say nothing of the others. */
const fewestDone = 2

/** To what estimates are rounded up; milliseconds. */
const step = 5 * 60_000

type Course = Pick<MeetingProgress, 'phase' | 'public' | 'current' | 'items'>

/**
 * About when coming items begin, by what the items that are done took (OParl agendas hold no planned times).
 *
 * - Each coming item is taken to last as long as the median of those that are done, deferred and withdrawn ones left out.
 * - The item that is on lasts as much longer as the median of those that took longer than it has by now.
 * - Nothing supports an estimate, and there is none: before two items are done; in a pause, in the closed part and while
 *   no item is on; once the item that is on took longer than all before it; and further ahead than as many items as are
 *   done.
 *
 * @param now milliseconds since 1970
 * @returns beginnings by agenda item, in the order of the agenda; milliseconds since 1970, never before now
 */
export function itemStarts({ phase, public: isPublic, current, items }: Course, now: number): Map<string, number> {
  const used = items.filter(({ status }) => status === 'done').map(({ spans }) => usedBy(spans, now))
  if (phase !== 'open' || !isPublic || used.length < fewestDone) return new Map()
  const place = items.findIndex(({ item }) => item === current)
  const soFar = usedBy(items[place]?.spans ?? [], now)
  const longer = used.filter((time) => time > soFar)
  if (place < 0 || longer.length === 0) return new Map()
  const begins = now + median(longer) - soFar
  return new Map(
    items
      .slice(place + 1)
      .filter(({ status }) => status === 'waiting')
      .slice(0, used.length)
      .map(({ item }, ahead) => [item, begins + ahead * median(used)]),
  )
}

/** An estimate as people say it: the next five minutes. */
export const aboutTime = (estimate: number): number => Math.ceil(estimate / step) * step

const usedBy = (spans: Course['items'][number]['spans'], now: number): number =>
  spans.reduce(
    (sum, { from, to }) => sum + Math.max(0, (to === undefined ? now : Date.parse(to)) - Date.parse(from)),
    0,
  )

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
