import type { Board } from '../council/records/index.ts'
import type { AgendaItem } from '../oparl/index.ts'
import { preparesMeetings, type Principal } from './access.ts'
import { partsOf, type Audience } from './audience.ts'
import type { MeetingState, Span } from './meeting/state.ts'

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

/** Who sees an item, and so the files that a board of it becomes: everybody, its bodies, or those let in alone. */
export const itemReaches = ['public', 'bodies', 'circle'] as const
export type ItemReach = (typeof itemReaches)[number]

/**
 * Why a board cannot be added to the record: `no-item`: it is of the whole meeting, and may hold what was drawn at any
 * item; `unpublished`: nobody outside the administration sees the item; `paper`: it lies over a paper that not all read
 * who would read the files; `doors`: everybody would see what was drawn behind closed doors, or may have been.
 */
export type FilingHindrance = 'no-item' | 'unpublished' | 'paper' | 'doors'

export type FilingOutlook = { readonly reach: ItemReach } | { readonly hindrance: FilingHindrance }

/** What decides who will read the files that a board becomes. */
export interface FilingFacts {
  /** The item of the board as the administration has it; undefined: the board is of the whole meeting. */
  readonly item: Pick<AgendaItem, '_id' | 'public'> | undefined
  /** The audiences that see each of them, be it as a stub; `paper` where the board lies over one. */
  readonly seenBy: { readonly item: readonly Audience[]; readonly board: readonly Audience[] } & {
    readonly paper?: readonly Audience[]
  }
  /** What the log of the meeting says. */
  readonly log: Pick<MeetingState, 'phase' | 'public' | 'parts' | 'agenda'>
}

/**
 * Who will read what a board becomes as files of its item: whoever sees the item. What was drawn behind closed doors, as
 * the log has it, does not become public, be the item public in the administration's record (GemO RLP §35); nor does
 * anything while the doors are closed. A paper below is read by nobody who does not read it anyway.
 */
export function filingOutlook({ item, seenBy, log }: FilingFacts): FilingOutlook {
  if (!item) return { hindrance: 'no-item' }
  if (item.public && seenBy.item.includes('public')) {
    if (seenBy.paper && !seenBy.paper.includes('public')) return { hindrance: 'paper' }
    return mayBecomePublic(item._id, log) ? { reach: 'public' } : { hindrance: 'doors' }
  }
  const inside = seenBy.item.filter((audience) => audience !== 'public')
  if (inside.length === 0) return { hindrance: 'unpublished' }
  if (seenBy.paper && !inside.every((audience) => seenBy.board.includes(audience))) return { hindrance: 'paper' }
  return { reach: inside.some((audience) => partsOf(audience).kind === 'circle') ? 'circle' : 'bodies' }
}

/** Whether the log proves that an item was dealt with in public alone, and the doors are not closed now. */
export function mayBecomePublic(item: string, { phase, public: isOpen, parts, agenda }: FilingFacts['log']): boolean {
  if ((phase === 'open' || phase === 'paused') && !isOpen) return false
  const logged = agenda.find((entry) => entry.item === item)
  if (!logged) return true
  const open = parts.filter((part) => part.public)
  return logged.public && logged.spans.every((span) => open.some((part) => covers(part, span)))
}

const covers = (part: Span, span: Span): boolean =>
  part.from <= span.from && (part.to === undefined || (span.to !== undefined && span.to <= part.to))
