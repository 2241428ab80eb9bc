import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Repeatable chance: the same seed answers the same questions alike. */
export interface Dice {
  /** A whole number, both ends counted in. */
  between(from: number, to: number): number
  /** From 0 up to, but not including, 1. */
  fraction(): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** A copy in another order. */
  shuffle<Item>(items: readonly Item[]): Item[]
}

/** @param seed any whole number of 32 bits */
export function rollDice(seed: number): Dice {
  const source = xoroshiro128plus(seed)
  const between = (from: number, to: number): number => uniformInt(source, from, to)
  const fraction = (): number => uniformFloat64(source)
  return {
    between,
    fraction,
    chance: (probability) => fraction() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('there is nothing to pick from')
      return items[between(0, items.length - 1)]!
    },
    shuffle: (items) => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = between(0, last)
        ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
      }
      return shuffled
    },
  }
}
