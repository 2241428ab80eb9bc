import { boxAround, distance, type Point } from './box.ts'
import { inside, onPage } from './similarity.ts'

/** The smallest convex polygon around points, counter-clockwise on a page whose y points down (Andrew, 1979). */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const half = (line: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of line) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** A rectangle that is turned about its first corner. */
export interface TurnedBox {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly width: number
  readonly height: number
}

/** The rectangle of least area around a hull: one of its sides lies on one of the hull's (Freeman and Shapira, 1975). */
export function leastRectangle(hull: readonly Point[]): TurnedBox | undefined {
  let least: TurnedBox | undefined
  for (const [place, from] of hull.entries()) {
    const to = hull[(place + 1) % hull.length]!
    const turned = { x: 0, y: 0, angle: upright(Math.atan2(to.y - from.y, to.x - from.x)), scale: 1 }
    const box = boxAround(hull.map((point) => inside(turned, point)))
    if (!box) continue
    const [width, height] = [box.right - box.left, box.bottom - box.top]
    if (least && least.width * least.height <= width * height) continue
    least = { ...onPage(turned, { x: box.left, y: box.top }), angle: turned.angle, width, height }
  }
  return least
}

/** The same direction within an eighth of a turn to either side: which side is up stays as drawn. */
const upright = (angle: number): number => angle - (Math.round(angle / (Math.PI / 2)) * Math.PI) / 2

/** The triangle of most area with corners of a hull. */
export function greatestTriangle(hull: readonly Point[]): readonly [Point, Point, Point] | undefined {
  let greatest: readonly [Point, Point, Point] | undefined
  let most = 0
  for (let first = 0; first < hull.length; first++)
    for (let second = first + 1; second < hull.length; second++)
      for (let third = second + 1; third < hull.length; third++) {
        const [a, b, c] = [hull[first]!, hull[second]!, hull[third]!]
        const area = Math.abs(turn(a, b, c))
        if (area > most) [most, greatest] = [area, [a, b, c]]
      }
  return greatest
}

/** The side of a triangle above which the other corner stands nearest to the middle, and that corner. */
export function baseOf([a, b, c]: readonly [Point, Point, Point]): { from: Point; to: Point; top: Point } {
  const sides = [
    { from: a, to: b, top: c },
    { from: b, to: c, top: a },
    { from: c, to: a, top: b },
  ]
  const lean = ({ from, to, top }: (typeof sides)[number]): number =>
    Math.abs(distance(top, from) - distance(top, to)) / distance(from, to)
  return sides.reduce((best, side) => (lean(side) < lean(best) ? side : best))
}
