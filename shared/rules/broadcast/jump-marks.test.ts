import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemAt, jumpMarksOf, speechAt } from './jump-marks.ts'
import { partAt } from './playlist.suite.ts'
import { heldTimes, lengthOf, recordingPlaylist, type HeldTime, type RecordedPart } from './recording.ts'

const start = Date.parse('2026-05-04T15:00:00.000Z')
const instant = (second: number): string => new Date(start + second * 1000).toISOString()
const second = fc.integer({ min: 0, max: 600 })
const times = fc.uniqueArray(second, { maxLength: 12 }).map((cuts) => {
  const sorted = cuts.toSorted((a, b) => a - b)
  return sorted.flatMap((from, place) => {
    const to = sorted[place + 1]
    return place % 2 === 0 && to !== undefined ? [{ from: start + from * 1000, to: start + to * 1000 }] : []
  })
})
const spans = fc.array(
  fc.record({ from: second, length: fc.option(fc.integer({ min: 0, max: 60 })) }).map(({ from, length }) => ({
    from: instant(from),
    ...(length === null ? {} : { to: instant(from + length) }),
  })),
  { maxLength: 3 },
)
const courses = fc.record({
  items: fc
    .array(spans, { maxLength: 5 })
    .map((list) => list.map((each, place) => ({ item: `agenda-item:${place}`, status: 'done' as const, spans: each }))),
  speeches: fc
    .array(spans, { maxLength: 5 })
    .map((list) => list.map((each, place) => ({ item: null, name: `Name ${place}`, spans: each }))),
})

const isWithin = (moment: number, { from, to }: { from: string; to?: string | undefined }): boolean =>
  Date.parse(from) <= moment && (to === undefined || moment < Date.parse(to))

describe('jump marks', () => {
  it('lie where the recording holds something of what they are of, and nowhere else', () => {
    fc.assert(
      fc.property(courses, times, (course, held: readonly HeldTime[]) => {
        const { items, speeches } = jumpMarksOf(course, held)
        const isHeld = (moment: number): boolean => held.some(({ from, to }) => from <= moment && moment < to)
        for (const [id, at] of items) {
          expect(isHeld(at)).toBe(true)
          expect(course.items.find(({ item }) => item === id)!.spans.some((span) => isWithin(at, span))).toBe(true)
        }
        for (const { at, spans: spoken } of speeches) {
          expect(isHeld(at)).toBe(true)
          expect(spoken.some((span) => isWithin(at, span))).toBe(true)
        }
      }),
    )
  })

  it('are there for everything of which a second is held, at its earliest', () => {
    fc.assert(
      fc.property(courses, times, (course, held: readonly HeldTime[]) => {
        const { items } = jumpMarksOf(course, held)
        for (const { item, spans: dealt } of course.items) {
          // Times are whole seconds here: what is held at all is held for one of them.
          const first = Array.from({ length: 661 }, (_, at) => start + at * 1000).find(
            (at) => held.some(({ from, to }) => from <= at && at < to) && dealt.some((span) => isWithin(at, span)),
          )
          expect(items.get(item)).toBe(first)
        }
      }),
    )
  })

  it('are none without a recording', () => {
    fc.assert(
      fc.property(courses, (course) => {
        expect(jumpMarksOf(course, [])).toEqual({ items: new Map(), speeches: [] })
      }),
    )
  })

  it('know what was on at a moment, and who spoke', () => {
    const course = {
      items: [{ item: 'agenda-item:1', status: 'open' as const, spans: [{ from: instant(10), to: instant(20) }] }],
      speeches: [{ item: null, name: 'Ada', spans: [{ from: instant(15) }] }],
    }
    const at = (moment: number) => [
      itemAt(course, start + moment * 1000),
      speechAt(course, start + moment * 1000)?.name,
    ]
    expect([at(9), at(10), at(19), at(20)]).toEqual([
      ...[
        [undefined, undefined],
        ['agenda-item:1', undefined],
      ],
      ...[
        ['agenda-item:1', 'Ada'],
        [undefined, 'Ada'],
      ],
    ])
  })
})

describe('the times that a recording holds', () => {
  const part = (sequence: number): RecordedPart => ({
    ...{
      ...partAt(sequence),
      stream: 'stream:1',
      epoch: 1,
      sequence,
      offset: sequence * 1000,
      length: 1000,
      late: false,
    },
  })

  it('are those of its playlist, with a gap wherever parts were taken back', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.boolean(), (kept, ended) => {
        const parts = kept.flatMap((isKept, sequence) => (isKept ? part(sequence) : []))
        const held = heldTimes(parts, ended)
        const playlist = recordingPlaylist(parts, { file: 'high.mp4', inits: new Map(), ended })
        const listed = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, value]) => sum + Number(value), 0)
        expect(lengthOf(held) / 1000).toBeCloseTo(listed, 3)
        const gone = kept.flatMap((isKept, sequence) => (isKept ? [] : part(sequence)))
        for (const { from, to } of gone) expect(held.some((time) => time.from < to && from < time.to)).toBe(false)
      }),
    )
  })
})
