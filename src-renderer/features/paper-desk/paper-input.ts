import type { Paper } from '../../../shared/oparl/index.ts'
import { typeOfId } from '../../../shared/oparl/record.ts'
import { entered } from '../editing/index.ts'

/** What the form of a paper holds. */
export interface PaperInput {
  name: string
  reference: string
  paperType: string
  date: string
  public: boolean
  term: string
  /** Persons and organizations alike. */
  originators: string[]
  underDirectionOf: string[]
}

export const emptyPaper = (today: string): PaperInput => ({
  name: '',
  reference: '',
  paperType: '',
  date: today,
  public: true,
  term: '',
  originators: [],
  underDirectionOf: [],
})

export const inputOfPaper = (paper: Paper): PaperInput => ({
  name: paper.name,
  reference: paper.reference ?? '',
  paperType: paper.paperType ?? '',
  date: paper.date ?? '',
  public: paper.public,
  term: paper.term,
  originators: [...(paper.originatorOrganization ?? []), ...(paper.originatorPerson ?? [])],
  underDirectionOf: [...(paper.underDirectionOf ?? [])],
})

const listed = (ids: readonly string[]): string[] | undefined => (ids.length > 0 ? [...ids] : undefined)

/** The record's fields as the form says them; an empty entry is no field. */
export const paperFieldsOf = (input: PaperInput) => ({
  name: input.name.trim(),
  reference: entered(input.reference),
  paperType: entered(input.paperType),
  date: entered(input.date),
  public: input.public,
  term: input.term,
  originatorPerson: listed(input.originators.filter((id) => typeOfId(id) === 'person')),
  originatorOrganization: listed(input.originators.filter((id) => typeOfId(id) === 'organization')),
  underDirectionOf: listed(input.underDirectionOf),
})
