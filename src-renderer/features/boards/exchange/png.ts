import type { Lookup } from '../../../../shared/board/elements/ends.ts'
import { grown, type Box } from '../../../../shared/board/plane/box.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import { drawElements } from '../drawing/canvas.ts'
import { lightPalette } from '../drawing/palette.ts'
import { Pictures } from '../drawing/pictures.ts'
import type { PaperPicture } from './paper-picture.ts'
import type { PrintedPage } from './printed-page.ts'
import { exportMargin } from './svg.ts'

/** Pixels per unit, and the longest side that browsers draw without failing. */
const sharpness = 2
const longestSide = 8192

/** A page as a picture, on a light ground, with the paper on it that it lies over. */
export async function boardToPng(
  elements: readonly BoardElement[],
  box: Box,
  lookup: Lookup,
  paper?: PaperPicture,
): Promise<Blob> {
  const whole = grown(box, exportMargin)
  const canvas = await paint({ elements, box: whole, lookup }, sharpness, (context) => {
    context.fillStyle = lightPalette.ground
    context.fillRect(whole.left, whole.top, whole.right - whole.left, whole.bottom - whole.top)
    if (paper) context.drawImage(paper.picture, 0, 0, paper.width, paper.height)
  })
  return canvas.convertToBlob({ type: 'image/png' })
}

/** What lies in a box, in colours for a light ground, transparent but for what is painted below it. */
export async function paint(
  { elements, box: { left, top, right, bottom }, lookup }: PrintedPage,
  perUnit: number,
  below: (context: OffscreenCanvasRenderingContext2D) => void = () => undefined,
): Promise<OffscreenCanvas> {
  const [width, height] = [right - left, bottom - top]
  const scale = Math.min(perUnit, longestSide / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser gave no canvas to draw on.')
  const pictures = new Pictures(() => undefined)
  await pictures.load(elements.filter((element) => element.kind === 'picture'))
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale)
  below(context)
  drawElements(context, elements, scale, { palette: lightPalette, pictures, lookup })
  return canvas
}
