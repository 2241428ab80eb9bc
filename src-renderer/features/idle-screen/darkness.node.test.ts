import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idleMs, isDark, isOn, isWithin, placeOf } from './darkness.ts'

const night = { from: '22:00', until: '06:00' }
const clock = fc.record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) })
const written = ({ h, m }: { h: number; m: number }): string =>
  `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`

test('dark hours go over midnight, begin with their first minute and end with their last', () => {
  expect(['21:59', '22:00', '23:59', '00:00', '05:59', '06:00'].map((time) => isWithin(night, time))).toEqual([
    ...[false, true, true, true, true, false],
  ])
  expect(['12:59', '13:00', '13:59', '14:00'].map((time) => isWithin({ from: '13:00', until: '14:00' }, time))).toEqual(
    [...[false, true, true, false]],
  )
})

test('of any two halves of the day exactly one is dark', () => {
  fc.assert(
    fc.property(clock, clock, clock, (a, b, at) => {
      const [from, until, time] = [written(a), written(b), written(at)]
      fc.pre(from !== until)
      expect(isWithin({ from, until }, time)).toBe(!isWithin({ from: until, until: from }, time))
    }),
  )
})

const now = Date.parse('2026-11-27T22:30:00Z')
const minutes = (count: number): number => now + count * 60_000
const idle = { dark: night, time: '23:30', now, touched: now - idleMs, isLent: false, meetings: [] }

test('a screen is black within its hours, when nobody touched it, nobody is signed in and nothing is on', () => {
  expect(isDark(idle)).toBe(true)
  expect(isDark({ ...idle, dark: undefined })).toBe(false)
  expect(isDark({ ...idle, time: '21:00' })).toBe(false)
  expect(isDark({ ...idle, touched: now - idleMs + 1 })).toBe(false)
  expect(isDark({ ...idle, isLent: true })).toBe(false)
  expect(isDark({ ...idle, meetings: [{ start: minutes(30), phase: undefined }] })).toBe(false)
  expect(isDark({ ...idle, meetings: [{ start: minutes(31), phase: undefined }] })).toBe(true)
})

test('a meeting is on from half an hour before until it is closed; one that nobody opened for six hours', () => {
  const start = now
  expect([-31, -30, 0, 360, 361].map((after) => isOn({ start, phase: undefined }, minutes(after)))).toEqual([
    ...[false, true, true, true, false],
  ])
  for (const phase of ['open', 'paused'] as const) expect(isOn({ start, phase }, minutes(900))).toBe(true)
  expect(isOn({ start, phase: 'closed' }, minutes(10))).toBe(false)
})

test('the clock stands at another place each minute, and everywhere in a night', () => {
  const places = Array.from({ length: 480 }, (_, minute) => placeOf(29_000_000 + minute))
  for (const [index, { x, y }] of places.entries()) {
    expect(x >= 0 && x < 1 && y >= 0 && y < 1).toBe(true)
    const next = places[index + 1]
    if (next) expect(Math.hypot(next.x - x, next.y - y)).toBeGreaterThan(0.2)
  }
  const cells = new Set(places.map(({ x, y }) => `${Math.floor(x * 5)} ${Math.floor(y * 5)}`))
  expect(cells.size).toBe(25)
})
