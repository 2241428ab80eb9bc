import type { LegalSource, RuleSet } from './law/rule-set.ts'
import { neededOf } from './law/share.ts'
import type { QuorumFinding } from './quorum.ts'

/** Where an election stands after its last counted round. */
export interface ElectionFinding {
  readonly outcome: 'elected' | 'next-round' | 'run-off' | 'lot' | 'not-elected'
  /** Elected, admitted to the next round, or among whom the lot is drawn. */
  readonly candidates: readonly string[]
  /** Votes that were needed, of how many valid ones. */
  readonly needed: number
  readonly of: number
  /** Votes of whoever had the most. */
  readonly most: number
  readonly byLot: boolean
  /** What a lot decides that is still to be drawn: who is elected, or who comes into the run-off. */
  readonly lotFor?: 'office' | 'run-off'
  /** How many are drawn, and who is in the run-off without a lot. */
  readonly places: number
  readonly admitted: readonly string[]
  /** Why the round is held again without counting as one. */
  readonly repeated?: 'invalid' | 'tie' | 'quorum'
  readonly source: LegalSource
}

export interface ElectionRound {
  readonly round: number
  readonly candidates: readonly string[]
  /** Members who could hand in a paper when the round was opened. */
  readonly entitled: number
  /** Whether the body could decide when the round was opened; left out where nobody asks. */
  readonly quorum?: QuorumFinding
  readonly count?: {
    readonly votes: ReadonlyMap<string, number>
    readonly against: number
    readonly abstain: number
    readonly invalid: number
  }
}

export interface ElectionCourse {
  /** Rounds in their order; those without a count are still open, and say nothing. */
  readonly rounds: readonly ElectionRound[]
  /** Drawn after the last counted round; several, in the order drawn, where more than one place is drawn for. */
  readonly lot?: string | readonly string[]
}

type Count = NonNullable<ElectionRound['count']>
interface Standing {
  readonly candidates: readonly string[]
  readonly count: Count
  readonly votes: ReadonlyMap<string, number>
  readonly valid: number
  readonly needed: number
  readonly most: number
}

function standingOf(rules: RuleSet, { candidates }: ElectionRound, count: Count): Standing {
  const votes = new Map(candidates.map((candidate) => [candidate, count.votes.get(candidate) ?? 0]))
  const named = [...votes.values()].reduce((sum, some) => sum + some, 0)
  const valid = named + (rules.elections.against === 'valid' ? count.against : 0)
  const needed = neededOf(rules.elections.share, valid)
  return { candidates, count, votes, valid, needed, most: Math.max(0, ...votes.values()) }
}

const findingOf = (
  rules: RuleSet,
  { needed, valid, most }: Standing,
  rest: Pick<ElectionFinding, 'outcome' | 'candidates'> & Partial<ElectionFinding>,
): ElectionFinding => ({
  needed,
  of: valid,
  most,
  byLot: false,
  places: 0,
  admitted: [],
  source: rules.elections.source,
  ...rest,
})

const withVotes = ({ votes }: Standing, number: number): string[] =>
  [...votes].filter(([, some]) => some === number).map(([candidate]) => candidate)

/** Who comes into the run-off after the last open round: the two with the most votes, by lot where that is not clear. */
function runOff(rules: RuleSet, standing: Standing): ElectionFinding {
  const first = withVotes(standing, standing.most)
  if (standing.candidates.length < 2)
    return findingOf(rules, standing, { outcome: 'not-elected', candidates: standing.candidates })
  if (first.length === 2) return findingOf(rules, standing, { outcome: 'run-off', candidates: first })
  if (first.length > 2) {
    if (rules.elections.tieForFirst === 'repeat')
      return findingOf(rules, standing, { outcome: 'next-round', candidates: standing.candidates, repeated: 'tie' })
    return findingOf(rules, standing, { outcome: 'lot', candidates: first, lotFor: 'run-off', places: 2 })
  }
  const others = [...standing.votes.values()].filter((some) => some < standing.most)
  const second = withVotes(standing, Math.max(...others))
  if (second.length === 1) return findingOf(rules, standing, { outcome: 'run-off', candidates: [...first, ...second] })
  return findingOf(rules, standing, {
    outcome: 'lot',
    candidates: second,
    lotFor: 'run-off',
    places: 1,
    admitted: first,
  })
}

