import type { Place } from '../../council/board/element.ts'
import type { Point } from './box.ts'

/** Where a point of an element's own coordinates lies on the page. */
export function onPage({ x, y, angle, scale }: Place, point: Point): Point {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  return { x: x + cos * point.x - sin * point.y, y: y + sin * point.x + cos * point.y }
}

/** The way back of `onPage`. */
export function inside({ x, y, angle, scale }: Place, point: Point): Point {
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale]
  const [dx, dy] = [point.x - x, point.y - y]
  return { x: cos * dx + sin * dy, y: cos * dy - sin * dx }
}

/** What undoes a movement. */
export function inverse(place: Place): Place {
  const { x, y } = inside(place, { x: 0, y: 0 })
  return { x, y, angle: -place.angle, scale: 1 / place.scale }
}

/** First `inner`, then `outer`. */
export const composed = (outer: Place, inner: Place): Place => ({
  ...onPage(outer, inner),
  angle: outer.angle + inner.angle,
  scale: outer.scale * inner.scale,
})

/** Moves by a way. */
export const moving = (x: number, y: number): Place => ({ x, y, angle: 0, scale: 1 })

/** Turns by an angle (radians) and scales about a point that stays where it is. */
export function about(centre: Point, angle: number, scale: number): Place {
  const { x, y } = onPage({ x: 0, y: 0, angle, scale }, centre)
  return { x: centre.x - x, y: centre.y - y, angle, scale }
}
