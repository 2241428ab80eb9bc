import type { Lookup } from '../../../../shared/board/elements/ends.ts'
import { grown, type Box } from '../../../../shared/board/plane/box.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import { drawElements } from '../drawing/canvas.ts'
import { lightPalette } from '../drawing/palette.ts'
import { Pictures } from '../drawing/pictures.ts'
import { exportMargin } from './svg.ts'

/** Pixels per unit, and the longest side that browsers draw without failing. */
const sharpness = 2
const longestSide = 8192

/** A page as a picture, on a light ground. */
export async function boardToPng(elements: readonly BoardElement[], box: Box, lookup: Lookup): Promise<Blob> {
  const { left, top, right, bottom } = grown(box, exportMargin)
  const [width, height] = [right - left, bottom - top]
  const scale = Math.min(sharpness, longestSide / Math.max(width, height))
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser gave no canvas to draw on.')
  const pictures = new Pictures(() => undefined)
  await pictures.load(elements.filter((element) => element.kind === 'picture'))
  context.fillStyle = lightPalette.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale)
  drawElements(context, elements, scale, { palette: lightPalette, pictures, lookup })
  return canvas.convertToBlob({ type: 'image/png' })
}
