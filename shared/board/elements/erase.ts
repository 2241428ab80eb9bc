import type { InkPoint } from '../../council/board/ink.ts'
import { between, type Point } from '../plane/box.ts'
import { distanceToPiece, lengthOf } from '../plane/polygon.ts'

/** Where an eraser went: straight from one point to another, as wide as twice its radius. */
export interface Wipe {
  readonly from: Point
  readonly to: Point
  readonly radius: number
}

/** Shorter pieces than this (in the page's units) are not left over. */
const shortestRest = 0.5
const halvings = 20

const isWiped = (point: Point, { from, to, radius }: Wipe): boolean => distanceToPiece(point, from, to) < radius

/**
 * What is left of a stroke after an eraser went over it: none, one or several strokes; undefined when it did not touch
 * the stroke. Everything is in the same coordinates.
 */
export function wiped(points: readonly InkPoint[], wipe: Wipe): InkPoint[][] | undefined {
  const rests: InkPoint[][] = []
  let rest: InkPoint[] = []
  let isTouched = false
  const end = (): void => {
    if (rest.length > 0 && (points.length === 1 || lengthOf(rest) > shortestRest)) rests.push(rest)
    rest = []
  }
  for (const [place, point] of points.entries()) {
    const before = points[place - 1]
    const cuts = before ? cutsBetween(before, point, wipe) : []
    let isGone = before ? isWiped(before, wipe) : isWiped(point, wipe)
    for (const part of cuts) {
      isTouched = true
      const cut = inkBetween(before!, point, part)
      if (isGone) rest = [cut]
      else {
        rest.push(cut)
        end()
      }
      isGone = !isGone
    }
    isGone = isWiped(point, wipe)
    if (isGone) isTouched = true
    else rest.push(point)
  }
  end()
  return isTouched ? rests : undefined
}

const inkBetween = (a: InkPoint, b: InkPoint, part: number): InkPoint => ({
  ...between(a, b, part),
  pressure: a.pressure + (b.pressure - a.pressure) * part,
})

/** Parts of a straight way at which it enters or leaves what is wiped: none, one or two, as what is wiped is convex. */
function cutsBetween(a: InkPoint, b: InkPoint, wipe: Wipe): number[] {
  const [startGone, endGone] = [isWiped(a, wipe), isWiped(b, wipe)]
  if (startGone !== endGone) return [edgeBetween(a, b, wipe, 0, 1)]
  if (startGone) return []
  const nearest = nearestPart(a, b, wipe)
  if (!isWiped(between(a, b, nearest), wipe)) return []
  return [edgeBetween(a, b, wipe, 0, nearest), edgeBetween(a, b, wipe, nearest, 1)]
}

/** Where between two parts, of which one is wiped and one is not, the edge lies. */
function edgeBetween(a: Point, b: Point, wipe: Wipe, low: number, high: number): number {
  const lowGone = isWiped(between(a, b, low), wipe)
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2
    if (isWiped(between(a, b, middle), wipe) === lowGone) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The part of a way that comes nearest to the wipe; its distance is a convex function of the part. */
function nearestPart(a: Point, b: Point, { from, to }: Wipe): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < halvings * 2; step++) {
    const [first, second] = [low + (high - low) / 3, high - (high - low) / 3]
    const isFirstNearer =
      distanceToPiece(between(a, b, first), from, to) < distanceToPiece(between(a, b, second), from, to)
    if (isFirstNearer) high = second
    else low = first
  }
  return (low + high) / 2
}
