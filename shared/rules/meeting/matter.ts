import type { EventBody } from '../../council/meeting-event.ts'
import type { MeetingState } from './state.ts'

/** The vote on closing the part is itself closed, and so is why (GemO RLP §35 (1)), whatever is put in its place. */
export const closesPart = (body: EventBody): boolean =>
  body.kind === 'part-closed' || (body.kind === 'vote-opened' && body.subject === 'publicity')

/** The item that a deed names, or that is the matter of what it names. */
export function itemOf(deed: EventBody, { speeches, motions, votes, elections }: MeetingState): string | undefined {
  if ('item' in deed) return deed.item ?? undefined
  if ('entry' in deed) return deed.entry.item
  if ('speech' in deed) return speeches.get(deed.speech)?.item ?? undefined
  if ('motion' in deed && deed.motion !== undefined) return motions.get(deed.motion)?.item
  if ('election' in deed) return elections.get(deed.election)?.item
  return 'vote' in deed && deed.vote !== undefined ? (votes.get(deed.vote)?.item ?? undefined) : undefined
}
