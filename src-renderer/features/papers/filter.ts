import type { Paper } from '../../../shared/oparl/index.ts'

export interface PaperFilter {
  readonly text: string
  /** Empty: every type. */
  readonly paperType: string
  /** `mine` holds the ids of papers that my organizations consult; undefined: no restriction. */
  readonly among: ReadonlySet<string> | undefined
}

const folded = (text: string): string => text.toLocaleLowerCase('de').normalize('NFKD').replace(/\p{M}/gu, '')

/** Papers that hold every word of the text in name or reference, newest first. */
export function filterPapers(papers: readonly Paper[], filter: PaperFilter): Paper[] {
  const words = folded(filter.text).split(/\s+/).filter(Boolean)
  return papers
    .filter((paper) => !filter.paperType || paper.paperType === filter.paperType)
    .filter((paper) => filter.among?.has(paper._id) ?? true)
    .filter((paper) => {
      const text = folded(`${paper.name} ${paper.reference ?? ''}`)
      return words.every((word) => text.includes(word))
    })
    .sort((a, b) => (b.date ?? b.created).localeCompare(a.date ?? a.created) || a._id.localeCompare(b._id))
}

/** Types that occur, by name. */
export const paperTypesOf = (papers: readonly Paper[]): string[] =>
  [...new Set(papers.flatMap((paper) => paper.paperType ?? []))].sort((a, b) => a.localeCompare(b, 'de'))
