import type { Lookup } from '../../../../shared/board/elements/ends.ts'
import type { BoardElement, ElementOf } from '../../../../shared/council/board/element.ts'
import { eachInkPoint } from '../../../../shared/council/board/ink.ts'
import { markerOpacity } from './ink-outline.ts'
import { drawingOf, type Mark } from './marks.ts'
import type { Palette } from './palette.ts'
import type { Pictures } from './pictures.ts'
import { boardFont, lineHeight } from './text-lines.ts'

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** What elements are drawn with. */
export interface Ink {
  readonly palette: Palette
  readonly pictures: Pictures
  readonly lookup: Lookup
}

/** Strokes thinner than this, in device pixels, are drawn as lines: nobody sees their outline. */
const thinnest = 1.6

/**
 * Draws elements in their order, on a context whose transform is that of the page; `scale` is device pixels per unit.
 * Thin strokes of one look that follow each other are one path.
 */
export function drawElements(context: Context, elements: readonly BoardElement[], scale: number, ink: Ink): void {
  const run = new ThinRun(context, scale, ink.palette)
  for (const element of elements) {
    if (element.kind === 'stroke' && element.thickness * element.place.scale * scale < thinnest) run.add(element)
    else {
      run.end()
      drawElement(context, element, ink)
    }
  }
  run.end()
}

function drawElement(context: Context, element: BoardElement, ink: Ink): void {
  const { place, marks } = drawingOf(element, ink.lookup)
  context.save()
  context.translate(place.x, place.y)
  context.rotate(place.angle)
  context.scale(place.scale, place.scale)
  for (const mark of marks) drawMark(context, mark, ink)
  context.restore()
}

/** Draws one mark in the coordinates of its element. */
function drawMark(context: Context, mark: Mark, { palette, pictures }: Ink): void {
  switch (mark.kind) {
    case 'area':
      context.globalAlpha = mark.opacity ?? 1
      context.fillStyle = palette[mark.paint]
      context.fill(new Path2D(mark.path))
      context.globalAlpha = 1
      return
    case 'line':
      context.strokeStyle = palette[mark.paint]
      context.lineWidth = mark.thickness
      context.lineCap = context.lineJoin = 'round'
      context.stroke(new Path2D(mark.path))
      return
    case 'words':
      context.fillStyle = palette[mark.paint]
      context.font = `${mark.size}px ${boardFont}`
      for (const [line, text] of mark.lines.entries())
        context.fillText(text, mark.x, mark.y + line * mark.size * lineHeight)
      return
    case 'picture':
      drawPicture(context, mark.element, palette, pictures)
  }
}

function drawPicture(context: Context, element: ElementOf<'picture'>, palette: Palette, pictures: Pictures): void {
  const bitmap = pictures.get(element)
  if (bitmap instanceof ImageBitmap) {
    // Print that is made smaller is blotched otherwise.
    context.imageSmoothingQuality = 'high'
    return context.drawImage(bitmap, 0, 0, element.width, element.height)
  }
  context.strokeStyle = palette.grey
  context.lineWidth = 2
  context.strokeRect(1, 1, element.width - 2, element.height - 2)
  if (bitmap !== 'damaged') return
  context.stroke(new Path2D(`M0 0L${element.width} ${element.height}M${element.width} 0L0 ${element.height}`))
}

/** Strokes of one look as one path, with no more points than there are pixels. */
class ThinRun {
  readonly #context: Context
  readonly #scale: number
  readonly #palette: Palette
  #look = ''
  #stroke: ElementOf<'stroke'> | undefined

  constructor(context: Context, scale: number, palette: Palette) {
    this.#context = context
    this.#scale = scale
    this.#palette = palette
  }

  add(stroke: ElementOf<'stroke'>): void {
    const look = `${stroke.tool} ${stroke.colour} ${stroke.thickness * stroke.place.scale}`
    if (look !== this.#look) {
      this.end()
      this.#context.beginPath()
      this.#look = look
    }
    this.#stroke = stroke
    this.#trace(stroke)
  }

  end(): void {
    const stroke = this.#stroke
    if (!stroke) return
    this.#context.globalAlpha = stroke.tool === 'marker' ? markerOpacity : 1
    this.#context.strokeStyle = this.#palette[stroke.colour]
    this.#context.lineWidth = Math.max(stroke.thickness * stroke.place.scale, 0.75 / this.#scale)
    this.#context.lineCap = this.#context.lineJoin = 'round'
    this.#context.stroke()
    this.#context.globalAlpha = 1
    this.#look = ''
    this.#stroke = undefined
  }

  #trace({ ink, place }: ElementOf<'stroke'>): void {
    const [cos, sin] = [Math.cos(place.angle) * place.scale, Math.sin(place.angle) * place.scale]
    const least = 1.5 / this.#scale
    let [lastX, lastY, endX, endY] = [NaN, NaN, NaN, NaN]
    eachInkPoint(ink, (inkX, inkY) => {
      endX = place.x + cos * inkX - sin * inkY
      endY = place.y + sin * inkX + cos * inkY
      if (Math.abs(endX - lastX) < least && Math.abs(endY - lastY) < least) return
      if (Number.isNaN(lastX)) this.#context.moveTo(endX, endY)
      else this.#context.lineTo(endX, endY)
      lastX = endX
      lastY = endY
    })
    if (endX !== lastX || endY !== lastY) this.#context.lineTo(endX, endY)
  }
}
