import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantToTownTime, townTimeToInstant } from './town-time.ts'

test('a time on the town’s clocks is an instant, in winter, in summer and on the days between', () => {
  const cases = [
    ['2026-01-15', '17:00', '2026-01-15T16:00:00Z'],
    ['2026-07-15', '17:00', '2026-07-15T15:00:00Z'],
    ['2026-03-28', '23:30', '2026-03-28T22:30:00Z'],
    // Leapt over by the clocks; counted as if they had not leapt.
    ['2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    // Shown twice; the earlier one.
    ['2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
  ] as const
  expect(cases.map(([day, time]) => townTimeToInstant(day, time))).toEqual(cases.map(([, , instant]) => instant))
})

test('every full minute comes back as the clocks showed it, except those that they show twice', () => {
  const minute = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
  fc.assert(
    fc.property(minute, (minutes) => {
      const instant = new Date(minutes * 60_000).toISOString().replace('.000', '')
      const { day, time } = instantToTownTime(instant)
      const back = townTimeToInstant(day, time)
      expect(instantToTownTime(back)).toEqual({ day, time })
      expect([0, 3_600_000]).toContain(Date.parse(instant) - Date.parse(back))
    }),
  )
})
