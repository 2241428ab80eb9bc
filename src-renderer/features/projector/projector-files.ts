import type { OparlFile } from '../../../shared/oparl/index.ts'
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
