import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unmoved, type BoardElement, type Place } from '../../council/board/element.ts'
import { packInk, type InkPoint } from '../../council/board/ink.ts'
import { boxAround, distance, holds, type Point } from '../plane/box.ts'
import { distanceToPiece, lengthOf } from '../plane/polygon.ts'
import { about, composed, inside, inverse, onPage } from '../plane/similarity.ts'
import { alignments, moved, wayToAlign } from './arrange.ts'
import { endAt, endsOf, type Lookup } from './ends.ts'
import { wiped } from './erase.ts'
import { extentOf, strokeOnPage } from './extent.ts'
import { isCrossed, isHeldByLasso, isHit } from './hit.ts'

const number = (most: number): fc.Arbitrary<number> => fc.double({ min: -most, max: most, noNaN: true })
const point: fc.Arbitrary<Point> = fc.record({ x: number(500), y: number(500) })
const ink: fc.Arbitrary<InkPoint[]> = fc.array(
  fc.record({ x: number(300), y: number(300), pressure: fc.constant(0.5) }),
  {
    minLength: 1,
    maxLength: 30,
  },
)
const place: fc.Arbitrary<Place> = fc.record({
  ...{ x: number(500), y: number(500), angle: number(4) },
  scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
})
const none: Lookup = () => undefined
const stroke = (points: readonly InkPoint[], at: Place): BoardElement => ({
  ...{ id: 's', kind: 'stroke', z: 'a0', author: 'a', place: at, tool: 'pen', colour: 'black', thickness: 4 },
  ink: packInk(points),
})
const box = (id: string, at: Place, width = 100, height = 60): BoardElement & { kind: 'note' } => ({
  ...{ id, kind: 'note', z: 'a0', author: 'a', place: at, width, height, paper: 'yellow', text: '' },
})

test('a movement and its inverse cancel out; composing is doing one after the other', () => {
  fc.assert(
    fc.property(place, place, point, (one, other, at) => {
      expect(distance(inside(one, onPage(one, at)), at)).toBeLessThan(1e-6)
      expect(distance(onPage(inverse(one), onPage(one, at)), at)).toBeLessThan(1e-6)
      expect(distance(onPage(composed(one, other), at), onPage(one, onPage(other, at)))).toBeLessThan(1e-6)
      expect(distance(onPage(about(at, one.angle, one.scale), at), at)).toBeLessThan(1e-6)
    }),
  )
})

test('an element that is moved and moved back is where it was', () => {
  fc.assert(
    fc.property(ink, place, place, (points, at, movement) => {
      const there = { ...stroke(points, at), ...moved(stroke(points, at), movement) } as BoardElement & {
        kind: 'stroke'
      }
      const back = { ...there, ...moved(there, inverse(movement)) } as typeof there
      const before = strokeOnPage(stroke(points, at) as typeof there)
      for (const [number, where] of strokeOnPage(back).entries())
        expect(distance(where, before[number]!)).toBeLessThan(1e-4)
    }),
  )
})

test('the eraser leaves nothing inside its way, and everything outside of it', () => {
  fc.assert(
    fc.property(ink, point, point, fc.integer({ min: 1, max: 60 }), (points, from, to, radius) => {
      const wipe = { from, to, radius }
      const rests = wiped(points, wipe)
      const away = (at: Point): number => distanceToPiece(at, from, to)
      if (!rests) {
        for (const at of points) expect(away(at)).toBeGreaterThanOrEqual(radius - 1e-6)
        return
      }
      for (const rest of rests)
        for (const at of rest) {
          expect(away(at)).toBeGreaterThan(radius - 0.01)
          const onLine =
            points.length === 1 ? 0 : Math.min(...points.slice(1).map((b, n) => distanceToPiece(at, points[n]!, b)))
          expect(onLine).toBeLessThan(1e-6)
        }
      expect(rests.reduce((sum, rest) => sum + lengthOf(rest), 0)).toBeLessThanOrEqual(lengthOf(points) + 1e-6)
      const kept = points.filter((at) => away(at) > radius + 1)
      const left = rests.flat()
      for (const at of kept) expect(left).toContain(at)
      for (const rest of rests) expect(wiped(rest, { ...wipe, radius: radius - 0.05 })).toBeUndefined()
    }),
    { numRuns: 400 },
  )
})

