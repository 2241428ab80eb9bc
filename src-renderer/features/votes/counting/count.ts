import type { Tally } from '../../../../shared/council/events/vote.ts'

export const tallyFields = ['yes', 'no', 'abstain', 'invalid'] as const
export type TallyField = (typeof tallyFields)[number]

/** What was typed into the fields of a count, as it stands there. */
export type CountDraft = Readonly<Record<TallyField, string>>
export const emptyCount: CountDraft = { yes: '', no: '', abstain: '0', invalid: '0' }

export interface CountLimits {
  /** Members who may vote: no count can be higher. */
  readonly entitled: number
  /** False where every member present has to vote for or against. */
  readonly abstention: boolean
}

/** What is wrong with a count, so plainly that it can be mended. */
export type CountFault =
  | { readonly kind: 'missing' | 'not-a-number'; readonly field: TallyField }
  | { readonly kind: 'no-abstention' }
  | { readonly kind: 'too-many'; readonly counted: number; readonly entitled: number }

export interface CheckedCount {
  readonly faults: readonly CountFault[]
  /** Undefined while a number is missing or wrong. */
  readonly tally: Tally | undefined
  /** Entitled members whose vote is in no number; negative when there are too many votes. */
  readonly uncounted: number
}

/** Judges a count against who may vote. Numbers that cannot be are named; fewer votes than members are possible. */
export function checkCount(draft: CountDraft, { entitled, abstention }: CountLimits): CheckedCount {
  const faults: CountFault[] = tallyFields.flatMap((field): CountFault[] => {
    const text = draft[field].trim()
    if (text === '') return [{ kind: 'missing', field }]
    return /^\d{1,3}$/.test(text) ? [] : [{ kind: 'not-a-number', field }]
  })
  const tally = tallyOf(draft)
  const counted = votesIn(tally)
  if (!abstention && tally.abstain > 0) faults.push({ kind: 'no-abstention' })
  if (counted > entitled) faults.push({ kind: 'too-many', counted, entitled })
  return { faults, tally: faults.length === 0 ? tally : undefined, uncounted: entitled - counted }
}

/** The draft with everybody who is in no other number put into this one: "who is against, who abstains, the rest". */
export function fillRest(draft: CountDraft, field: TallyField, entitled: number): CountDraft {
  const others = votesIn({ ...tallyOf(draft), [field]: 0 })
  return others > entitled ? draft : { ...draft, [field]: String(entitled - others) }
}

/** All members behind one choice: the usual case in a faction. */
export const allFor = (field: TallyField, entitled: number): CountDraft => ({
  yes: '0',
  no: '0',
  abstain: '0',
  invalid: '0',
  [field]: String(entitled),
})

export const votesIn = ({ yes, no, abstain, invalid }: Tally): number => yes + no + abstain + invalid

export const addTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, tally) => ({
      yes: sum.yes + tally.yes,
      no: sum.no + tally.no,
      abstain: sum.abstain + tally.abstain,
      invalid: sum.invalid + tally.invalid,
    }),
    { yes: 0, no: 0, abstain: 0, invalid: 0 },
  )

/** What is no number counts as none here; `checkCount` names it. */
function tallyOf(draft: CountDraft): Tally {
  const number = (text: string): number => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : 0)
  return {
    yes: number(draft.yes),
    no: number(draft.no),
    abstain: number(draft.abstain),
    invalid: number(draft.invalid),
  }
}
