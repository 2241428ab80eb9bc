import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterWrong, noTries, secondsToWait, type Tries } from './tries.ts'

const now = Date.parse('2026-11-27T20:00:00Z')

test('four wrong codes cost nothing; each further one twice as long, a quarter of an hour at most', () => {
  const waits: number[] = []
  let tries: Tries = noTries
  for (let wrong = 0; wrong < 12; wrong++) {
    tries = afterWrong(tries, now)
    waits.push(secondsToWait(tries, now))
  }
  expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900])
})

test('nobody waits longer than a quarter of an hour, whatever the clock does, and the wait ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -(10 ** 10), max: 10 ** 10 }), (wrong, shift) => {
      const tries = afterWrong({ wrong, until: 0 }, now)
      const wait = secondsToWait(tries, now + shift)
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(wait).toBeLessThanOrEqual(900)
      expect(secondsToWait(tries, tries.until)).toBe(0)
    }),
  )
})
