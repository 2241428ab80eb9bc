import type { DeedOf } from '../../../../shared/council/meeting-event.ts'
import type { ElectionRound } from '../../../../shared/rules/meeting/state.ts'

/** Papers that name nobody who stands, beside those for the candidates. */
export const otherPapers = ['against', 'abstain', 'invalid'] as const
export type OtherPapers = (typeof otherPapers)[number]

/** What was typed into the fields of a count of papers, as it stands there; by candidate or kind. */
export interface RoundDraft {
  readonly votes: Readonly<Record<string, string>>
  readonly others: Readonly<Record<OtherPapers, string>>
}

export const emptyRound = ({ candidates }: Pick<ElectionRound, 'candidates'>): RoundDraft => ({
  votes: Object.fromEntries(candidates.map((candidate) => [candidate, ''])),
  others: { against: candidates.length === 1 ? '' : '0', abstain: '0', invalid: '0' },
})

/** `field`: a candidate's id, or a kind of paper. */
export type RoundFault =
  | { readonly kind: 'missing' | 'not-a-number'; readonly field: string }
  | { readonly kind: 'too-many'; readonly counted: number; readonly entitled: number }

type RoundCount = Omit<DeedOf<'round-counted'>, 'kind' | 'election' | 'round'>
export interface CheckedRound {
  readonly faults: readonly RoundFault[]
  readonly count: RoundCount | undefined
  /** Papers that could have been handed in and are in no number. */
  readonly uncounted: number
}

const isCount = (text: string): boolean => /^\d{1,3}$/.test(text.trim())
const number = (text: string | undefined): number => (text !== undefined && isCount(text) ? Number(text) : 0)

/** A vote against is possible only where there is one candidate. */
export const papersOf = ({ candidates }: Pick<ElectionRound, 'candidates'>): OtherPapers[] =>
  otherPapers.filter((kind) => kind !== 'against' || candidates.length === 1)

/** Judges a count of papers against the members who could hand one in. */
export function checkRound(draft: RoundDraft, round: Pick<ElectionRound, 'candidates' | 'entitled'>): CheckedRound {
  const fields: (readonly [string, string])[] = [
    ...round.candidates.map((candidate) => [candidate, draft.votes[candidate] ?? ''] as const),
    ...papersOf(round).map((kind) => [kind, draft.others[kind]] as const),
  ]
  const faults: RoundFault[] = fields.flatMap(([field, text]): RoundFault[] => {
    if (text.trim() === '') return [{ kind: 'missing', field }]
    return isCount(text) ? [] : [{ kind: 'not-a-number', field }]
  })
  const counted = fields.reduce((sum, [, text]) => sum + number(text), 0)
  if (counted > round.entitled) faults.push({ kind: 'too-many', counted, entitled: round.entitled })
  const count: RoundCount = {
    votes: round.candidates.map((candidate) => ({ candidate, votes: number(draft.votes[candidate]) })),
    against: round.candidates.length === 1 ? number(draft.others.against) : 0,
    abstain: number(draft.others.abstain),
    invalid: number(draft.others.invalid),
  }
  return { faults, count: faults.length === 0 ? count : undefined, uncounted: round.entitled - counted }
}