test('a stroke crossed in its middle becomes two', () => {
  const line = [0, 100, 200].map((x) => ({ x, y: 0, pressure: 1 }))
  const rests = wiped(line, { from: { x: 50, y: -50 }, to: { x: 50, y: 50 }, radius: 10 })!
  expect(rests.map((rest) => rest.map(({ x }) => Math.round(x)))).toEqual([
    [0, 40],
    [60, 100, 200],
  ])
})

test('every point of a stroke is hit, lies in its extent, and is crossed by what passes over it', () => {
  fc.assert(
    fc.property(ink, place, (points, at) => {
      const element = stroke(points, at)
      const extent = extentOf(element, none)!
      for (const where of strokeOnPage(element as BoardElement & { kind: 'stroke' })) {
        expect(isHit(element, where, 0.01, none)).toBe(true)
        expect(holds(extent, boxAround([where])!)).toBe(true)
        const [above, below] = [
          { x: where.x, y: where.y - 400 },
          { x: where.x, y: where.y + 400 },
        ]
        expect(isCrossed(element, above, below, 1, none)).toBe(true)
      }
      expect(isHit(element, { x: extent.right + 5, y: extent.top }, 1, none)).toBe(false)
    }),
  )
})

test('a lasso holds what lies inside it, and nothing that leaves it', () => {
  const lasso = [
    { x: -10, y: -10 },
    { x: 200, y: -10 },
    { x: 200, y: 200 },
    { x: -10, y: 200 },
  ]
  const held = (element: BoardElement): boolean => isHeldByLasso(element, lasso, none)
  expect([held(box('a', unmoved)), held(box('b', { ...unmoved, x: 150 }))]).toEqual([true, false])
  const bay = [...lasso.slice(0, 2), { x: 50, y: 30 }, ...lasso.slice(2)]
  expect(isHeldByLasso(box('a', unmoved), bay, none)).toBe(false)
  fc.assert(
    fc.property(ink, place, (points, at) => {
      const element = stroke(points, at)
      const { left, top, right, bottom } = extentOf(element, none)!
      const around = [
        { x: left - 1, y: top - 1 },
        { x: right + 1, y: top - 1 },
        { x: right + 1, y: bottom + 1 },
        { x: left - 1, y: bottom + 1 },
      ]
      expect(isHeldByLasso(element, around, none)).toBe(true)
      expect(
        isHeldByLasso(
          element,
          around.map(({ x, y }) => ({ x: x + right - left + 3, y })),
          none,
        ),
      ).toBe(false)
    }),
  )
})

test('a line follows what it sticks to, and ends at its edge', () => {
  fc.assert(
    fc.property(place, place, (at, movement) => {
      const target = box('b', at)
      const middle = onPage(at, { x: 50, y: 30 })
      const line = (to: BoardElement & { kind: 'note' }): readonly [Point, Point] =>
        endsOf(
          {
            ...{ id: 'l', kind: 'line', z: 'a0', author: 'a', colour: 'black', thickness: 2, hasHead: true },
            ...{ from: { x: at.x + 100_000, y: at.y }, to: endAt(middle, target) },
          },
          () => to,
        )
      const there = { ...target, ...moved(target, movement) } as typeof target
      for (const one of [target, there]) {
        const end = inside(one.place, line(one)[1])
        const toEdge = Math.min(Math.abs(end.x), Math.abs(end.x - 100), Math.abs(end.y), Math.abs(end.y - 60))
        expect(toEdge * one.place.scale).toBeLessThan(0.01)
      }
    }),
  )
})

test('what is aligned shares an edge or a middle with the frame', () => {
  const [own, frame] = [
    { left: 5, top: 5, right: 25, bottom: 15 },
    { left: 0, top: 0, right: 100, bottom: 100 },
  ]
  expect(alignments.map((alignment) => wayToAlign(own, frame, alignment))).toEqual([
    { x: -5, y: 0 },
    { x: 35, y: 0 },
    { x: 75, y: 0 },
    { x: 0, y: -5 },
    { x: 0, y: 40 },
    { x: 0, y: 85 },
  ])
})
