import type { Board } from '../council/records/index.ts'
import type { AgendaItem } from '../oparl/index.ts'
import { preparesMeetings, type Principal } from './access.ts'
import type { MeetingState } from './meeting/state.ts'

/** Whether an account that draws on boards of this audience may draw on this one as it is now. */
export const mayDrawNow = ({ mode, presenter }: Board, account: string | null): boolean =>
  mode === 'write' || (presenter !== undefined && presenter === account)

/** What of a meeting's log decides whether its boards rest. */
export type ItemOn = Pick<MeetingState, 'current' | 'agenda'>

/**
 * Whether nobody draws on a board for now: an item is on from which somebody is kept out (GemO RLP §22), and what is
 * drawn meanwhile would reach them. The item's own board goes on as soon as it is with those let in. Where the log and
 * the administration's record differ, the more reserved one holds.
 *
 * @param recordOf the item as the administration has it; undefined when that is not known
 */
export function restsDuring(
  { agendaItem }: Pick<Board, 'agendaItem'>,
  { current, agenda }: ItemOn,
  recordOf: (item: string) => Pick<AgendaItem, 'public' | 'excluded'> | undefined,
): boolean {
  if (current === undefined) return false
  const logged = agenda.find(({ item }) => item === current)
  const record = recordOf(current)
  if (!logged && !record) return true
  if (logged?.public !== false && record?.public !== false) return false
  const conflicts = logged?.conflicts ?? []
  const excluded = record?.excluded ?? []
  if (agendaItem === current) return conflicts.some(({ person }) => !excluded.includes(person))
  return conflicts.length > 0 || excluded.length > 0
}

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
