import type { Card, LowerThird, Scene } from '../capture-contract.ts'
import type { HeldPictures } from './held-pictures.ts'
import { fitInside, rectanglesOf, wrapText, type Rectangle } from './picture-layout.ts'

const font = (size: number, weight = 400): string =>
  `${weight} ${size}px "Inter Variable", Inter, system-ui, sans-serif`
/** Drawn without the app's tokens, which no worker has: white on a dark ground, at 15:1. */
const colours = { ground: '#101820', surface: '#16222e', text: '#ffffff', muted: '#c9d4de', accent: '#7cc4ff' }

/** Draws a scene. The canvas is the preview and the source of every rendition alike. */
export class Compositor {
  readonly #held: HeldPictures
  readonly #canvas: OffscreenCanvas
  readonly #context: OffscreenCanvasRenderingContext2D

  constructor(canvas: OffscreenCanvas, held: HeldPictures) {
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('this browser draws nothing in a worker')
    this.#canvas = canvas
    this.#context = context
    this.#held = held
  }

  get canvas(): OffscreenCanvas {
    return this.#canvas
  }

  draw(scene: Scene): void {
    const { width, height } = this.#canvas
    this.#fill(colours.ground, { x: 0, y: 0, width, height })
    const [main, side] = rectanglesOf(scene.layout, width, height)
    this.#source(scene.main, main, scene.fallback ?? undefined)
    if (side && scene.side !== null) this.#source(scene.side, side)
    if (scene.lowerThird) this.#lowerThird(scene.lowerThird)
  }

  #source(source: string | null, into: Rectangle, fallback?: Card): void {
    const held = this.#held.get(source)
    if (held?.kind === 'card') this.#card(held.card, into)
    else if (held) this.#image(held.image, into)
    else if (fallback) this.#card(fallback, into)
    else this.#fill(colours.surface, into)
  }

  #image(image: VideoFrame | ImageBitmap, into: Rectangle): void {
    const [width, height] =
      image instanceof ImageBitmap ? [image.width, image.height] : [image.displayWidth, image.displayHeight]
    const { x, y, width: wide, height: high } = fitInside(width, height, into)
    this.#context.drawImage(image, x, y, wide, high)
  }

  #card({ strip, heading, detail }: Card, into: Rectangle): void {
    const unit = into.height / 100
    this.#fill(colours.surface, into)
    const left = into.x + 6 * unit
    const width = into.width - 12 * unit
    this.#text(strip, left, into.y + 10 * unit, width, font(3.6 * unit), colours.muted, 1)
    const below = this.#text(heading, left, into.y + 30 * unit, width, font(8 * unit, 700), colours.text, 4)
    this.#text(detail, left, below + 4 * unit, width, font(5 * unit), colours.accent, 3)
  }

  #lowerThird({ title, detail }: LowerThird): void {
    const { width, height } = this.#canvas
    const unit = height / 100
    const band: Rectangle = { x: 0, y: height - 17 * unit, width, height: 17 * unit }
    this.#context.globalAlpha = 0.88
    this.#fill(colours.ground, band)
    this.#context.globalAlpha = 1
    this.#fill(colours.accent, { ...band, width: unit })
    this.#text(title, 4 * unit, band.y + 7 * unit, width - 8 * unit, font(4.6 * unit, 700), colours.text, 1)
    this.#text(detail, 4 * unit, band.y + 13.5 * unit, width - 8 * unit, font(3.8 * unit), colours.muted, 1)
  }

  #fill(colour: string, { x, y, width, height }: Rectangle): void {
    this.#context.fillStyle = colour
    this.#context.fillRect(x, y, width, height)
  }

  /** @returns the lower edge of what was written */
  #text(text: string, x: number, y: number, width: number, style: string, colour: string, lines: number): number {
    const context = this.#context
    context.font = style
    context.fillStyle = colour
    const step = Number.parseFloat(style.split(' ')[1] ?? '') * 1.2
    const wrapped = wrapText(text, width, lines, (part) => context.measureText(part).width)
    wrapped.forEach((line, index) => context.fillText(line, x, y + index * step))
    return y + wrapped.length * step
  }
}
