import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeetingProgress } from '../../council/meeting-progress.ts'
import { aboutTime, itemStarts } from './item-starts.ts'

const start = Date.parse('2026-05-04T17:00:00.000Z')
const minute = 60_000
type Course = Parameters<typeof itemStarts>[0]

/** A meeting whose items took so many minutes each, with one that is on and more that wait. */
function courseOf(done: readonly number[], on: number, waiting: number): { course: Course; now: number } {
  let at = start
  const instant = (): string => new Date(at).toISOString()
  const items: MeetingProgress['items'] = done.map((minutes, place) => {
    const from = instant()
    at += minutes * minute
    return { item: `agenda-item:done-${place}`, status: 'done', spans: [{ from, to: instant() }] }
  })
  items.push({ item: 'agenda-item:on', status: 'open', spans: [{ from: instant() }] })
  for (let place = 0; place < waiting; place += 1)
    items.push({ item: `agenda-item:next-${place}`, status: 'waiting', spans: [] })
  return { course: { phase: 'open', public: true, current: 'agenda-item:on', items }, now: at + on * minute }
}

const minutes = fc.integer({ min: 1, max: 90 })
const courses = fc
  .tuple(fc.array(minutes, { maxLength: 8 }), minutes, fc.integer({ min: 0, max: 8 }))
  .map(([done, on, waiting]) => courseOf(done, on, waiting))

describe('when coming items begin', () => {
  it('is judged by what those before them took', () => {
    const { course, now } = courseOf([10, 20, 30], 5, 2)
    // Of those that took longer than five minutes half took more than 20: 15 are left.
    expect(itemStarts(course, now)).toEqual(
      new Map([
        ['agenda-item:next-0', now + 15 * minute],
        ['agenda-item:next-1', now + 35 * minute],
      ]),
    )
  })

  it('rises in the order of the agenda, never before now, and no further ahead than it looked back', () => {
    fc.assert(
      fc.property(courses, ({ course, now }) => {
        const estimates = itemStarts(course, now)
        const values = [...estimates.values()]
        expect(values).toEqual(values.toSorted((a, b) => a - b))
        for (const value of values) expect(value).toBeGreaterThanOrEqual(now)
        expect(estimates.size).toBeLessThanOrEqual(course.items.filter(({ status }) => status === 'done').length)
        const waiting = course.items.filter(({ status }) => status === 'waiting').map(({ item }) => item)
        expect([...estimates.keys()]).toEqual(waiting.slice(0, estimates.size))
      }),
    )
  })

  it('is unknown where nothing supports it', () => {
    fc.assert(
      fc.property(courses, ({ course, now }) => {
        const { current: _, ...between } = course
        for (const other of [{ ...course, public: false }, { ...course, phase: 'paused' as const }, between])
          expect(itemStarts(other, now).size).toBe(0)
        const none = course.items.filter(({ status }) => status !== 'done')
        expect(itemStarts({ ...course, items: none }, now).size).toBe(0)
        expect(itemStarts(course, now + 91 * minute).size).toBe(0)
      }),
    )
  })

  it('does not depend on when the meeting is', () => {
    fc.assert(
      fc.property(courses, fc.integer({ min: 1, max: 10_000 }), ({ course, now }, later) => {
        const moved = (instant: string): string => new Date(Date.parse(instant) + later * minute).toISOString()
        const items = course.items.map((item) => ({
          ...item,
          spans: item.spans.map(({ from, to }) => ({
            from: moved(from),
            ...(to === undefined ? {} : { to: moved(to) }),
          })),
        }))
        const estimates = itemStarts({ ...course, items }, now + later * minute)
        expect([...estimates.values()].map((value) => value - later * minute)).toEqual([
          ...itemStarts(course, now).values(),
        ])
      }),
    )
  })

  it('is said in whole five minutes, none too early', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (estimate) => {
        const about = aboutTime(estimate)
        expect([about % (5 * minute), about >= estimate, about - estimate < 5 * minute]).toEqual([0, true, true])
      }),
    )
  })
})
