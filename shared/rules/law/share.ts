import type { Share } from './rule-set.ts'

/** The smallest whole number that is the share of `of`, or more than it; at least 1, as nothing is decided by nobody. */
export function neededOf({ bound, numerator, denominator }: Share, of: number): number {
  const whole = of * numerator
  const needed = bound === 'more-than' ? Math.floor(whole / denominator) + 1 : Math.ceil(whole / denominator)
  return Math.max(1, needed)
}
