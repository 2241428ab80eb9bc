import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CaptureTimes } from './capture-times.ts'

const part = 320

it('what a server kept is as old as it is, though it comes at once', () => {
  const times = new CaptureTimes(0)
  const connected = 100_000
  // Ten seconds of before, the last of it after 480 ms; then as it happens, a little slower.
  for (let place = 0; place < 31; place += 1) times.arrived(place * part, (place + 1) * part, connected + place * 16)
  const heard = Array.from({ length: 12 }, (_, place) => {
    const end = (31 + place + 1) * part
    return times.arrived(end - part, end, connected + 500 + (place + 1) * part)
  })
  expect(heard.findIndex((interval) => interval !== undefined)).toBe(6)
  // It begins by the quickest way ever, and ends by the quickest of late.
  expect(heard.at(-1)).toEqual({ from: connected + 480 + 11 * part - 1000, to: connected + 500 + 12 * part })
})

it('of what a server kept nothing is taken for new, however slowly it is caught up with', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 30_000 }),
      fc.double({ min: 1.02, max: 20, noNaN: true }),
      (kept, pace) => {
        const times = new CaptureTimes(1000)
        const connected = 100_000
        let now = connected
        for (let end = part; end <= kept + 10_000; end += part) {
          const captured = connected - kept + end
          now = Math.max(now + part / pace, captured)
          const interval = times.arrived(end - part, end, now)
          if (interval) expect(interval.from).toBeLessThanOrEqual(captured - part)
        }
      },
    ),
  )
})

it('of a source that lags, the beginning says nothing, however slow the machine is', () => {
  const times = new CaptureTimes(4000)
  const told = Array.from({ length: 40 }, (_, place) => {
    const [from, to] = [place * part, (place + 1) * part]
    return [from, times.arrived(from, to, 100_000 + 9000 + to)] as const
  })
  for (const [from, interval] of told) expect(interval === undefined, String(from)).toBe(from < 5000)
})

it('whatever the network does, the truth lies within the interval once the quickest way was seen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 20, maxLength: 60 }),
      fc.integer({ min: 0, max: 5000 }),
      (delays, lag) => {
        const times = new CaptureTimes(lag)
        let now = 0
        for (const [place, delay] of delays.entries()) {
          const [from, to] = [place * part, (place + 1) * part]
          // In order, each as late as its delay says, and by no more than the lag at the quickest.
          now = Math.max(now, to + lag + (place === 0 ? 0 : delay))
          const interval = times.arrived(from, to, now)
          if (!interval) continue
          expect(interval.from).toBeLessThanOrEqual(from)
          expect(interval.to).toBeGreaterThanOrEqual(to)
        }
      },
    ),
  )
})

it('does not take what a slow clock sends after hours for older than it is', () => {
  const times = new CaptureTimes(2000)
  let last = { from: 0, to: 0 }
  // Ten seconds short in four hours; a part every 320 ms, 100 ms on its way.
  const pace = 1 - 10 / (4 * 3600)
  for (let at = 0; at < 4 * 3_600_000; at += 320) last = times.arrived((at - 320) * pace, at * pace, at + 100) ?? last
  expect(Math.abs(last.to - 4 * 3_600_000)).toBeLessThan(600)
})
