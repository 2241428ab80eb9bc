import { expect, it } from 'vitest'
import { fitInside, rectanglesOf, wrapText } from './picture-layout.ts'

const perLetter = (text: string): number => text.length

it('wraps at words, and cuts what is too long with an ellipsis', () => {
  expect(wrapText('Haushaltssatzung und Haushaltsplan', 20, 3, perLetter)).toEqual([
    'Haushaltssatzung und',
    'Haushaltsplan',
  ])
  expect(wrapText('eins zwei drei vier fünf', 9, 2, perLetter)).toEqual(['eins zwei', 'drei vie…'])
  expect(wrapText('Donaudampfschifffahrt', 10, 1, perLetter)).toEqual(['Donaudamp…'])
  expect(wrapText('', 10, 2, perLetter)).toEqual([])
})

it('keeps the shape of a picture in the middle of its place', () => {
  expect(fitInside(640, 480, { x: 0, y: 0, width: 1280, height: 720 })).toEqual({
    x: 160,
    y: 0,
    width: 960,
    height: 720,
  })
})

it('lays pictures into and beside each other within the frame', () => {
  for (const layout of ['one', 'inset', 'beside'] as const)
    for (const place of rectanglesOf(layout, 1280, 720)) {
      if (!place) continue
      expect(place.x + place.width).toBeLessThanOrEqual(1280)
      expect(place.y + place.height).toBeLessThanOrEqual(720)
    }
})
