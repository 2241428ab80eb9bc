import type { GroundPicture } from '../../council/board/ground-picture.ts'
import { centreOf, type Box, type Point } from '../plane/box.ts'
import type { SheetSize } from './sharpness.ts'

/** Units between two sheets, and between them and what is there. */
const gap = 40

/** Where a picture of the ground lies. */
export const groundBox = ({
  x,
  y,
  width,
  height,
}: Omit<GroundPicture, 'id' | 'mediaType' | 'bytes' | 'text'>): Box => ({
  ...{ left: x, top: y, right: x + width, bottom: y + height },
})

/** The top left corner of something of a size that has its middle at a point. */
export const centredAt = ({ x, y }: Point, { width, height }: SheetSize): Point => ({
  x: x - width / 2,
  y: y - height / 2,
})

/**
 * Top left corners for sheets, in rows from left to right in about a square: right beside what is there already, or
 * around a point where nothing is.
 */
export function placeSheets(sizes: readonly SheetSize[], there: Box | undefined, middle: Point): Point[] {
  const columns = Math.max(1, Math.ceil(Math.sqrt(sizes.length)))
  const rows = Array.from({ length: Math.ceil(sizes.length / columns) }, (_, row) =>
    sizes.slice(row * columns, (row + 1) * columns),
  )
  const corners: Point[] = []
  let [wide, y] = [0, 0]
  for (const row of rows) {
    let x = 0
    for (const { width } of row) {
      corners.push({ x, y })
      x += width + gap
    }
    wide = Math.max(wide, x - gap)
    y += Math.max(...row.map(({ height }) => height)) + gap
  }
  const centre = centreOf({ left: 0, top: 0, right: wide, bottom: Math.max(0, y - gap) })
  const from = there ? { x: there.right + gap, y: there.top } : { x: middle.x - centre.x, y: middle.y - centre.y }
  return corners.map((corner) => ({ x: corner.x + from.x, y: corner.y + from.y }))
}
