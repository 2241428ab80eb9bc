import type { BoardElement, ElementOf } from '../../council/board/element.ts'
import { eachInkPoint } from '../../council/board/ink.ts'
import { boxAround, grown, type Box, type Point } from '../plane/box.ts'
import { onPage } from '../plane/similarity.ts'
import { edgeOf } from './edge.ts'
import { endsOf, type Lookup } from './ends.ts'

/** Length of an arrow's head for a line of some thickness, in the page's units. */
export const headLength = (thickness: number): number => 8 + thickness * 3

/** The points of a stroke on the page. */
export function strokeOnPage({ ink, place }: ElementOf<'stroke'>): Point[] {
  const points: Point[] = []
  eachInkPoint(ink, (x, y) => points.push(onPage(place, { x, y })))
  return points
}

/** The box that an element can leave ink in; undefined for a stroke without points. */
export function extentOf(element: BoardElement, lookup: Lookup): Box | undefined {
  const box = element.kind === 'stroke' ? boxOfInk(element) : boxAround(outlineOf(element, lookup))
  return box && grown(box, reachOf(element))
}

/** Boards have thousands of strokes: nothing is made of those that lie as they were drawn. */
function boxOfInk(stroke: ElementOf<'stroke'>): Box | undefined {
  if (stroke.place.angle !== 0) return boxAround(strokeOnPage(stroke))
  const { x, y, scale } = stroke.place
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  eachInkPoint(stroke.ink, (inkX, inkY) => {
    if (inkX < left) left = inkX
    if (inkX > right) right = inkX
    if (inkY < top) top = inkY
    if (inkY > bottom) bottom = inkY
  })
  if (left > right) return undefined
  return { left: x + left * scale, top: y + top * scale, right: x + right * scale, bottom: y + bottom * scale }
}

/** The points that an element is held by: of its line or of its edge. */
export function outlineOf(element: BoardElement, lookup: Lookup): readonly Point[] {
  if (element.kind === 'stroke') return strokeOnPage(element)
  return element.kind === 'line' ? endsOf(element, lookup) : edgeOf(element)
}

/** How far ink goes beyond the line that it follows. */
export function reachOf(element: BoardElement): number {
  if (element.kind === 'line') return element.hasHead ? headLength(element.thickness) : element.thickness
  if (element.kind === 'stroke') return element.thickness * element.place.scale
  return element.kind === 'shape' ? element.thickness * element.place.scale : 0
}
