/** A point of a stroke, with the pen's pressure. */
export interface BenchPoint {
  readonly x: number
  readonly y: number
  readonly pressure: number
}

/** Points of each stroke. */
const points = 40
/** Units from one stroke to the next on the grid. */
const apart = 90

/** The same strokes for everybody: small loops on a grid, from a seed. */
export function seededStrokes(count: number): BenchPoint[][] {
  let seed = 7
  const chance = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647
  const columns = Math.ceil(Math.sqrt(count * 1.78))
  return Array.from({ length: count }, (_, place) => {
    const [left, top] = [(place % columns) * apart, Math.floor(place / columns) * apart]
    const [turn, wide, tall] = [chance() * 6, 15 + chance() * 20, 15 + chance() * 20]
    return Array.from({ length: points }, (_, at) => ({
      x: left + wide * Math.cos(turn + at / 7) + at * 0.4,
      y: top + tall * Math.sin(turn + at / 5),
      pressure: 0.3 + 0.4 * chance(),
    }))
  })
}

/** What the measuring process asks of each board. */
export interface BenchBoard {
  /** Brings strokes into the form in which the board gets them from others; returns what puts that on the board. */
  prepare(strokes: BenchPoint[][]): () => void
  /** Shows the page from a point on, so many CSS pixels to the unit. */
  look(x: number, y: number, zoom: number): void
  /** Takes the pen. */
  pen(): void
}
