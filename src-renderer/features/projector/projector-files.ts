import type { Board } from '../../../shared/council/records/index.ts'
import type { OparlFile } from '../../../shared/oparl/index.ts'
import type { MeetingState } from '../../../shared/rules/meeting/state.ts'
import { mayBeProjected } from '../../../shared/rules/projected-board.ts'
import type { MeetingRecords } from '../meetings/index.ts'

/**
 * Files that may stand on a screen of the room: documents of an item of the public part and of its public papers, the
 * paper's main file first.
 */
export function projectableFiles(records: MeetingRecords, item: string | undefined): OparlFile[] {
  const line = records.agenda.open.find((entry) => entry.item._id === item)
  if (!line) return []
  const ids = line.papers
    .filter((paper) => paper.public)
    .flatMap(({ mainFile, auxiliaryFile }) => [mainFile, ...(auxiliaryFile ?? [])])
  const files = ids.flatMap((id) => (id && records.file(id)) || [])
  return [...new Set([...files, ...line.files])].filter(({ mimeType }) => mimeType === 'application/pdf')
}

/** Boards of the item that is open that may stand on a screen of the room, as far as this device knows; the hub decides. */
export function projectableBoards(records: MeetingRecords, boards: readonly Board[], state: MeetingState): Board[] {
  const { current } = state
  const isOpen = records.agenda.open.some(({ item }) => item._id === current)
  const files = new Set(projectableFiles(records, current).map(({ _id }) => _id))
  const isPublic = (id: string): boolean => (id === current && isOpen) || files.has(id)
  return boards.filter((board) => board.agendaItem === current && mayBeProjected(board, state, isPublic))
}
