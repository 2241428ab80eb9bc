import type { Vote } from '../../../../shared/rules/meeting/state.ts'

/** Who has voted and who has not; never how. */
export interface Progress {
  readonly done: number
  readonly of: number
  readonly missing: readonly string[]
  /** Ballots that the chair entered in somebody's place, with the reason that stands in the log. */
  readonly entered: readonly { readonly person: string; readonly by: string; readonly reason: string }[]
}

export function progressOf(vote: Pick<Vote, 'entitled' | 'received' | 'called'>): Progress {
  const missing = vote.entitled.filter((person) => !vote.received.has(person) && !vote.called.has(person))
  return {
    done: vote.entitled.length - missing.length,
    of: vote.entitled.length,
    missing,
    entered: [...vote.received].flatMap(([person, { entered }]) => (entered ? [{ person, ...entered }] : [])),
  }
}
