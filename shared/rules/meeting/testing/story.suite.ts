import { formatClock } from '../../../council/clock.ts'
import { hubAccount, meetingEventId, type EventBody, type MeetingEvent } from '../../../council/meeting-event.ts'

/**
 * A log in which something happens every minute, by the chair unless it is the hub's to say. Not signed: what follows
 * from a log does not depend on signatures.
 */
export const storyOf = (meeting: string, start: number, bodies: readonly EventBody[]): MeetingEvent[] =>
  bodies.map((body, minute) => {
    const author = body.kind === 'ballots-received' || body.kind === 'vote-sealed' ? hubAccount : 'chair'
    const clock = formatClock({ ms: start + minute * 60_000, count: 0, device: 'aaaaaaaa' })
    return {
      ...{ _id: meetingEventId({ meeting, clock, author }), type: 'event', schema: 1, body, place: 1, previous: null },
      author: { account: author, person: null, roles: author === hubAccount ? [] : ['chair'], key: 'a'.repeat(64) },
      signature: '',
    }
  })
