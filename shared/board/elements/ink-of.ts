import type { ElementOf } from '../../council/board/element.ts'
import { unpackInk, type InkPoint } from '../../council/board/ink.ts'

const known = new WeakMap<Uint8Array, readonly InkPoint[]>()

/** The points of a stroke in its own coordinates, unpacked once; none when its bytes are no stroke. */
export function inkOf({ ink }: Pick<ElementOf<'stroke'>, 'ink'>): readonly InkPoint[] {
  let points = known.get(ink)
  if (!points) known.set(ink, (points = unpackInk(ink) ?? []))
  return points
}
