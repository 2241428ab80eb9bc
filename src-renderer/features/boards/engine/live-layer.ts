import { boxAround, type Box, type Point } from '../../../../shared/board/plane/box.ts'
import type { BoardElement, InkColour } from '../../../../shared/council/board/element.ts'
import type { InkPoint } from '../../../../shared/council/board/ink.ts'
import type { LiveStroke } from '../../../data/yjs/board/index.ts'
import { drawElements, type Ink } from '../drawing/canvas.ts'
import { inkOutline, markerOpacity } from '../drawing/ink-outline.ts'
import { boardFont } from '../drawing/text-lines.ts'
import { toWindow } from './camera.ts'
import type { Frame } from './tiles.ts'

/** What is drawn above the page for a moment; in the page's units. */
export type LiveItem =
  | { readonly kind: 'stroke'; readonly stroke: LiveStroke; readonly predicted: readonly InkPoint[] }
  /** Elements that are being made or moved, and the box that they fill. */
  | { readonly kind: 'elements'; readonly elements: readonly BoardElement[]; readonly box: Box }
  | { readonly kind: 'loop'; readonly points: readonly Point[] }
  | { readonly kind: 'ring'; readonly at: Point; readonly radius: number }
  | { readonly kind: 'cursor'; readonly at: Point; readonly name: string; readonly colour: InkColour }

const nameSize = 13
/** CSS pixels that a cursor with its name may take. */
const cursorReach = 240

/** The canvas above the page: strokes while they are drawn, and what hands do. It is emptied where it was drawn on. */
export class LiveLayer {
  readonly #context: CanvasRenderingContext2D
  readonly items = new Map<string, LiveItem>()
  #drawn: Box | undefined

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { desynchronized: true })
    if (!context) throw new Error('The browser gave no canvas to draw on.')
    this.#context = context
  }

  /** Draws all items and clears what was there before. */
  draw(frame: Frame, ink: Ink): void {
    const context = this.#context
    context.setTransform(1, 0, 0, 1, 0, 0)
    const { left, top, right, bottom } = this.#drawn ?? { left: 0, top: 0, right: 0, bottom: 0 }
    context.clearRect(left, top, right - left, bottom - top)
    const boxes = [...this.items.values()].flatMap((item) => this.#draw(item, frame, ink) ?? [])
    this.#drawn = boxAround(
      boxes.flatMap((box) => [
        { x: box.left, y: box.top },
        { x: box.right, y: box.bottom },
      ]),
    )
  }

  /** The canvas has another size, and is empty. */
  reset(): void {
    this.#drawn = undefined
  }

  /** Draws an item; the box that it took, in device pixels. */
  #draw(item: LiveItem, frame: Frame, ink: Ink): Box | undefined {
    const scale = frame.camera.zoom * frame.ratio
    this.#context.setTransform(scale, 0, 0, scale, -frame.camera.x * scale, -frame.camera.y * scale)
    const inPixels = (box: Box | undefined, reach: number): Box | undefined =>
      box && {
        left: Math.floor((box.left - frame.camera.x - reach) * scale) - 2,
        top: Math.floor((box.top - frame.camera.y - reach) * scale) - 2,
        right: Math.ceil((box.right - frame.camera.x + reach) * scale) + 2,
        bottom: Math.ceil((box.bottom - frame.camera.y + reach) * scale) + 2,
      }
    switch (item.kind) {
      case 'stroke': {
        const points = [...item.stroke.points, ...item.predicted]
        if (item.stroke.tool === 'laser') this.#drawTrail(points, item.stroke, ink)
        else this.#drawStroke(points, item.stroke, ink)
        return inPixels(boxAround(points), item.stroke.thickness * 2)
      }
      case 'elements':
        drawElements(this.#context, item.elements, scale, ink)
        return inPixels(item.box, 0)
      case 'loop':
        this.#drawLoop(item.points, scale / frame.ratio, ink)
        return inPixels(boxAround(item.points), 4 / frame.camera.zoom)
      case 'ring':
        this.#drawRing(item.at, item.radius, scale / frame.ratio, ink)
        return inPixels(boxAround([item.at]), item.radius + 4 / frame.camera.zoom)
      case 'cursor':
        this.#drawCursor(item, frame, ink)
        return inPixels(boxAround([item.at]), cursorReach / frame.camera.zoom)
    }
  }

  #drawStroke(points: readonly InkPoint[], stroke: LiveStroke, { palette }: Ink): void {
    this.#context.globalAlpha = stroke.tool === 'marker' ? markerOpacity : 1
    this.#context.fillStyle = palette[stroke.colour]
    this.#context.fill(new Path2D(inkOutline(points, stroke)))
    this.#context.globalAlpha = 1
  }

  /** The older, the thinner and paler; a point's pressure is how young it is. */
  #drawTrail(points: readonly InkPoint[], { colour, thickness }: LiveStroke, { palette }: Ink): void {
    const context = this.#context
    context.strokeStyle = context.fillStyle = palette[colour]
    context.lineCap = 'round'
    for (const [place, point] of points.entries()) {
      const before = points[place - 1]
      if (!before) continue
      context.globalAlpha = point.pressure
      context.lineWidth = thickness * point.pressure
      context.beginPath()
      context.moveTo(before.x, before.y)
      context.lineTo(point.x, point.y)
      context.stroke()
    }
    context.globalAlpha = 1
    const tip = points.at(-1)
    if (!tip) return
    context.beginPath()
    context.arc(tip.x, tip.y, thickness * 0.75, 0, 2 * Math.PI)
    context.fill()
  }

  #drawLoop(points: readonly Point[], zoom: number, { palette }: Ink): void {
    const context = this.#context
    context.beginPath()
    for (const { x, y } of points) context.lineTo(x, y)
    context.strokeStyle = palette.blue
    context.lineWidth = 2 / zoom
    context.setLineDash([6 / zoom, 5 / zoom])
    context.stroke()
    context.setLineDash([])
  }

  #drawRing({ x, y }: Point, radius: number, zoom: number, { palette }: Ink): void {
    const context = this.#context
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.strokeStyle = palette.grey
    context.lineWidth = 2 / zoom
    context.stroke()
  }

  #drawCursor({ at, name, colour }: LiveItem & { kind: 'cursor' }, frame: Frame, { palette }: Ink): void {
    const context = this.#context
    const { x, y } = toWindow(frame.camera, at)
    context.setTransform(frame.ratio, 0, 0, frame.ratio, x * frame.ratio, y * frame.ratio)
    context.fillStyle = palette[colour]
    context.strokeStyle = palette.ground
    context.lineWidth = 1.5
    const arrow = new Path2D('M0 0L5 15L8 9L14 7Z')
    context.fill(arrow)
    context.stroke(arrow)
    context.font = `${nameSize}px ${boardFont}`
    const width = Math.min(context.measureText(name).width + 12, cursorReach - 20)
    context.beginPath()
    context.roundRect(12, 14, width, nameSize + 10, 6)
    context.fill()
    context.fillStyle = palette.ground
    context.fillText(name, 18, 14 + nameSize + 3, width - 12)
  }
}
