import { electionFinding } from '../../../../shared/rules/election.ts'
import type { RuleSet } from '../../../../shared/rules/law/rule-set.ts'
import type { Election, ElectionRound, MeetingState } from '../../../../shared/rules/meeting/state.ts'

export type RoundKind = 'round' | 'run-off'

/** Whether a round is an open one, or the run-off that the rounds before it led to. */
export function kindOfRound(rules: RuleSet, rounds: readonly ElectionRound[], round: number): RoundKind {
  const before = electionFinding(rules, { rounds: rounds.filter((other) => other.round < round) })
  const isRunOff = before?.outcome === 'run-off' || (before?.outcome === 'lot' && before.lotFor === 'run-off')
  return isRunOff ? 'run-off' : 'round'
}

/** Candidates of the round that would be opened now. */
export function candidatesNow({ candidates, withdrawn, finding }: Election): string[] {
  const admitted = finding?.candidates ?? candidates.map(({ candidate }) => candidate)
  return admitted.filter((candidate) => !withdrawn.includes(candidate))
}

/** The election that is under way, on the item that is open before any other. */
export function runningElection(state: Pick<MeetingState, 'elections' | 'current'>): Election | undefined {
  const running = [...state.elections.values()].filter(({ status }) => status !== 'decided' && status !== 'cancelled')
  return running.findLast(({ item }) => item === state.current) ?? running.at(-1)
}

export const candidateName = ({ candidates }: Pick<Election, 'candidates'>, id: string): string =>
  candidates.find(({ candidate }) => candidate === id)?.name ?? id
