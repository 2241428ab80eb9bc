import { distance, type Point } from '../plane/box.ts'
import { areaOf, diagonalOf, lengthOf, thinned } from '../plane/polygon.ts'
import { baseOf, greatestTriangle, hullOf, leastRectangle, type TurnedBox } from '../plane/hull.ts'
import { arrowIn, isStraight } from './straight.ts'

/** What a hand-drawn stroke was meant to be. */
export type Recognised =
  | { readonly kind: 'line' | 'arrow'; readonly from: Point; readonly to: Point }
  | ({ readonly kind: 'shape'; readonly form: 'rectangle' | 'ellipse' | 'triangle' } & TurnedBox)

/** Smaller strokes (in the page's units) are writing. */
const smallest = 20
/** A closed stroke ends within this share of its length from where it began. */
const openness = 0.15
/** What is turned by less (6 degrees) was meant to be level. */
const level = Math.PI / 30
/** Among sides that differ by less, an ellipse was meant to be a circle, a rectangle a square. */
const evenness = 1.12

/**
 * Shares of areas that tell forms apart, whatever their size and direction (after Fonseca and Jorge, CALI, 2000): of
 * the greatest triangle in the hull (triangle 1, rectangle 0.5, ellipse 0.41), and of the hull in the least rectangle
 * around it (rectangle 1, ellipse 0.785, triangle 0.5).
 */
const shares = { triangle: 0.72, rectangle: 0.87, ellipse: [0.7, 0.87], ellipseTriangle: 0.48 } as const

/** Says what form a stroke is; undefined when it is none. */
export function recognise(points: readonly Point[]): Recognised | undefined {
  const [from, to] = [points[0], points.at(-1)]
  const size = diagonalOf(points)
  if (!from || !to || size < smallest) return undefined
  if (isStraight(points)) return { kind: 'line', from, to }
  const arrow = arrowIn(points)
  if (arrow) return { kind: 'arrow', ...arrow }
  if (distance(from, to) > openness * lengthOf(points)) return undefined
  return closedForm(points, size)
}

function closedForm(points: readonly Point[], size: number): Recognised | undefined {
  const hull = thinned(hullOf(points), size / 200)
  const [rectangle, triangle] = [leastRectangle(hull), greatestTriangle(hull)]
  if (!rectangle || !triangle) return undefined
  const area = areaOf(hull)
  // A scribble covers its hull several times.
  if (areaOf(points) < 0.7 * area || lengthOf(points) > 1.4 * lengthOf([...hull, hull[0]!])) return undefined
  const inTriangle = areaOf(triangle) / area
  const ofRectangle = area / (rectangle.width * rectangle.height)
  if (inTriangle > shares.triangle) return { kind: 'shape', form: 'triangle', ...standing(triangle) }
  if (ofRectangle > shares.rectangle) return { kind: 'shape', form: 'rectangle', ...evened(rectangle) }
  const [least, most] = shares.ellipse
  if (ofRectangle > least && ofRectangle <= most && inTriangle < shares.ellipseTriangle)
    return { kind: 'shape', form: 'ellipse', ...rounded(rectangle) }
  return undefined
}

/** A triangle upon its base. */
function standing(corners: readonly [Point, Point, Point]): TurnedBox {
  const { from, to, top } = baseOf(corners)
  const isRight = (to.x - from.x) * (top.y - from.y) - (to.y - from.y) * (top.x - from.x) < 0
  const [left, right] = isRight ? [from, to] : [to, from]
  const angle = Math.atan2(right.y - left.y, right.x - left.x)
  const width = distance(left, right)
  const height = (2 * areaOf(corners)) / width
  return levelled({ x: left.x + Math.sin(angle) * height, y: left.y - Math.cos(angle) * height, angle, width, height })
}

const rounded = (box: TurnedBox): TurnedBox => {
  const even = evened(box)
  // A circle has no direction.
  return even.width === even.height ? turnedAboutMiddle(even, 0) : even
}

function evened(box: TurnedBox): TurnedBox {
  const { width, height } = box
  if (Math.max(width, height) > evenness * Math.min(width, height)) return levelled(box)
  const side = (width + height) / 2
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)]
  const [right, down] = [(width - side) / 2, (height - side) / 2]
  const [x, y] = [box.x + cos * right - sin * down, box.y + sin * right + cos * down]
  return levelled({ ...box, x, y, width: side, height: side })
}

function levelled(box: TurnedBox): TurnedBox {
  const quarter = (Math.round(box.angle / (Math.PI / 2)) * Math.PI) / 2
  return Math.abs(box.angle - quarter) < level ? turnedAboutMiddle(box, quarter) : box
}

function turnedAboutMiddle(box: TurnedBox, angle: number): TurnedBox {
  const middle = (turn: number): Point => ({
    x: (Math.cos(turn) * box.width - Math.sin(turn) * box.height) / 2,
    y: (Math.sin(turn) * box.width + Math.cos(turn) * box.height) / 2,
  })
  const [before, after] = [middle(box.angle), middle(angle)]
  return { ...box, x: box.x + before.x - after.x, y: box.y + before.y - after.y, angle }
}
