import { m } from '../../../shared/i18n/index.ts'
import type { OtherPapers } from './rounds/round-count.ts'
import type { RoundKind } from './rounds/course.ts'

export const otherWords: Readonly<Record<OtherPapers, () => string>> = {
  against: m.votes_no,
  abstain: m.votes_abstain,
  invalid: m.votes_invalid,
}

export const roundTitle = (kind: RoundKind, round: number): string =>
  kind === 'run-off' ? m.votes_election_run_off({ round }) : m.votes_election_round({ round })
