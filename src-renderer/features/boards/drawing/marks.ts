import { cornersOfForm } from '../../../../shared/board/elements/edge.ts'
import { endsOf, type Lookup } from '../../../../shared/board/elements/ends.ts'
import { headLength } from '../../../../shared/board/elements/extent.ts'
import type { Point } from '../../../../shared/board/plane/box.ts'
import {
  cellKey,
  unmoved,
  type BoardElement,
  type ElementOf,
  type Place,
} from '../../../../shared/council/board/element.ts'
import { unpackInk } from '../../../../shared/council/board/ink.ts'
import { inkOutline, markerOpacity } from './ink-outline.ts'
import type { Paint } from './palette.ts'
import { signs } from './signs.ts'
import { linesOf, lineHeight, sizeToFit } from './text-lines.ts'

/** What is drawn, the same on the screen, in SVG and in PDF; in the element's own coordinates. */
export type Mark =
  | { readonly kind: 'area'; readonly path: string; readonly paint: Paint; readonly opacity?: number }
  | { readonly kind: 'line'; readonly path: string; readonly paint: Paint; readonly thickness: number }
  /** Lines of text: `y` is the base line of the first one. */
  | {
      readonly kind: 'words'
      readonly lines: readonly string[]
      readonly paint: Paint
      readonly size: number
      readonly x: number
      readonly y: number
    }
  | { readonly kind: 'picture'; readonly element: ElementOf<'picture'> }

/** An element as marks, and where they lie. */
export interface Drawing {
  readonly place: Place
  readonly marks: readonly Mark[]
}

const padding = 12
const noteSizes = [28, 24, 20, 17, 14, 12]
const cellSizes = [20, 17, 14, 12]
const formSizes = [24, 20, 17, 14, 12]
/** Where the base line lies within a line, as a share of the letters' size. */
const baseLine = 1

const closed = (points: readonly Point[]): string => `${open(points)}Z`
const open = (points: readonly Point[]): string =>
  points.map(({ x, y }, place) => `${place === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** What an element looks like. */
export function drawingOf(element: BoardElement, lookup: Lookup): Drawing {
  if (element.kind === 'line') return { place: unmoved, marks: lineMarks(element, lookup) }
  return { place: element.place, marks: marksOf(element) }
}

function marksOf(element: Exclude<BoardElement, { kind: 'line' }>): Mark[] {
  switch (element.kind) {
    case 'stroke':
      return strokeMarks(element)
    case 'shape':
      return shapeMarks(element)
    case 'text':
      return words(element.text, element.colour, element.fontSize, 0, 0, element.width)
    case 'note':
      return noteMarks(element)
    case 'table':
      return tableMarks(element)
    case 'picture':
      return [{ kind: 'picture', element }]
    case 'stamp':
      return [{ kind: 'area', path: signs[element.sign](element.width), paint: element.colour }]
  }
}

function strokeMarks(stroke: ElementOf<'stroke'>): Mark[] {
  const path = inkOutline(unpackInk(stroke.ink) ?? [], stroke)
  const opacity = stroke.tool === 'marker' ? { opacity: markerOpacity } : {}
  return [{ kind: 'area', path, paint: stroke.colour, ...opacity }]
}

function words(text: string, paint: Paint, size: number, x: number, y: number, width: number): Mark[] {
  if (text === '') return []
  return [{ kind: 'words', lines: linesOf(text, width, size), paint, size, x, y: y + size * baseLine }]
}

function shapeMarks({ form, width, height, colour, thickness, isFilled, text }: ElementOf<'shape'>): Mark[] {
  const path = form === 'ellipse' ? ellipse(width, height) : closed(cornersOfForm(form, width, height))
  const room = { width: width * 0.7, height: height * 0.6 }
  const size = sizeToFit(text, room.width, room.height, formSizes)
  const tall = linesOf(text, room.width, size).length * size * lineHeight
  return [
    ...(isFilled ? [{ kind: 'area' as const, path, paint: colour, opacity: 0.16 }] : []),
    { kind: 'line', path, paint: colour, thickness },
    ...words(text, 'black', size, width * 0.15, (height - tall) / 2, room.width),
  ]
}

const ellipse = (width: number, height: number): string => {
  const [x, y] = [width / 2, height / 2]
  return `M0 ${y}A${x} ${y} 0 1 1 ${width} ${y}A${x} ${y} 0 1 1 0 ${y}Z`
}

function noteMarks({ width, height, paper, text }: ElementOf<'note'>): Mark[] {
  const room = { width: width - 2 * padding, height: height - 2 * padding }
  return [
    { kind: 'area', path: rounded(width, height, 4), paint: paper },
    ...words(text, 'black', sizeToFit(text, room.width, room.height, noteSizes), padding, padding, room.width),
  ]
}

const rounded = (width: number, height: number, radius: number): string =>
  `M${radius} 0H${width - radius}Q${width} 0 ${width} ${radius}V${height - radius}Q${width} ${height} ${width - radius} ${height}` +
  `H${radius}Q0 ${height} 0 ${height - radius}V${radius}Q0 0 ${radius} 0Z`

function tableMarks({ width, height, rows, columns, cells }: ElementOf<'table'>): Mark[] {
  const [wide, tall] = [width / columns, height / rows]
  const lines = [
    ...Array.from({ length: rows + 1 }, (_, row) => `M0 ${row * tall}H${width}`),
    ...Array.from({ length: columns + 1 }, (_, column) => `M${column * wide} 0V${height}`),
  ]
  const texts = Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns]
    const text = cells[cellKey(row, column)] ?? ''
    const room = { width: wide - 2 * padding, height: tall - padding }
    const size = sizeToFit(text, room.width, room.height, cellSizes)
    return words(text, 'black', size, column * wide + padding, row * tall + padding / 2, room.width)
  })
  return [
    { kind: 'area', path: `M0 0H${width}V${height}H0Z`, paint: 'ground' },
    { kind: 'area', path: `M0 0H${width}V${tall}H0Z`, paint: 'grey', opacity: 0.14 },
    { kind: 'line', path: lines.join(''), paint: 'grey', thickness: 1.5 },
    ...texts.flat(),
  ]
}

function lineMarks(line: ElementOf<'line'>, lookup: Lookup): Mark[] {
  const [from, to] = endsOf(line, lookup)
  const { colour: paint, thickness } = line
  if (!line.hasHead) return [{ kind: 'line', path: open([from, to]), paint, thickness }]
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const long = headLength(thickness)
  const barb = (turn: number): Point => ({
    x: to.x - long * Math.cos(angle + turn),
    y: to.y - long * Math.sin(angle + turn),
  })
  // The shaft ends inside the head, so that its blunt end does not show at the tip.
  const neck = { x: to.x - long * 0.7 * Math.cos(angle), y: to.y - long * 0.7 * Math.sin(angle) }
  return [
    { kind: 'line', path: open([from, neck]), paint, thickness },
    { kind: 'area', path: closed([to, barb(0.42), barb(-0.42)]), paint },
  ]
}
