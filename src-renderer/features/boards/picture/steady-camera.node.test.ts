import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../../../../shared/board/plane/box.ts'
import { shownBox, type Camera } from '../engine/camera.ts'
import { steadyCamera } from './steady-camera.ts'

const hd = { width: 1920, height: 1080 }
const uhd = { width: 3840, height: 2160 }
const sheet = { left: 0, top: 0, right: 1000, bottom: 500 }

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const boxes = fc
  .tuple(number(-5000, 5000), number(-5000, 5000), number(0, 4000), number(0, 4000))
  .map(([left, top, width, height]) => ({ left, top, right: left + width, bottom: top + height }))

test('wherever something is drawn, the audience sees all of it', () => {
  fc.assert(
    fc.property(fc.array(boxes, { minLength: 1, maxLength: 10 }), fc.constantFrom(hd, uhd), (drawn, size) => {
      let camera: Camera | undefined
      for (const box of drawn) {
        camera = steadyCamera(camera, box, size)
        expect(holds(shownBox(camera, size), box)).toBe(true)
      }
    }),
  )
})

test('a larger screen shows the same, larger', () => {
  const [small, large] = [hd, uhd].map((size) => steadyCamera(undefined, sheet, size))
  expect(large!.zoom / small!.zoom).toBeCloseTo(2)
  expect(small!.zoom).toBeGreaterThan(1.5)
  expect(steadyCamera(undefined, { ...sheet, right: 1, bottom: 1 }, uhd).zoom).toBeLessThan(4)
})

test('the picture stays where it is while all is in sight, and comes nearer when little is left', () => {
  const first = steadyCamera(undefined, sheet, hd)
  expect(steadyCamera(first, { ...sheet, bottom: 480 }, hd)).toBe(first)
  const wide = steadyCamera(first, { ...sheet, right: 3000 }, hd)
  expect(wide.zoom).toBeLessThan(first.zoom)
  expect(steadyCamera(wide, { ...sheet, right: 3020 }, hd)).toBe(wide)
  expect(steadyCamera(wide, sheet, hd).zoom).toBeGreaterThan(wide.zoom)
})
