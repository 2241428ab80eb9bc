import type { LegalSource } from './law/rule-set.ts'

/** Whether a body can decide, and the numbers and the rule that say so. */
export interface QuorumFinding {
  readonly met: boolean
  readonly needed: number
  readonly counted: number
  readonly room: number
  readonly remote: number
  readonly statutory: number
  readonly rule: 'ordinary' | 'with-conflicts' | 'second-call'
  readonly source: LegalSource
}
