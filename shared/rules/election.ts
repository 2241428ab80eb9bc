import type { LegalSource } from './law/rule-set.ts'

/** Where an election stands after its last counted round. */
export interface ElectionFinding {
  readonly outcome: 'elected' | 'next-round' | 'run-off' | 'lot' | 'not-elected'
  /** Elected, admitted to the next round, or among whom the lot is drawn. */
  readonly candidates: readonly string[]
  /** Votes that were needed. */
  readonly needed: number
  readonly byLot: boolean
  readonly source: LegalSource
}
