import { generateKeyBetween } from 'fractional-indexing'
import type { Passage } from '../../../shared/council/records/index.ts'
import { sortPassages } from '../../../shared/rules/minutes/index.ts'

/** A key behind all others. */
export const orderAtEnd = (passages: readonly Passage[]): string =>
  generateKeyBetween(sortPassages(passages).at(-1)?.order ?? null, null)

/**
 * The key that brings a passage to another place; places are counted from 0.
 *
 * @param passages in their order
 * @returns undefined where nothing moves
 */
export function orderMoved(passages: readonly Passage[], from: number, to: number): string | undefined {
  const moving = passages[from]
  const place = Math.max(0, Math.min(to, passages.length - 1))
  if (!moving || place === from) return undefined
  const others = passages.filter((passage) => passage !== moving)
  const low = others[place - 1]?.order ?? null
  // Two devices may have made the same key: nothing fits between equals, so it goes behind all of them.
  const high = others.slice(place).find(({ order }) => low === null || order > low)?.order ?? null
  return generateKeyBetween(low, high)
}
