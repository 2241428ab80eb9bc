import type { BoardElement, ElementOf } from '../../council/board/element.ts'
import { boxAround, grown, type Box, type Point } from '../plane/box.ts'
import { onPage } from '../plane/similarity.ts'
import { edgeOf } from './edge.ts'
import { endsOf, type Lookup } from './ends.ts'
import { inkOf } from './ink-of.ts'

/** Length of an arrow's head for a line of some thickness, in the page's units. */
export const headLength = (thickness: number): number => 8 + thickness * 3

/** The points of a stroke on the page. */
export const strokeOnPage = (stroke: ElementOf<'stroke'>): Point[] =>
  inkOf(stroke).map((point) => onPage(stroke.place, point))

/** The box that an element can leave ink in; undefined for a stroke without points. */
export function extentOf(element: BoardElement, lookup: Lookup): Box | undefined {
  const box = boxAround(outlineOf(element, lookup))
  return box && grown(box, reachOf(element))
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
