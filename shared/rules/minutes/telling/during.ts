import type { MeetingState, Span } from '../../meeting/state.ts'

/** What of a span lies in the public or in the closed parts. */
export function during({ parts }: Pick<MeetingState, 'parts'>, span: Span, isPublic: boolean): Span[] {
  const end = (some: Span): number => some.to ?? Infinity
  return parts.flatMap((part) => {
    const [from, to] = [Math.max(span.from, part.from), Math.min(end(span), end(part))]
    if (part.public !== isPublic || from > to || (from === to && span.from !== to)) return []
    return [{ from, ...(to === Infinity ? {} : { to }) }]
  })
}
