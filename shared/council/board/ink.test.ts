import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { packInk, snapped, unpackInk, type InkPoint } from './ink.ts'

const point: fc.Arbitrary<InkPoint> = fc.record({
  x: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
  y: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('every point comes back within half a step, in order; only long ways get points between', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), (points) => {
      const read = unpackInk(packInk(points))!
      let at = 0
      for (const { x, y, pressure } of points) {
        const found = read.findIndex(
          (candidate, place) =>
            place >= at &&
            candidate.x === snapped(x) &&
            candidate.y === snapped(y) &&
            Math.abs(candidate.pressure - pressure) <= 0.5 / 255 + 1e-9,
        )
        expect(found).toBeGreaterThanOrEqual(at)
        at = found + 1
      }
      expect(at).toBe(read.length)
    }),
  )
})

test('packing what was read gives the same bytes', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
      const bytes = packInk(points)
      expect(packInk(unpackInk(bytes)!)).toEqual(bytes)
    }),
  )
})

test('whatever bytes arrive, reading them never throws, and cut ones are no stroke', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void unpackInk(bytes)))
  const bytes = packInk([{ x: 1, y: 2, pressure: 1 }])
  expect(unpackInk(bytes.slice(0, -1))).toBeUndefined()
  expect(unpackInk(new Uint8Array())).toBeUndefined()
})
