import type { Election, MeetingState, Speech, Vote } from './state.ts'

/** What a screen of the room shows at this moment. */
export type Projection =
  /** Before the opening. */
  | { readonly show: 'waiting' }
  | { readonly show: 'closed-part' }
  /** Nobody can say here whether the public is in. */
  | { readonly show: 'cut-off' }
  | { readonly show: 'paused' }
  | { readonly show: 'over' }
  | { readonly show: 'slate' }
  | { readonly show: 'text'; readonly text: string }
  /** A page of a file; whether the file is one of the item's, and public, is for whoever has the records to say. */
  | { readonly show: 'paper'; readonly item: string; readonly file: string; readonly page: number }
  /** A page of a board; whether it is one of the item's, and may be shown, is for whoever has the records to say. */
  | { readonly show: 'board'; readonly item: string; readonly board: string; readonly page: number }
  | {
      readonly show: 'meeting'
      readonly item?: string
      readonly speech?: Speech
      readonly vote?: Vote
      readonly election?: Election
    }

/**
 * What a screen shows: what was chosen for it, else the meeting. It closes of itself: while the public is not proven to
 * be in, no word of the course appears on it, whatever was chosen.
 *
 * @param isCurrent whether this device knows what happened last: it has contact, or is the chair's own
 */
export function projectionOf(state: MeetingState, projector: string, isCurrent: boolean): Projection {
  const chosen = state.projections.get(projector)
  if (state.phase === 'closed') return { show: 'over' }
  const isRunning = state.phase === 'open' || state.phase === 'paused'
  if (isRunning && !state.public) return { show: 'closed-part' }
  if (isRunning && !isCurrent) return { show: 'cut-off' }
  if (chosen?.scene === 'text') return { show: 'text', text: chosen.text }
  if (chosen?.scene === 'slate') return { show: 'slate' }
  if (!isRunning) return { show: 'waiting' }
  const item = state.agenda.find((entry) => entry.item === state.current && entry.public)?.item
  if (chosen?.scene === 'paper' && item !== undefined)
    return { show: 'paper', item, file: chosen.file, page: chosen.page }
  if (chosen?.scene === 'board' && item !== undefined)
    return { show: 'board', item, board: chosen.board, page: chosen.page }
  return state.phase === 'paused' ? { show: 'paused' } : { show: 'meeting', ...courseOf(state, item) }
}

/** A running vote goes before the speaker, a speaker before what was decided. */
function courseOf(state: MeetingState, item: string | undefined): Omit<Projection & { show: 'meeting' }, 'show'> {
  const isShown = (about: string | null): boolean => about === (item ?? null)
  const onItem = item === undefined ? {} : { item }
  const vote = [...state.votes.values()].findLast(
    (one) => one.inPublic && one.status !== 'cancelled' && one.subject !== 'publicity' && isShown(one.item),
  )
  if (vote && vote.status !== 'decided') return { ...onItem, vote }
  const speech = state.speeches.get(state.floor[0] ?? '')
  if (speech && (speech.item === null || isShown(speech.item))) return { ...onItem, speech }
  const election = [...state.elections.values()].findLast(
    (one) => one.inPublic && one.status !== 'cancelled' && isShown(one.item),
  )
  return { ...onItem, ...(vote ? { vote } : {}), ...(election ? { election } : {}) }
}
