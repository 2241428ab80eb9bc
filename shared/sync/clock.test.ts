import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatClock, largestCount, readClock } from '../council/clock.ts'
import { HybridClock, largestSkew } from './clock.ts'

const device = 'abcdef12'
const noon = Date.UTC(2026, 4, 4, 12)
const at = (ms: number, count = 0, by = 'zzzzzzzz'): string => formatClock({ ms, count, device: by })

/** What happens to a clock: the system's time jumps, it ticks, it sees another one, it is kept and started again. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('time' as const), by: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
  fc.record({ kind: fc.constant('tick' as const) }),
  fc.record({
    kind: fc.constant('observe' as const),
    by: fc.integer({ min: -600_000, max: 600_000 }),
    count: fc.constantFrom(0, 1, largestCount),
  }),
  fc.record({ kind: fc.constant('restart' as const) }),
)

describe('whatever happens to the system time', () => {
  test('every tick is later than the ones before, and than what was adopted, and names its device', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80 }), (course) => {
        let now = noon
        let clock = new HybridClock(device, () => now)
        const before = ['']
        for (const step of course) {
          if (step.kind === 'time') now = Math.max(0, now + step.by)
          if (step.kind === 'restart') clock = new HybridClock(device, () => now, clock.last)
          if (step.kind === 'observe') {
            const seen = at(Math.max(0, now + step.by), step.count)
            if (clock.observe(seen)) before.push(seen)
          }
          if (step.kind !== 'tick') continue
          const tick = clock.tick()
          for (const earlier of before) expect(tick > earlier).toBe(true)
          expect(readClock(tick)?.device).toBe(device)
          before.push(tick)
        }
      }),
    )
  })

  test('a clock more than five minutes ahead is not adopted, up to five minutes it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -largestSkew, max: 2 * largestSkew }), (ahead) => {
        const clock = new HybridClock(device, () => noon)
        expect(clock.observe(at(noon + ahead))).toBe(ahead <= largestSkew)
        const tick = readClock(clock.tick())?.ms ?? 0
        expect(tick).toBe(ahead > 0 && ahead <= largestSkew ? noon + ahead : noon)
      }),
    )
  })
})

test('time set back does not set the clock back', () => {
  let now = noon
  const clock = new HybridClock(device, () => now)
  const before = clock.tick()
  now -= 3_600_000
  expect([clock.tick(), clock.tick()]).toEqual([at(noon, 1, device), at(noon, 2, device)])
  expect(before).toBe(at(noon, 0, device))
  now = noon + 1
  expect(clock.tick()).toBe(at(noon + 1, 0, device))
})

test('a full count goes on in the next millisecond', () => {
  const clock = new HybridClock(device, () => noon, at(noon, largestCount, device))
  expect(clock.tick()).toBe(at(noon + 1, 0, device))
})

test.each(['', 'x', 'gggggggggggg0000-abcdef12', at(noon).slice(1)])(
  'a text that is no point is not adopted: %j',
  (text) => {
    const clock = new HybridClock(device, () => noon)
    expect(clock.observe(text)).toBe(false)
    expect(clock.tick()).toBe(at(noon, 0, device))
  },
)

test('a mark that is none, and a kept point that is none, are faults of the program', () => {
  expect(() => new HybridClock('short', () => noon)).toThrow(TypeError)
  expect(() => new HybridClock(device, () => noon, 'broken')).toThrow(TypeError)
})
