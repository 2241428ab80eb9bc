import type { LegalSource, RuleSet } from './law/rule-set.ts'

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

export function quorumFinding(
  rules: RuleSet,
  m: {
    statutoryNumber: number
    call: 'first' | 'second'
    room: number
    remote: number
    remoteCounts: boolean
    conflicts: number
  },
): QuorumFinding {
  const { share, source } = rules.quorum
  const counted = m.room + (m.remoteCounts ? m.remote : 0)
  const needed = Math.floor((m.statutoryNumber * share.numerator) / share.denominator) + 1
  return {
    met: counted >= needed,
    needed,
    counted,
    room: m.room,
    remote: m.remote,
    statutory: m.statutoryNumber,
    rule: 'ordinary',
    source,
  }
}
