import { grown, type Box } from '../../../../shared/board/plane/box.ts'
import { drawElements } from '../drawing/canvas.ts'
import { lightPalette } from '../drawing/palette.ts'
import { Pictures } from '../drawing/pictures.ts'
import type { DrawnPage } from './drawn-page.ts'
import { exportMargin } from './svg.ts'

/** Pixels per unit, and the longest side that browsers draw without failing. */
const sharpness = 2
const longestSide = 8192

/** A page as a picture, on a light ground, with what lies below. */
export async function boardToPng({ below, ...page }: DrawnPage): Promise<Blob> {
  const whole = grown(page.box, exportMargin)
  const picture = below && (await createImageBitmap(new Blob([new Uint8Array(below.bytes)], { type: below.mediaType })))
  const canvas = await paint({ ...page, box: whole }, sharpness, (context) => {
    context.fillStyle = lightPalette.ground
    context.fillRect(whole.left, whole.top, whole.right - whole.left, whole.bottom - whole.top)
    context.imageSmoothingQuality = 'high'
    if (picture) context.drawImage(picture, ...cornerAndSize(below.box))
  })
  picture?.close()
  return canvas.convertToBlob({ type: 'image/png' })
}

const cornerAndSize = ({ left, top, right, bottom }: Box): [number, number, number, number] => [
  ...([left, top, right - left, bottom - top] as const),
]

/** What lies in a box, in colours for a light ground, transparent but for what is painted below it. */
export async function paint(
  { elements, box: { left, top, right, bottom }, lookup }: Omit<DrawnPage, 'below'>,
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
