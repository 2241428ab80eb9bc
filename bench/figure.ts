/** One measured budget: our side and the reference, taken in turn in one run on one machine. */
export interface Figure {
  /** What was measured, in a few words. */
  readonly what: string
  readonly ours: string
  readonly reference: string
  /** How many times better ours is; of counts that must be zero, the count. */
  readonly ratio: number
  /** The ratio that the budget asks for. */
  readonly goal: number
  readonly ok: boolean
}

/** A file of this folder: one budget. */
export interface Bench {
  /** The name that `npm run bench -- <name>` takes. */
  readonly name: string
  readonly description: string
  /** After which it counts as hung; ten unless given. */
  readonly minutes?: number
  run(): Promise<Figure[]>
}

interface Compared {
  readonly ours: number
  readonly reference: number
  readonly goal: number
  readonly unit: string
}

const figureOf = (what: string, { ours, reference, goal, unit }: Compared, ratio: number): Figure => ({
  ...{ what, ours: ours.toPrecision(3) + unit, reference: reference.toPrecision(3) + unit },
  ...{ ratio, goal, ok: ratio >= goal },
})

/** A figure of which less is better. */
export const lessIsBetter = (what: string, compared: Compared): Figure =>
  figureOf(what, compared, compared.reference / compared.ours)

/** A figure of which more is better. */
export const moreIsBetter = (what: string, compared: Compared): Figure =>
  figureOf(what, compared, compared.ours / compared.reference)

/** The value below which a share (0 to 1) of the values lies; the nearest one that was measured. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Measures our side and the reference in turn, and gives the median of each. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  reference: () => Promise<number>,
): Promise<{ ours: number; reference: number }> {
  const measured: { ours: number[]; reference: number[] } = { ours: [], reference: [] }
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(await ours())
    measured.reference.push(await reference())
  }
  return { ours: median(measured.ours), reference: median(measured.reference) }
}
