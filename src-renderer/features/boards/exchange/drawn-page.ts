import type { Lookup } from '../../../../shared/board/elements/ends.ts'
import { boxAroundAll, type Box } from '../../../../shared/board/plane/box.ts'
import { groundBox } from '../../../../shared/board/sheets/placing.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { encode } from '../drawing/encode.ts'
import type { PaperPage } from '../engine/paper.ts'
import { byOrder, type Scene } from '../engine/scene.ts'

/** A picture that lies below everything on a page: that of its ground, or a page of a paper. */
export interface PictureBelow extends Pick<GroundPicture, 'mediaType' | 'bytes' | 'text'> {
  readonly box: Box
  /** That of the ground, with its name; absent for a paper. */
  readonly ground?: GroundPicture
}

/** A page and everything on it, in its order. */
export interface DrawnPage {
  readonly elements: readonly BoardElement[]
  readonly box: Box
  readonly lookup: Lookup
  readonly below?: PictureBelow | undefined
}

/** Pixels per unit of a paper. */
const sharpness = 2

/** Everything on a page in its order. */
export const elementsOf = ({ page }: Scene): BoardElement[] => [...page.elements.values()].toSorted(byOrder)

/**
 * A page as it is given away; undefined when nothing is on it.
 * @param below the picture of a paper, where the page lies over one
 */
export function drawnPage(scene: Scene, below = groundBelow(scene)): DrawnPage | undefined {
  const drawn = scene.boxAround()
  const box = boxAroundAll([...(drawn ? [drawn] : []), ...(below ? [below.box] : [])])
  return box && { elements: elementsOf(scene), box, lookup: scene.lookup, below }
}

function groundBelow({ page }: Scene): PictureBelow | undefined {
  const { picture } = page.setup
  return picture ? { ...picture, box: groundBox(picture), ground: picture } : undefined
}

/** Draws a page of a paper as a whole. */
export async function paperBelow(paper: PaperPage): Promise<PictureBelow> {
  const box = { left: 0, top: 0, right: paper.width, bottom: paper.height }
  const canvas = await paper.draw(box, sharpness, (goOn) => goOn()).picture
  return { box, mediaType: 'image/png', bytes: await encode(canvas, 'image/png', 1), text: '' }
}
