import { m } from '../../../../shared/i18n/index.ts'
import type { Election } from '../../../../shared/rules/meeting/state.ts'
import type { RoundKind } from '../rounds/course.ts'
import type { BallotPaper } from './ballot-papers.ts'

/** Official papers of a German town are German, whatever language the clerk works in. */
const locale = { locale: 'de' } as const

export interface PaperTopic {
  readonly election: Pick<Election, 'office' | 'candidates'>
  /** Ids of those who stand in this round. */
  readonly candidates: readonly string[]
  readonly round: number
  readonly kind: RoundKind
  /** Whether the rules know abstentions. */
  readonly abstention: boolean
  readonly town: string
  readonly meeting: string
  readonly nameOf: (organization: string) => string
}

/** What stands on the papers of a round: one candidate is voted for or against, of several one is chosen. */
export function wordPaper(topic: PaperTopic): BallotPaper {
  const { election, round, kind, abstention } = topic
  const standing = election.candidates.filter(({ candidate }) => topic.candidates.includes(candidate))
  const proposal = (by: string | undefined): { detail?: string } =>
    by === undefined ? {} : { detail: m.votes_paper_proposed_by({ faction: topic.nameOf(by) }, locale) }
  const only = standing.length === 1 ? standing[0] : undefined
  const abstain = abstention ? [{ text: m.votes_abstain({}, locale) }] : []
  const names = standing.map(({ name, proposedBy }) => ({ text: name, ...proposal(proposedBy) }))
  return {
    language: 'de-DE',
    title: m.votes_paper_title({}, locale),
    town: topic.town,
    meeting: topic.meeting,
    office: election.office,
    round: kind === 'run-off' ? m.votes_election_run_off({ round }, locale) : m.votes_election_round({ round }, locale),
    instruction: m.votes_paper_instruction({}, locale),
    ...(only ? { only: { name: only.name, ...proposal(only.proposedBy) } } : {}),
    choices: [...(only ? [{ text: m.votes_yes({}, locale) }, { text: m.votes_no({}, locale) }] : names), ...abstain],
  }
}
