import type { PlacedElement } from '../../council/board/element.ts'
import type { Point } from '../plane/box.ts'
import { onPage } from '../plane/similarity.ts'

type Sized = Exclude<PlacedElement, { kind: 'stroke' }>
const roundCorners = 32

/** The corners of a form in its own coordinates; an ellipse has many. */
export function cornersOfForm(
  form: 'rectangle' | 'ellipse' | 'triangle' | 'diamond',
  width: number,
  height: number,
): Point[] {
  const [middleX, middleY] = [width / 2, height / 2]
  switch (form) {
    case 'rectangle':
      return [
        { x: 0, y: 0 },
        { x: width, y: 0 },
        { x: width, y: height },
        { x: 0, y: height },
      ]
    case 'triangle':
      return [
        { x: middleX, y: 0 },
        { x: width, y: height },
        { x: 0, y: height },
      ]
    case 'diamond':
      return [
        { x: middleX, y: 0 },
        { x: width, y: middleY },
        { x: middleX, y: height },
        { x: 0, y: middleY },
      ]
    case 'ellipse':
      return Array.from({ length: roundCorners }, (_, place) => {
        const turn = (2 * Math.PI * place) / roundCorners
        return { x: middleX * (1 + Math.cos(turn)), y: middleY * (1 + Math.sin(turn)) }
      })
  }
}

/** The edge of an element on the page, as a closed polygon. */
export const edgeOf = (element: Sized): Point[] =>
  cornersOfForm(element.kind === 'shape' ? element.form : 'rectangle', element.width, element.height).map((corner) =>
    onPage(element.place, corner),
  )
