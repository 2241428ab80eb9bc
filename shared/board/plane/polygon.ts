import { boxAround, distance, type Point } from './box.ts'

/** Whether a point lies inside a closed polygon, by the even-odd rule. */
export function isInside(polygon: readonly Point[], { x, y }: Point): boolean {
  let is = false
  for (let here = 0, before = polygon.length - 1; here < polygon.length; before = here++) {
    const [a, b] = [polygon[here]!, polygon[before]!]
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) is = !is
  }
  return is
}

/** Distance of a point from the piece of a line between two points. */
export function distanceToPiece(point: Point, from: Point, to: Point): number {
  const [wayX, wayY] = [to.x - from.x, to.y - from.y]
  const square = wayX * wayX + wayY * wayY
  if (square === 0) return distance(point, from)
  const part = Math.min(1, Math.max(0, ((point.x - from.x) * wayX + (point.y - from.y) * wayY) / square))
  return Math.hypot(from.x + part * wayX - point.x, from.y + part * wayY - point.y)
}

/** Distance of a point from a line through points. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  if (line.length === 1) return distance(point, line[0]!)
  let least = Infinity
  for (let place = 1; place < line.length; place++)
    least = Math.min(least, distanceToPiece(point, line[place - 1]!, line[place]!))
  return least
}

/** Where two pieces of lines cross, as part of the first one's way; undefined when they do not. */
export function crossing(a: Point, b: Point, c: Point, d: Point): number | undefined {
  const [firstX, firstY, secondX, secondY] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y]
  const turn = firstX * secondY - firstY * secondX
  if (turn === 0) return undefined
  const part = ((c.x - a.x) * secondY - (c.y - a.y) * secondX) / turn
  const other = ((c.x - a.x) * firstY - (c.y - a.y) * firstX) / turn
  return part >= 0 && part <= 1 && other >= 0 && other <= 1 ? part : undefined
}

/** Length of a line through points. */
export const lengthOf = (line: readonly Point[]): number =>
  line.reduce((sum, point, place) => (place === 0 ? 0 : sum + distance(line[place - 1]!, point)), 0)

/** Size of the area inside a closed polygon. */
export const areaOf = (polygon: readonly Point[]): number =>
  Math.abs(
    polygon.reduce((sum, a, place) => {
      const b = polygon[(place + 1) % polygon.length]!
      return sum + a.x * b.y - b.x * a.y
    }, 0),
  ) / 2

/** The line with fewer points that nowhere leaves the old one by more than `tolerance` (Douglas and Peucker, 1973). */
export function thinned<P extends Point>(line: readonly P[], tolerance: number): P[] {
  const kept = new Uint8Array(line.length)
  kept[0] = kept[line.length - 1] = 1
  const open: [number, number][] = [[0, line.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span
    let [farthest, where] = [tolerance, -1]
    for (let place = from + 1; place < to; place++) {
      const away = distanceToPiece(line[place]!, line[from]!, line[to]!)
      if (away > farthest) [farthest, where] = [away, place]
    }
    if (where < 0) continue
    kept[where] = 1
    open.push([from, where], [where, to])
  }
  return line.filter((_, place) => kept[place])
}

/** The longest way across a set of points, by its box. */
export function diagonalOf(points: readonly Point[]): number {
  const box = boxAround(points)
  return box ? Math.hypot(box.right - box.left, box.bottom - box.top) : 0
}
