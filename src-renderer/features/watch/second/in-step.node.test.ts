import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOfMoment, stepTowards, type Piece } from './in-step.ts'

const begun = Date.parse('2026-12-01T17:00:00Z')
const piece = (from: number, start: number, init = 'init-1.mp4'): Piece => ({
  ...{ programDateTime: begun + from * 1000, start, duration: 2, initSegment: { relurl: init } },
})

describe('the place of a moment', () => {
  const pieces = [piece(0, 100), piece(2, 102), piece(10, 104, 'init-slate.mp4'), piece(12, 106)]
  const at = (seconds: number) => placeOfMoment(pieces, begun + seconds * 1000)

  it('is found by when it was captured, whatever the player counts', () => {
    expect([at(0.5), at(3), at(13)]).toEqual([
      { time: 100.5, isSlate: false },
      { time: 103, isSlate: false },
      { time: 107, isSlate: false },
    ])
    expect(at(11)).toEqual({ time: 105, isSlate: true })
  })

  it('is none before, between and after what is there; only the end stands for a moment', () => {
    expect([at(-0.1), at(4.1), at(9.9), at(14.5)]).toEqual([undefined, undefined, undefined, undefined])
    expect(at(14.2)?.time).toBeCloseTo(108.2)
    expect(placeOfMoment([], begun)).toBeUndefined()
    expect(placeOfMoment([{ programDateTime: null, start: 0, duration: 2 }], begun)).toBeUndefined()
  })
})

describe('steps', () => {
  it('bring a picture within a twentieth of a second of a main one that plays, from wherever it is, and keep it there', () => {
    const away = fc.double({ min: -30, max: 30, noNaN: true })
    const jumpCosts = fc.double({ min: 0, max: 0.6, noNaN: true })
    fc.assert(
      fc.property(away, jumpCosts, fc.constantFrom(0.5, 1, 1.08, 2), (from, lost, pace) => {
        let behind = from
        for (let look = 0; look < 100; look += 1) {
          const { jump, rate } = stepTowards(behind, pace)
          // Where it has jumped to it plays a little later, as it has to fetch and decode.
          if (jump) behind = lost
          else behind += (pace - rate) * 0.1
          expect(rate).toBeGreaterThan(0)
        }
        expect(Math.abs(behind)).toBeLessThan(0.05)
      }),
    )
  })

  it('stand where the main one stands, on the same picture', () => {
    expect(stepTowards(0.01, 0)).toEqual({ jump: false, rate: 0 })
    expect(stepTowards(-0.2, 0)).toEqual({ jump: true, rate: 0 })
  })
})
