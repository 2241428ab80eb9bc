import { expect, test } from 'vitest'
import { ClockOffset } from './clock-offset.ts'

/** Deliveries every 10 ms, 5 to 25 ms after they were captured; by how much the last one is told too early or late. */
function errorAfter(seconds: number, deviceTime: (captured: number) => number): number {
  const offset = new ClockOffset()
  let error = 0
  for (let captured = 0; captured < seconds * 1000; captured += 10) {
    const delay = 5 + ((captured * 7) % 20)
    error = deviceTime(captured) + offset.note(captured + delay, deviceTime(captured)) - captured
  }
  return Math.abs(error)
}

test('times are right to some milliseconds, wherever the clock of the device begins', () => {
  expect(errorAfter(10, (captured) => captured + 123_456)).toBeLessThan(10)
})

test('a clock that drifts is followed for as long as a meeting lasts', () => {
  for (const pace of [0.9999, 1.0001]) expect(errorAfter(8 * 3600, (captured) => captured * pace)).toBeLessThan(10)
})

test('a clock that stood still for a while is right again soon after', () => {
  const late = (captured: number): number => (captured < 20_000 ? captured : captured - 1500)
  expect(errorAfter(19, late)).toBeLessThan(10)
  expect(errorAfter(25, late)).toBeLessThan(10)
})
