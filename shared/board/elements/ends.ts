import type { BoardElement, ElementOf, LineEnd, PlacedElement } from '../../council/board/element.ts'
import { between, distance, type Point } from '../plane/box.ts'
import { crossing } from '../plane/polygon.ts'
import { inside, onPage } from '../plane/similarity.ts'
import { edgeOf } from './edge.ts'

/** Finds an element of the page by its id. */
export type Lookup = (id: string) => BoardElement | undefined

/** What a line can stick to: everything with a width and a height. */
export type Sized = Exclude<PlacedElement, { kind: 'stroke' }>

export const isSized = (element: BoardElement): element is Sized => 'width' in element

/** Where a line begins and ends on the page, after what it sticks to has moved. */
export function endsOf(line: ElementOf<'line'>, lookup: Lookup): readonly [Point, Point] {
  const [from, to] = [heldPoint(line.from, lookup), heldPoint(line.to, lookup)]
  return [clipped(to, from, line.from, lookup), clipped(from, to, line.to, lookup)]
}

/** An end at a point: stuck to the topmost element there, when there is one. */
export function endAt(point: Point, target: Sized | undefined): LineEnd {
  if (!target) return { x: point.x, y: point.y }
  const at = inside(target.place, point)
  return {
    ...{ x: point.x, y: point.y },
    stuck: { to: target.id, u: part(at.x, target.width), v: part(at.y, target.height) },
  }
}

const part = (value: number, whole: number): number => (whole === 0 ? 0.5 : Math.min(1, Math.max(0, value / whole)))

function heldPoint({ x, y, stuck }: LineEnd, lookup: Lookup): Point {
  const target = stuck && lookup(stuck.to)
  if (!target || !isSized(target)) return { x, y }
  return onPage(target.place, { x: stuck.u * target.width, y: stuck.v * target.height })
}

/** A line towards an element stops at its edge, and does not lie over its text. */
function clipped(outside: Point, held: Point, { stuck }: LineEnd, lookup: Lookup): Point {
  const target = stuck && lookup(stuck.to)
  if (!target || !isSized(target)) return held
  const edge = edgeOf(target)
  let [nearest, best] = [held, Infinity]
  for (const [place, corner] of edge.entries()) {
    const at = crossing(outside, held, corner, edge[(place + 1) % edge.length]!)
    if (at === undefined) continue
    const point = between(outside, held, at)
    if (distance(outside, point) < best) [nearest, best] = [point, distance(outside, point)]
  }
  return nearest
}
