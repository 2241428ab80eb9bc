import type { MeetingProgress, PublicElection, PublicVote } from '../../../shared/council/meeting-progress.ts'
import type { WatchedDocument, WatchedMeeting } from '../../../shared/hub-api/broadcast.ts'

/** What a screen shows of what everybody may know. */
export type PublicProjection =
  | { readonly show: 'waiting' | 'closed-part' | 'cut-off' | 'paused' | 'over' | 'slate' | 'board' }
  | { readonly show: 'text'; readonly text: string }
  | { readonly show: 'paper'; readonly document: WatchedDocument | undefined; readonly page: number }
  | {
      readonly show: 'meeting'
      readonly item: WatchedMeeting['items'][number] | undefined
      readonly vote?: PublicVote
      readonly speaker?: NonNullable<MeetingProgress['speaker']>
      readonly election?: PublicElection
    }

/**
 * The rule of the room's projectors (`shared/rules/meeting/projection.ts`), of the published course alone.
 *
 * @param isCurrent whether the hub answered a moment ago: else nobody can say here whether the public is still in
 * @param number which projector it is; without one what is chosen for any of them is shown
 */
export function publicProjection(
  { progress, items }: WatchedMeeting,
  isCurrent: boolean,
  number?: string,
): PublicProjection {
  if (!progress) return { show: 'waiting' }
  if (progress.phase === 'closed') return { show: 'over' }
  if (!progress.public) return { show: 'closed-part' }
  if (!isCurrent) return { show: 'cut-off' }
  const chosen = progress.screens?.find(
    ({ projectors }) => number === undefined || projectors?.includes(`projector:${number}`),
  )
  if (chosen?.show === 'text') return { show: 'text', text: chosen.text }
  if (chosen?.show === 'slate') return { show: 'slate' }
  if (chosen?.show === 'board') return { show: 'board' }
  if (chosen?.show === 'paper') {
    const documents = items.find(({ item }) => item === chosen.item)?.documents ?? []
    const document = documents.find(({ mimeType }) => mimeType === 'application/pdf')
    return { show: 'paper', document, page: chosen.page }
  }
  if (progress.phase === 'paused') return { show: 'paused' }
  return { show: 'meeting', ...courseOf(progress), item: items.find(({ item }) => item === progress.current) }
}

/** A running vote goes before the speaker, a speaker before what was decided. */
function courseOf({ current, votes, elections, speaker }: MeetingProgress) {
  const isShown = ({ item }: { readonly item: string | null }): boolean => item === (current ?? null)
  const vote = votes.findLast(isShown)
  if (vote && vote.status !== 'decided') return { vote }
  if (speaker) return { speaker }
  const election = elections.findLast(isShown)
  return { ...(vote ? { vote } : {}), ...(election ? { election } : {}) }
}
