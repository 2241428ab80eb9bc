import type { MeetingState, Motion } from './meeting/state.ts'

/** How far a motion goes, as far as a machine can tell from its wording; the chair decides. */
export interface Reach {
  /** Share of the lines of the wording that an amendment changes, between 0 and 1; 1 where there is nothing to compare. */
  readonly changed: number
  /** The greatest sum of money that the motion names and the wording does not, in the currency's main unit. */
  readonly cost: number
}

/** A motion in the order of the vote, with what placed it there. */
export interface OrderedMotion {
  readonly motion: string
  readonly because: 'chair' | 'procedure' | 'reach' | 'main'
  readonly reach?: Reach
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')

/** Length of the longest sequence of lines that both texts have, in order. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const line of a) {
    const next = [0]
    for (const [place, other] of b.entries())
      next.push(line === other ? (row[place] ?? 0) + 1 : Math.max(next[place] ?? 0, row[place + 1] ?? 0))
    row = next
  }
  return row[b.length] ?? 0
}

/** Lines beyond which texts are compared as sets, so that no motion can stop a device. */
const longestCompared = 2000

function changedShare(before: string, after: string): number {
  const [from, to] = [linesOf(before), linesOf(after)]
  const longer = Math.max(from.length, to.length)
  if (longer === 0) return 0
  const inFrom = new Set(from)
  const common = longer > longestCompared ? to.filter((line) => inFrom.has(line)).length : commonLines(from, to)
  return 1 - Math.min(common, longer) / longer
}

/** Digits with dots, spaces or apostrophes between thousands and at most two decimals, before or after the currency. */
const sum = String.raw`(\d{1,3}(?:[.\s'\u00a0]\d{3})+|\d+)(?:,(\d{1,2}))?`
const money = new RegExp(String.raw`(?:€|EUR)\s*${sum}|${sum}\s*(?:€|EUR\b|Euro\b)`, 'g')

const sumsIn = (text: string): number[] =>
  [...text.matchAll(money)].map(([, beforeWhole, beforeCents, whole, cents]) =>
    Number(`${(beforeWhole ?? whole ?? '0').replaceAll(/\D/g, '')}.${beforeCents ?? cents ?? '0'}`),
  )

/** How far a motion goes: by the share of lines that it changes, and by the money that it is about. */
export function reachOf({ text, changes }: Pick<Motion, 'text' | 'changes'>): Reach {
  const known = new Set(sumsIn(changes ?? ''))
  const cost = Math.max(0, ...sumsIn(text ?? '').filter((each) => !known.has(each)))
  return { changed: text === undefined || changes === undefined ? 1 : changedShare(changes, text), cost }
}

const rank = { procedure: 0, amendment: 1, main: 2 } as const

/**
 * The open motions of an item in the order in which they would be voted on: how to go on before amendments, amendments
 * before what they amend, and of amendments the most far-reaching first, since what it decides can settle the others.
 * Reach is a suggestion only: the greater share of changed lines, then the greater sum of money, then who put it first.
 * What the chair put in order goes before everything else, in that order.
 */
export function motionOrder(state: MeetingState, item: string): OrderedMotion[] {
  const open = [...state.motions.values()].filter((motion) => motion.item === item && motion.status === 'open')
  const chairs = (state.motionOrder.get(item) ?? []).flatMap((id) => open.find(({ motion }) => motion === id) ?? [])
  const judged = open
    .filter((motion) => !chairs.includes(motion))
    .map((motion) => ({ motion, reach: reachOf(motion) }))
    .sort((a, b) => {
      const byForm = rank[a.motion.form] - rank[b.motion.form]
      if (byForm !== 0 || a.motion.form !== 'amendment') return byForm
      return b.reach.changed - a.reach.changed || b.reach.cost - a.reach.cost
    })
  return [
    ...chairs.map(({ motion }): OrderedMotion => ({ motion, because: 'chair' })),
    ...judged.map(({ motion: { motion, form }, reach }): OrderedMotion =>
      form === 'amendment' ? { motion, because: 'reach', reach } : { motion, because: form },
    ),
  ]
}
