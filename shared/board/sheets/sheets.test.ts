import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAroundAll, centreOf, holds, type Box, type Point } from '../plane/box.ts'
import { readPageList, writePageList } from './page-list.ts'
import { centredAt, groundBox, placeSheets } from './placing.ts'
import { isBeyondBoard, sharpnessOf, type SheetSize } from './sharpness.ts'

const side = fc.double({ min: 1, max: 20_000, noNaN: true })
const size: fc.Arbitrary<SheetSize> = fc.record({ width: side, height: side })
const near = fc.double({ min: -10_000, max: 10_000, noNaN: true })
const box: fc.Arbitrary<Box> = fc
  .record({ left: near, top: near, width: side, height: side })
  .map(({ left, top, width, height }) => ({ left, top, right: left + width, bottom: top + height }))
const apart = (a: Box, b: Box): boolean =>
  a.right <= b.left + 1e-6 || b.right <= a.left + 1e-6 || a.bottom <= b.top + 1e-6 || b.bottom <= a.top + 1e-6
function expectSame(one: Point, other: Point): void {
  expect(one.x).toBeCloseTo(other.x, 5)
  expect(one.y).toBeCloseTo(other.y, 5)
}

test('sheets lie apart from each other and from what is there, in their order', () => {
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 30 }),
      fc.option(box, { nil: undefined }),
      fc.record({ x: near, y: near }),
      (sizes, there, middle) => {
        const boxes = placeSheets(sizes, there, middle).map((corner, place) =>
          groundBox({ ...corner, ...sizes[place]! }),
        )
        expect(boxes.length).toBe(sizes.length)
        for (const [place, one] of boxes.entries()) {
          if (there) expect(apart(one, there)).toBe(true)
          for (const other of boxes.slice(place + 1)) {
            expect(apart(one, other)).toBe(true)
            expect(other.top >= one.top).toBe(true)
          }
        }
        const around = boxAroundAll(boxes)!
        const begin = { x: around.left, y: around.top }
        const expected = there && { x: there.right + 40, y: there.top }
        expectSame(expected ? begin : centreOf(around), expected ?? middle)
      },
    ),
  )
})

test('a picture has its middle where it is put', () => {
  fc.assert(
    fc.property(size, near, near, (sheet, x, y) => {
      expectSame(centreOf(groundBox({ ...centredAt({ x, y }, sheet), ...sheet })), { x, y })
    }),
  )
})

test('all of a sheet fills the largest board pixel by pixel, and never takes more memory than that allows', () => {
  fc.assert(
    fc.property(size, (sheet) => {
      const { best, enough } = sharpnessOf(sheet)
      const [width, height] = [sheet.width * enough, sheet.height * enough]
      expect(
        holds(
          { left: 0, top: 0, right: 3840.001, bottom: 2160.001 },
          { left: 0, top: 0, right: width, bottom: height },
        ),
      ).toBe(true)
      expect(Math.max(width / 3840, height / 2160)).toBeCloseTo(1, 6)
      expect(sheet.width * best * sheet.height * best).toBeLessThan(13_000_000)
    }),
  )
  const [a4, a3, a0] = [
    { width: 794, height: 1123 },
    { width: 1587, height: 1123 },
    { width: 4494, height: 3179 },
  ]
  expect(sharpnessOf(a4).enough).toBeCloseTo(1.92, 2)
  expect([a4, a3, a0].map(isBeyondBoard)).toEqual([false, false, true])
})

test('pages are read as they are written, and what is no page of the file is none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), (pages) => {
      const sorted = pages.toSorted((a, b) => a - b)
      expect(readPageList(writePageList(sorted), 60)).toEqual(sorted)
    }),
  )
  expect(readPageList(' 3, 1–2;7 - 9,', 9)).toEqual([1, 2, 3, 7, 8, 9])
  for (const none of ['0', '4-2', '1-99', 'x', '1 2', '-3', '1-2-3', '99999999999'])
    expect(readPageList(none, 9)).toBeUndefined()
})
