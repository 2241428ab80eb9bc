import type { Consultation, Paper } from '../../../shared/oparl/index.ts'
import type { Data } from '../../data/contract.ts'
import { createRecord, type Saved } from '../editing/index.ts'

/** Foresees that a body consults the paper; the date comes when the paper is put on an agenda. */
export const planConsultation = (
  data: Data,
  paper: Paper,
  organization: string,
  authoritative: boolean,
): Saved<Consultation> =>
  createRecord(data, 'consultation', {
    paper: paper._id,
    term: paper.term,
    organization: [organization],
    authoritative,
  })
