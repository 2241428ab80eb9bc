import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, dayToward, weeksOf } from './month.ts'

const months = fc
  .tuple(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`)

test('weeks of a month run from Monday to Sunday and hold each of its days once', () => {
  fc.assert(
    fc.property(months, (month) => {
      const days = weeksOf(month).flat()
      expect(new Date(`${days[0]}T00:00:00Z`).getUTCDay()).toBe(1)
      expect(days.length % 7).toBe(0)
      expect(days).toEqual(days.map((_, index) => addDays(days[0]!, index)))
      const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
      expect(days.filter((day) => day.startsWith(month))).toHaveLength(length)
    }),
  )
})

test('months add up', () => {
  fc.assert(
    fc.property(months, fc.integer({ min: -200, max: 200 }), (month, count) => {
      expect(addMonths(addMonths(month, count), -count)).toBe(month)
    }),
  )
})

test('arrow keys lead to days that have an entry', () => {
  const days = ['2026-05-04', '2026-05-06', '2026-05-12', '2026-05-20']
  const from = '2026-05-06'
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter'].map((key) => dayToward(days, from, key))).toEqual(
    ['2026-05-04', '2026-05-12', undefined, '2026-05-20', undefined],
  )
})
