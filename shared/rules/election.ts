import type { LegalSource, RuleSet } from './law/rule-set.ts'

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

export function electionFinding(
  rules: RuleSet,
  election: {
    readonly rounds: readonly {
      readonly candidates: readonly string[]
      readonly count?: { readonly votes: ReadonlyMap<string, number>; readonly against: number }
    }[]
    readonly lot?: string
  },
): ElectionFinding | undefined {
  const last = election.rounds.findLast(({ count }) => count)
  if (!last?.count) return undefined
  const { votes, against } = last.count
  const valid = [...votes.values()].reduce((sum, each) => sum + each, against)
  const needed = Math.floor(valid / 2) + 1
  const { source } = rules.elections
  const finding = (outcome: ElectionFinding['outcome'], candidates: readonly string[], byLot = false) => ({
    outcome,
    candidates,
    needed,
    byLot,
    source,
  })
  if (election.lot !== undefined) return finding('elected', [election.lot], true)
  const ranked = [...last.candidates].sort((a, b) => (votes.get(b) ?? 0) - (votes.get(a) ?? 0))
  const [first, second] = ranked
  if (first === undefined) return finding('not-elected', [])
  if ((votes.get(first) ?? 0) >= needed) return finding('elected', [first])
  if (second === undefined) return finding('not-elected', [])
  if (last.candidates.length === 2) return finding('lot', ranked)
  return election.rounds.length < rules.elections.openRounds
    ? finding('next-round', ranked)
    : finding('run-off', [first, second])
}
