import type { MeetingState, Span } from '../meeting/state.ts'

/** What a meeting's log says of when it may be transmitted. */
export interface Airtime {
  /** The meeting is on and the public is in; neither in a pause nor before or after it is anything shown. */
  readonly open: boolean
  /** Times in which it was on and must not be shown: closed parts, pauses, and all that follows its end. */
  readonly closed: readonly Span[]
}

/** When the public is in, from the log alone; a correction of the log changes what was. */
export function airtimeOf({ phase, public: isPublic, parts, pauses, closed }: MeetingState): Airtime {
  const spans = [...parts.filter((part) => !part.public), ...pauses].map(({ from, to }) => spanOf(from, to))
  return {
    open: phase === 'open' && isPublic,
    closed: [...spans, ...(phase === 'closed' && closed !== undefined ? [spanOf(closed, undefined)] : [])],
  }
}

const spanOf = (from: number, to: number | undefined): Span => (to === undefined ? { from } : { from, to })

/** Whether a time has more than an instant in common with one of some spans. */
export const touchesAny = (time: Required<Span>, spans: readonly Span[]): boolean =>
  spans.some(({ from, to = Infinity }) => time.to > from && time.from < to)
