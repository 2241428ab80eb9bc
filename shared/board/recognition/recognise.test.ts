import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, distance, type Point } from '../plane/box.ts'
import { onPage } from '../plane/similarity.ts'
import { cornersOfForm } from '../elements/edge.ts'
import { recognise } from './recognise.ts'

/** A hand that follows corners: a point every few units, each off by up to a share of the size. */
function drawn(corners: readonly Point[], size: number, noise: readonly number[]): Point[] {
  const points = corners.slice(1).flatMap((corner, place) => {
    const count = Math.max(4, Math.round((distance(corners[place]!, corner) / size) * 30))
    return Array.from({ length: count }, (_, step) => between(corners[place]!, corner, step / count))
  })
  const shaky = [...points, corners.at(-1)!]
  const off = (at: number): number => noise[at % noise.length]! * size
  return shaky.map(({ x, y }, at) => ({ x: x + off(at * 2), y: y + off(at * 2 + 1) }))
}

const noise = fc.array(fc.double({ min: -0.012, max: 0.012, noNaN: true }), { minLength: 37, maxLength: 37 })
const sheet = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  scale: fc.constant(1),
})
const width = fc.integer({ min: 60, max: 900 })
const shape = fc.double({ min: 0.5, max: 2, noNaN: true })
const start = fc.nat(31)
const isBackwards = fc.boolean()

for (const form of ['rectangle', 'ellipse', 'triangle'] as const)
  test(`a ${form} is one, whatever its size, direction and beginning`, () => {
    fc.assert(
      fc.property(noise, sheet, width, shape, start, isBackwards, (shake, place, wide, ratio, from, turned) => {
        const corners = cornersOfForm(form, wide, wide * ratio).map((corner) => onPage(place, corner))
        const at = from % corners.length
        const way = [...corners.slice(at), ...corners.slice(0, at), corners[at]!]
        const found = recognise(drawn(turned ? way.toReversed() : way, wide, shake))
        expect(found).toMatchObject({ kind: 'shape', form })
        if (found?.kind !== 'shape') return
        expect(found.width * found.height).toBeGreaterThan(0.75 * wide * wide * ratio)
        expect(found.width * found.height).toBeLessThan(1.3 * wide * wide * ratio)
        // A triangle that is nearly even may stand on another side: its centre of mass stays.
        const mass = form === 'triangle' ? 2 / 3 : 1 / 2
        const middle = onPage(place, { x: wide / 2, y: wide * ratio * mass })
        const own = onPage({ ...found, scale: 1 }, { x: found.width / 2, y: found.height * mass })
        expect(distance(middle, own)).toBeLessThan(0.15 * wide * Math.max(1, ratio))
      }),
    )
  })

test('a line keeps its ends', () => {
  fc.assert(
    fc.property(noise, sheet, width, (shake, place, long) => {
      const ends = [
        { x: 0, y: 0 },
        { x: long, y: 0 },
      ].map((end) => onPage(place, end))
      const points = drawn(ends, long, shake)
      expect(recognise(points)).toEqual({ kind: 'line', from: points[0], to: points.at(-1) })
    }),
  )
})

test('an arrow points to its tip, drawn back over the tip or from barb to barb', () => {
  fc.assert(
    fc.property(noise, sheet, width, isBackwards, (shake, place, long, isAcross) => {
      const [tip, one, other] = [
        { x: long, y: 0 },
        { x: long * 0.75, y: -long * 0.18 },
        { x: long * 0.75, y: long * 0.18 },
      ]
      const way = isAcross ? [tip, one, other] : [tip, one, tip, other]
      const corners = [{ x: 0, y: 0 }, ...way].map((corner) => onPage(place, corner))
      const found = recognise(drawn(corners, long, shake))
      expect(found).toMatchObject({ kind: 'arrow' })
      if (found?.kind === 'arrow') expect(distance(found.to, corners[1]!)).toBeLessThan(0.1 * long)
    }),
  )
})

test('writing, waves and scribbles are no form', () => {
  const wave = Array.from({ length: 80 }, (_, at) => ({ x: at * 5, y: 40 * Math.sin(at / 4) }))
  const scribble = Array.from({ length: 200 }, (_, at) => ({ x: 100 * Math.sin(at), y: 100 * Math.cos(at * 1.7) }))
  const small = Array.from({ length: 20 }, (_, at) => ({ x: at / 2, y: at / 3 }))
  expect([recognise(wave), recognise(scribble), recognise(small), recognise([])]).toEqual([...Array<undefined>(4)])
})
