import type { Point } from '../../../../shared/board/plane/box.ts'

/** A ruler that lies on the page: the middle of its edge, and its direction in radians. */
export interface Ruler extends Point {
  readonly angle: number
}

/** The nearest point of the ruler's edge. */
export function alongRuler<P extends Point>({ x, y, angle }: Ruler, point: P): P {
  const way = (point.x - x) * Math.cos(angle) + (point.y - y) * Math.sin(angle)
  return { ...point, x: x + way * Math.cos(angle), y: y + way * Math.sin(angle) }
}

/** Distance of a point from the ruler's edge. */
export const fromRuler = ({ x, y, angle }: Ruler, point: Point): number =>
  Math.abs((point.y - y) * Math.cos(angle) - (point.x - x) * Math.sin(angle))
