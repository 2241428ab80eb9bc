import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleRate } from './cadence.ts'
import { SoundTimeline } from './sound-timeline.ts'

const usOf = (samples: number): number => (samples * 1_000_000) / sampleRate
const loud = (count: number): Float32Array => new Float32Array(count).fill(1)
const silent = (samples: Float32Array): number => samples.filter((value) => value === 0).length

describe('sound on the time of the stream', () => {
  it('takes what follows as it is, small differences of clocks included', () => {
    const timeline = new SoundTimeline()
    expect(timeline.place(0, loud(480))).toHaveLength(480)
    expect(timeline.place(usOf(480) + 50_000, loud(480))).toHaveLength(480)
    expect(timeline.end).toBe(20_000)
  })

  it('puts silence where sound was lost', () => {
    const timeline = new SoundTimeline()
    timeline.place(0, loud(480))
    const placed = timeline.place(110_000, loud(480))
    expect({ all: placed.length, silent: silent(placed) }).toEqual({ all: 4800 + 480, silent: 4800 })
  })

  it('drops what comes for a time that is over', () => {
    const timeline = new SoundTimeline()
    expect(silent(timeline.fillUntil(500_000))).toBe(24_000)
    expect(timeline.place(300_000, loud(480))).toHaveLength(0)
    expect(timeline.place(400_000, loud(9600))).toHaveLength(4800)
    expect(timeline.end).toBe(600_000)
  })

  it('is never further from the clock than its tolerance and one delivery', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2_000_000), fc.integer({ min: 1, max: 4800 })), { maxLength: 60 }),
        (deliveries) => {
          const timeline = new SoundTimeline()
          let clock = 0
          for (const [pause, count] of deliveries) {
            clock += pause
            timeline.place(clock, loud(count))
            expect(timeline.end - clock).toBeGreaterThanOrEqual(-60_001)
          }
        },
      ),
    )
  })
})
