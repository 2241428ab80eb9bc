import { distance, type Point } from '../plane/box.ts'
import { diagonalOf, distanceToPiece, lengthOf, thinned } from '../plane/polygon.ts'

/** A straight stroke leaves the line between its ends by at most this share of its length, and is hardly longer. */
const straightness = 0.06
const detour = 1.15
/** A barb is at most this share of the shaft, and leaves it by at most 75 degrees. */
const longestBarb = 0.6
const widestBarb = (75 * Math.PI) / 180
/** The tip is found again within this share of the shaft. */
const tipWidth = 0.2

interface Shaft {
  readonly from: Point
  readonly to: Point
}

/** Whether a stroke was meant as a straight line. */
export function isStraight(points: readonly Point[]): boolean {
  const [from, to] = [points[0]!, points.at(-1)!]
  const span = distance(from, to)
  return (
    lengthOf(points) <= detour * span &&
    points.every((point) => distanceToPiece(point, from, to) <= straightness * span)
  )
}

/**
 * An arrow in one stroke: a straight shaft, then barbs to both sides, either back over the tip or from one barb to the
 * other.
 */
export function arrowIn(points: readonly Point[]): Shaft | undefined {
  const corners = thinned(points, 0.05 * diagonalOf(points))
  const [from, to, first, third, fourth] = corners
  if (!from || !to || !first || !third || corners.length > 5) return undefined
  const second = fourth ?? third
  if (fourth && distance(third, to) > tipWidth * distance(from, to)) return undefined
  const [one, other] = [barbTurn(from, to, first), barbTurn(from, to, second)]
  return one !== undefined && other !== undefined && one * other < 0 ? { from, to } : undefined
}

/** The angle between a barb and the shaft, its sign says to which side; undefined when it is no barb. */
function barbTurn(from: Point, tip: Point, end: Point): number | undefined {
  const [shaft, barb] = [distance(from, tip), distance(tip, end)]
  if (barb === 0 || barb > longestBarb * shaft) return undefined
  const [backX, backY, wayX, wayY] = [from.x - tip.x, from.y - tip.y, end.x - tip.x, end.y - tip.y]
  const turn = Math.atan2(backX * wayY - backY * wayX, backX * wayX + backY * wayY)
  return Math.abs(turn) <= widestBarb ? turn : undefined
}