function afterRunOff(rules: RuleSet, standing: Standing): ElectionFinding {
  const first = withVotes(standing, standing.most)
  if (first.length > 1)
    return findingOf(rules, standing, { outcome: 'lot', candidates: first, lotFor: 'office', places: 1 })
  // The other one withdrew: the rest of them is voted on for and against.
  return findingOf(rules, standing, { outcome: 'not-elected', candidates: standing.candidates })
}

function tooManyInvalid(rules: RuleSet, { count, valid }: Standing): boolean {
  const { repeatedWhenInvalid, against } = rules.elections
  if (repeatedWhenInvalid === null) return false
  const invalid = count.invalid + count.abstain + (against === 'invalid' ? count.against : 0)
  const papers = valid + invalid
  return papers > 0 && invalid >= neededOf(repeatedWhenInvalid, papers)
}

/** A body that cannot decide elects nobody, and brings nobody a round further. */
const withoutQuorum = (rules: RuleSet, standing: Standing, { source }: QuorumFinding): ElectionFinding => ({
  ...findingOf(rules, standing, { outcome: 'next-round', candidates: standing.candidates, repeated: 'quorum' }),
  source,
})

/** Where the election stands after a round; `open`: open rounds that counted before it. */
function afterRound(rules: RuleSet, standing: Standing, open: number): ElectionFinding {
  const { candidates, most, needed } = standing
  if (tooManyInvalid(rules, standing))
    return findingOf(rules, standing, { outcome: 'next-round', candidates, repeated: 'invalid' })
  if (most >= needed) return findingOf(rules, standing, { outcome: 'elected', candidates: withVotes(standing, most) })
  if (open >= rules.elections.openRounds) return afterRunOff(rules, standing)
  if (open + 1 < rules.elections.openRounds) return findingOf(rules, standing, { outcome: 'next-round', candidates })
  return runOff(rules, standing)
}

/** What a lot made of a finding that waits for one; a lot for somebody not among them changes nothing. */
function afterLot(finding: ElectionFinding, lot: readonly string[]): ElectionFinding {
  const { lotFor, places, admitted, candidates, ...rest } = finding
  const drawn = [...new Set(lot)].filter((candidate) => candidates.includes(candidate)).slice(0, places)
  if (finding.outcome !== 'lot' || drawn.length < places) return finding
  const settled = { ...rest, byLot: true, places: 0, admitted: [] }
  if (lotFor === 'office') return { ...settled, outcome: 'elected', candidates: drawn }
  return { ...settled, outcome: 'run-off', candidates: [...admitted, ...drawn] }
}

/**
 * Where an election stands after its last counted round: rounds in which more than half of the valid votes elects, a
 * run-off between the two with the most votes, and the lot where that ends in a tie (GemO RLP § 40 Abs. 3, GO Bayern
 * Art. 51 Abs. 3). Undefined while no round is counted.
 */
export function electionFinding(rules: RuleSet, { rounds, lot = [] }: ElectionCourse): ElectionFinding | undefined {
  let finding: ElectionFinding | undefined
  let open = 0
  for (const round of rounds) {
    if (round.count === undefined) continue
    const standing = standingOf(rules, round, round.count)
    finding =
      round.quorum?.met === false ? withoutQuorum(rules, standing, round.quorum) : afterRound(rules, standing, open)
    if (finding.repeated === undefined) open += 1
  }
  return finding && afterLot(finding, typeof lot === 'string' ? [lot] : lot)
}
