import type { BoardElement, LineEnd, Place } from '../../council/board/element.ts'
import { centreOf, type Box } from '../plane/box.ts'
import { composed, onPage } from '../plane/similarity.ts'

/** What a movement changes of an element. */
export type Movement = { readonly place: Place } | { readonly from: LineEnd; readonly to: LineEnd }

/** How an element changes when it is moved, turned or scaled; ends of lines that stick to something stay there. */
export function moved(element: BoardElement, movement: Place): Movement {
  if (element.kind !== 'line') return { place: composed(movement, element.place) }
  const end = (old: LineEnd): LineEnd => ({ ...old, ...onPage(movement, old) })
  return { from: end(element.from), to: end(element.to) }
}

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]

/** The way that a box goes to be aligned within a frame. */
export function wayToAlign(box: Box, frame: Box, alignment: Alignment): { x: number; y: number } {
  const [own, whole] = [centreOf(box), centreOf(frame)]
  switch (alignment) {
    case 'left':
      return { x: frame.left - box.left, y: 0 }
    case 'centre':
      return { x: whole.x - own.x, y: 0 }
    case 'right':
      return { x: frame.right - box.right, y: 0 }
    case 'top':
      return { x: 0, y: frame.top - box.top }
    case 'middle':
      return { x: 0, y: whole.y - own.y }
    case 'bottom':
      return { x: 0, y: frame.bottom - box.bottom }
  }
}
