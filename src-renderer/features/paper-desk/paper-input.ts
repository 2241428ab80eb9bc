import type { Paper } from '../../../shared/oparl/index.ts'

/** What the form of a paper holds. */
export interface PaperInput {
  name: string
  reference: string
  paperType: string
  date: string
  public: boolean
}

export const emptyPaper = (today: string): PaperInput => ({
  name: '',
  reference: '',
  paperType: '',
  date: today,
  public: true,
})

export const inputOfPaper = (paper: Paper): PaperInput => ({
  name: paper.name,
  reference: paper.reference ?? '',
  paperType: paper.paperType ?? '',
  date: paper.date ?? '',
  public: paper.public,
})

/** The record's fields as the form says them; an empty entry is no field. */
export const paperFieldsOf = (input: PaperInput) => ({
  name: input.name.trim(),
  reference: input.reference.trim() || undefined,
  paperType: input.paperType.trim() || undefined,
  date: input.date || undefined,
  public: input.public,
})
