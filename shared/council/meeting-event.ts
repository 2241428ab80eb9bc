/**
 * What happens in a meeting is an append-only log of events, one document each:
 * `event:<meeting key>:<clock>:<author's account>`.
 */
export interface MeetingEventId {
  readonly meeting: string
  readonly clock: string
  readonly author: string
}

/** Reads the id of an event document; undefined when the text is none. */
export function parseMeetingEventId(id: string): MeetingEventId | undefined {
  const parts = id.split(':')
  const [kind, meeting, clock, author] = parts
  if (parts.length !== 4 || kind !== 'event' || !meeting || !clock || !author) return undefined
  return { meeting: `meeting:${meeting}`, clock, author }
}
