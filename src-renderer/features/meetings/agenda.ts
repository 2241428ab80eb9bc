import type { AgendaItem, Consultation, OparlFile, Paper } from '../../../shared/oparl/index.ts'
import { numberAgenda, sortAgenda } from '../../../shared/rules/numbering.ts'
import { namedPage } from './named-page.ts'

/** One item of an agenda with what is dealt with under it. */
export interface AgendaLine {
  readonly item: AgendaItem
  readonly number: number
  readonly papers: readonly Paper[]
  readonly files: readonly OparlFile[]
  /** Where the item's matter begins in its first paper, when the item or a consultation names the page. */
  readonly page?: number | undefined
  /** Only the neutral title is known here: the reader may not see the matter itself. */
  readonly veiled: boolean
}

export interface Agenda {
  readonly open: readonly AgendaLine[]
  readonly closed: readonly AgendaLine[]
}

export interface AgendaContext {
  readonly consultations: readonly Consultation[]
  paper(id: string): Paper | undefined
  file(id: string): OparlFile | undefined
}

/**
 * The agenda of one meeting, public part first. Papers of an item are found through the consultations that name the
 * item as well as through the one that the item names: a published image may lack either.
 */
export function arrangeAgenda(items: readonly AgendaItem[], context: AgendaContext): Agenda {
  const numbers = numberAgenda(items)
  const lines = sortAgenda(items).map((item) => ({
    item,
    number: numbers.get(item._id) ?? 0,
    ...papersOf(item, context),
    files: [...(item.auxiliaryFile ?? []), item.resolutionFile].flatMap((id) => (id && context.file(id)) || []),
    veiled: !item.public && item.closedReason === undefined && item.name === item.publicTitle,
  }))
  return { open: lines.filter(({ item }) => item.public), closed: lines.filter(({ item }) => !item.public) }
}

function papersOf(item: AgendaItem, context: AgendaContext): Pick<AgendaLine, 'papers' | 'page'> {
  const named = context.consultations.filter(
    (consultation) =>
      !consultation.deleted && (consultation.agendaItem === item._id || consultation._id === item.consultation),
  )
  const papers = [...new Set(named.map(({ paper }) => paper))].flatMap((id) => context.paper(id) ?? [])
  return { papers, page: namedPage([item.name, ...named.map(({ role }) => role)]) }
}

/** Files that a reader of the agenda needs, each once: of the meeting, of its items and of their papers. */
export const fileIdsOf = (
  papers: Iterable<Pick<Paper, 'mainFile' | 'auxiliaryFile'>>,
  items: Iterable<Pick<AgendaItem, 'auxiliaryFile' | 'resolutionFile'>>,
): string[] => [
  ...new Set(
    [
      ...[...papers].flatMap((paper) => [paper.mainFile, ...(paper.auxiliaryFile ?? [])]),
      ...[...items].flatMap((item) => [...(item.auxiliaryFile ?? []), item.resolutionFile]),
    ].filter((id) => id !== undefined),
  ),
]
