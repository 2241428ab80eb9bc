import type { Board } from '../oparl/index.ts'
import { preparesMeetings, type Principal } from './access.ts'

/** Whether an account that draws on boards of this audience may draw on this one as it is now. */
export const mayDrawNow = ({ mode, presenter }: Board, account: string | null): boolean =>
  mode === 'write' || (presenter !== undefined && presenter === account)

/** What somebody wants another on a board. */
export interface BoardChange {
  readonly name?: string | undefined
  readonly mode?: Board['mode'] | undefined
  /** The account that presents from now on; null: nobody does. */
  readonly presenter?: string | null | undefined
  /** Key of a page that comes at the end. */
  readonly newPage?: string | undefined
}

/** Whether the principal leads everybody at a board: who presents, the chair, and who prepares meetings. */
const leads = (principal: Principal, { presenter }: Board): boolean =>
  preparesMeetings(principal) ||
  principal.roles.includes('chair') ||
  (principal.account !== null && principal.account === presenter)

/**
 * Whether somebody who draws on a board may change it so: who leads it, in everything; the others add pages and name
 * it while everybody may draw, and present where nobody does.
 */
export function mayChangeBoard(principal: Principal, board: Board, change: BoardChange): boolean {
  if (leads(principal, board)) return true
  if (!mayDrawNow(board, principal.account) || change.mode !== undefined) return false
  return change.presenter === undefined || (board.presenter === undefined && change.presenter === principal.account)
}

/** The board with the change. */
export function changeBoard(board: Board, { name, mode, presenter, newPage }: BoardChange): Board {
  const { presenter: before, ...kept } = board
  const after = presenter === undefined ? before : (presenter ?? undefined)
  return {
    ...kept,
    ...(name === undefined ? {} : { name }),
    ...(mode === undefined ? {} : { mode }),
    ...(after === undefined ? {} : { presenter: after }),
    pages: newPage === undefined || kept.pages.includes(newPage) ? kept.pages : [...kept.pages, newPage],
  }
}
