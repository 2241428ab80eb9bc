import type { Deed } from '../../../council/meeting-event.ts'
import type { Moment } from '../deeds/deed-rule.ts'
import { Draft } from '../deeds/draft.ts'
import { applyDeed } from '../deeds/index.ts'
import type { Instant, MeetingState, Span } from '../state.ts'

/** Milliseconds by which the time of an event can be put back at most. */
const mostPutBack = 12 * 3_600_000

/** When an event can have happened at the earliest: not before the opening where it came after it. */
export const earliestTime = (written: Instant, opened: Instant | undefined): Instant =>
  Math.max(written - mostPutBack, opened !== undefined && opened <= written ? opened : 0)

/**
 * Whether a deed can have happened at a corrected time: within the bounds, and so that nobody speaks, stays, pauses or
 * deals with an item in two spans at once.
 */
export function isPlausibleTime(draft: Draft, deed: Deed, moment: Moment, written: Instant): boolean {
  if (moment.at > written || moment.at < earliestTime(written, draft.state.opened)) return false
  const trial = new Draft(draft.state)
  // What the rules refuse at any time has a cause of its own.
  return applyDeed(trial, deed, moment) !== undefined || isInOrder(trial.state)
}

/** Whether spans of one kind follow each other. */
function isInOrder({ speeches, attendance, agenda, pauses, parts, disturbances }: MeetingState): boolean {
  const spoken = [...speeches.values()]
    .flatMap(({ spans }) => spans)
    .sort((a, b) => a.from - b.from || endOf(a) - endOf(b))
  const dealtWith = agenda.flatMap(({ spans }) => spans).sort((a, b) => a.from - b.from || endOf(a) - endOf(b))
  const lists = [
    ...[spoken, dealtWith, pauses, parts],
    ...[...attendance.values()].map(({ stays }) => stays),
    ...[...disturbances.values()].map(({ span }) => [span]),
  ]
  return lists.every(follow)
}

const endOf = ({ to = Infinity }: Span): Instant => to

const follow = (spans: readonly Span[]): boolean =>
  spans.every((span, place) => span.from <= endOf(span) && endOf(spans[place - 1] ?? { from: 0, to: 0 }) <= span.from)
