import type { Minutes } from '../../council/records/index.ts'
import type { LegalSource, RuleSet } from '../law/rule-set.ts'

/** By when objections have to be raised: the law says it, else the town's rules of procedure, else nobody. */
export type ObjectionLimit =
  | { readonly by: 'next-meeting'; readonly source: LegalSource }
  /** Last day, `yyyy-mm-dd`. */
  | { readonly by: 'day'; readonly day: string }

/** The limit that holds for the minutes of a meeting; undefined where neither law nor town names one. */
export function objectionLimit(
  rules: RuleSet | undefined,
  { objectionsUntil: day }: Pick<Minutes, 'objectionsUntil'>,
): ObjectionLimit | undefined {
  const law = rules?.minutes.objections
  if (law) return { by: law.raised, source: law.source }
  return day === undefined ? undefined : { by: 'day', day }
}

/** The instant at which the members had the minutes, since both had signed; undefined before. */
export function handedOutAt({ state, signOffs }: Pick<Minutes, 'state' | 'signOffs'>): string | undefined {
  if (state !== 'signed' && state !== 'published') return undefined
  return signOffs
    .map(({ at }) => at)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)
}

/** What has happened since the members had the minutes. */
export interface Since {
  readonly handedOut: string
  /** For when the meetings of the same body that are over had been called. */
  readonly over: readonly string[]
  /** `yyyy-mm-dd` by the town's clocks. */
  readonly today: string
}

/**
 * Whether an objection comes too late. A meeting before which nobody had the minutes is not the next one in which they
 * could have objected.
 */
export function isTooLate(limit: ObjectionLimit | undefined, { handedOut, over, today }: Since): boolean {
  if (!limit) return false
  if (limit.by === 'day') return today > limit.day
  return over.some((start) => Date.parse(start) > Date.parse(handedOut))
}
