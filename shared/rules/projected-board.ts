import { keyOverPage } from '../council/records/board.ts'
import type { Board } from '../council/records/index.ts'
import { mayBecomePublic } from './board.ts'
import { projectionOf } from './meeting/projection.ts'
import type { MeetingState } from './meeting/state.ts'

/** What the records say of what a screen of the room shall show. */
export interface ShownRecords {
  /** A board that is there; undefined for any other. */
  readonly boardOf: (id: string) => Board | undefined
  /** Whether everybody may read all of an item or a file. */
  readonly isPublic: (id: string) => boolean
}

/**
 * Whether a board may stand on the screens of the room: it is one of an item that everybody may read, and that was dealt
 * with in public alone as the log has it, so that nothing on it was drawn behind closed doors; and so is the paper below
 * it. A board of the whole meeting may hold what was drawn at any item.
 */
export const mayBeProjected = (
  { meeting, agendaItem, file }: Board,
  state: MeetingState,
  isPublic: ShownRecords['isPublic'],
): boolean =>
  meeting === state.meeting &&
  agendaItem !== undefined &&
  isPublic(agendaItem) &&
  (file === undefined || isPublic(file)) &&
  mayBecomePublic(agendaItem, state)

/** A page of a board that a screen shows. */
export interface ProjectedPage {
  readonly board: Board
  /** Key of the page. */
  readonly key: string
  /** Where it stands, from 1. */
  readonly page: number
}

/** The page of a board that a screen shows at this moment; undefined: none, or one that may not be seen there. */
export function projectedPage(
  state: MeetingState,
  projector: string,
  { boardOf, isPublic }: ShownRecords,
): ProjectedPage | undefined {
  const shown = projectionOf(state, projector, true)
  if (shown.show !== 'board') return undefined
  const board = boardOf(shown.board)
  if (!board || board.agendaItem !== shown.item || !mayBeProjected(board, state, isPublic)) return undefined
  const key = board.file === undefined ? board.pages[shown.page - 1] : keyOverPage(shown.page)
  return key === undefined ? undefined : { board, key, page: shown.page }
}
