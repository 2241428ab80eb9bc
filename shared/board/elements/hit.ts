import type { BoardElement } from '../../council/board/element.ts'
import { distance, type Point } from '../plane/box.ts'
import { crossing, distanceToLine, distanceToPiece, isInside } from '../plane/polygon.ts'
import type { Lookup } from './ends.ts'
import { outlineOf } from './extent.ts'

const isLine = (element: BoardElement): boolean => element.kind === 'stroke' || element.kind === 'line'

/** Half the width of an element's line, in the page's units. */
function halfWidth(element: BoardElement): number {
  if (element.kind === 'line') return element.thickness / 2
  return element.kind === 'stroke' ? (element.thickness * element.place.scale) / 2 : 0
}

/** Whether a point, with some tolerance in the page's units, is on an element. */
export function isHit(element: BoardElement, point: Point, tolerance: number, lookup: Lookup): boolean {
  const outline = outlineOf(element, lookup)
  if (outline.length === 0) return false
  if (isLine(element)) return distanceToLine(point, outline) <= halfWidth(element) + tolerance
  if (isInside(outline, point) && !isHollow(element)) return true
  return distanceToLine(point, [...outline, outline[0]!]) <= Math.max(tolerance, 0)
}

/** A form without a ground is only its line, so that what lies inside it can be picked. */
const isHollow = (element: BoardElement): boolean =>
  element.kind === 'shape' && !element.isFilled && element.text === ''

/** Whether something moved over an element on a straight way (the stroke eraser). */
export function isCrossed(element: BoardElement, from: Point, to: Point, radius: number, lookup: Lookup): boolean {
  if (isHit(element, to, radius, lookup)) return true
  const outline = outlineOf(element, lookup)
  const closed = isLine(element) ? outline : [...outline, ...outline.slice(0, 1)]
  const reach = halfWidth(element) + radius
  return closed.some((point, place) => {
    if (distanceToPiece(point, from, to) <= reach) return true
    return place > 0 && crossing(closed[place - 1]!, point, from, to) !== undefined
  })
}

/** Whether a lasso holds an element: every point of its outline. */
export function isHeldByLasso(element: BoardElement, lasso: readonly Point[], lookup: Lookup): boolean {
  const outline = outlineOf(element, lookup)
  if (lasso.length < 3 || outline.length === 0) return false
  return outline.every((point) => isInside(lasso, point)) && !cutsThrough(lasso, outline)
}

/** A straight edge can leave the lasso between two points that are inside. */
function cutsThrough(lasso: readonly Point[], outline: readonly Point[]): boolean {
  if (outline.length > 64) return false
  return outline.some((point, place) => {
    const before = outline[place - 1]
    if (!before || distance(before, point) === 0) return false
    return lasso.some((corner, at) => crossing(before, point, lasso.at(at - 1)!, corner) !== undefined)
  })
}
