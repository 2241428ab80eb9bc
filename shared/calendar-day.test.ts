import { expect, test } from 'vitest'
import { dayIn } from './calendar-day.ts'

test('a day begins and ends by the clocks of its zone, also where they are put forward', () => {
  expect(dayIn('Europe/Berlin', '2026-03-28T22:59:59Z')).toBe('2026-03-28')
  expect(dayIn('Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29')
  expect(dayIn('Europe/Berlin', Date.parse('2026-03-29T21:59:59Z'))).toBe('2026-03-29')
  expect(dayIn('Europe/Berlin', new Date('2026-03-29T22:00:00Z'))).toBe('2026-03-30')
})

test('an unknown zone and what is no instant are refused', () => {
  expect(() => dayIn('Europe/Nibelau', 0)).toThrow(RangeError)
  expect(() => dayIn('UTC', 'yesterday')).toThrow(RangeError)
})
