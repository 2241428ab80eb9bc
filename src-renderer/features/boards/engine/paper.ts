import { grown, holds, touches, type Box } from '../../../../shared/board/plane/box.ts'
import type { Context } from '../drawing/canvas.ts'
import { drawSheet, type Below } from './below.ts'

/** A page of a paper, in units of the board's page, that can be drawn at any size, a little at a time. */
export interface PaperPage {
  readonly width: number
  readonly height: number
  draw(
    part: Box,
    scale: number,
    next: (goOn: () => void) => void,
  ): { readonly picture: Promise<HTMLCanvasElement>; cancel(): void }
}

/** Pixels of the picture that is always there, of one of the whole page, and of one of what the window shows. */
const pixels = { coarse: 1_000_000, whole: 16_000_000, part: 3840 * 2160 * 4 }
/** Share of the window's size that is drawn around it, so that a small move shows nothing unsharp. */
const around = 0.25

interface Picture {
  readonly part: Box
  readonly scale: number
  /** The scale that was asked for: a part that is too large for it is drawn less sharp. */
  readonly wanted: number
  readonly canvas: HTMLCanvasElement
}

/**
 * The page of a paper that lies below everything drawn. Its pictures are made while nobody draws: a coarse one of the
 * whole page first, which stands in wherever the one in the sharpness of the window is not there yet.
 */
export class Paper implements Below {
  readonly box: Box
  /** Called when a part of the page can be drawn sharper. */
  onpicture: (part: Box) => void = () => undefined
  /** Called when the page cannot be drawn. */
  onfault: () => void = () => undefined
  readonly #page: PaperPage
  readonly #isBusy: () => boolean
  #coarse: Picture | undefined
  #sharp: Picture | undefined
  #running: { readonly part: Box; readonly wanted: number; cancel(): void } | undefined
  #isClosed = false

  /** @param isBusy whether somebody is drawing right now */
  constructor(page: PaperPage, isBusy: () => boolean) {
    this.#page = page
    this.#isBusy = isBusy
    this.box = { left: 0, top: 0, right: page.width, bottom: page.height }
  }

  want(shown: Box, scale: number): void {
    const seen = inBoth(shown, this.box)
    if (!seen || this.#isClosed || this.#isEnough(seen, scale)) return
    if (!this.#coarse) {
      if (!this.#running) this.#begin(this.box, coarseScale(this.box), 0)
      return
    }
    const { part, wanted } = this.#running ?? {}
    if (part && wanted === scale && touches(part, seen)) return
    this.#running?.cancel()
    const isSmall = areaOf(this.box) * scale ** 2 <= pixels.whole
    const asked = isSmall
      ? this.box
      : toPixels(inBoth(grown(shown, around * (shown.right - shown.left)), this.box)!, scale)
    this.#begin(asked, Math.min(scale, scaleOf(asked, pixels.part)), scale)
  }

  draw(context: Context, box: Box, scale: number): void {
    drawSheet(context, this.box, scale)
    for (const picture of [this.#coarse, this.#sharp]) {
      const part = picture && inBoth(box, picture.part)
      if (!part) continue
      const [x, y] = [(part.left - picture.part.left) * picture.scale, (part.top - picture.part.top) * picture.scale]
      const [width, height] = [part.right - part.left, part.bottom - part.top]
      const size = [width * picture.scale, height * picture.scale] as const
      context.drawImage(picture.canvas, x, y, ...size, part.left, part.top, width, height)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#running?.cancel()
    for (const picture of [this.#coarse, this.#sharp]) release(picture)
    this.#running = this.#coarse = this.#sharp = undefined
  }

  #isEnough(seen: Box, scale: number): boolean {
    if (this.#coarse && this.#coarse.scale >= scale) return true
    return this.#sharp !== undefined && this.#sharp.wanted === scale && holds(this.#sharp.part, seen)
  }

  /** @param wanted 0 for the coarse picture */
  #begin(part: Box, scale: number, wanted: number): void {
    const drawing = this.#page.draw(part, scale, (goOn) => this.#whenFree(goOn))
    const running = { part, wanted, cancel: () => drawing.cancel() }
    this.#running = running
    drawing.picture.then(
      (canvas) => {
        if (this.#running !== running) return
        this.#running = undefined
        const picture = { part, scale, wanted, canvas }
        if (wanted === 0) this.#coarse = picture
        else {
          release(this.#sharp)
          this.#sharp = picture
        }
        this.onpicture(part)
      },
      () => this.#running === running && this.onfault(),
    )
  }

  /** Whoever draws waits for nothing. */
  #whenFree(goOn: () => void): void {
    if (this.#isClosed) return
    if (this.#isBusy()) requestAnimationFrame(() => this.#whenFree(goOn))
    else goOn()
  }
}

/** Gives its memory back at once: a canvas that nobody holds goes only some time. */
function release(picture: Picture | undefined): void {
  if (picture) picture.canvas.width = picture.canvas.height = 0
}

const areaOf = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top)
const scaleOf = (box: Box, most: number): number => Math.sqrt(most / areaOf(box))
/** That of a level of tiles, so that no pixel is drawn as parts of others. */
const coarseScale = (box: Box): number => 2 ** Math.floor(Math.log2(scaleOf(box, pixels.coarse)))

function inBoth(one: Box, other: Box): Box | undefined {
  const [left, top] = [Math.max(one.left, other.left), Math.max(one.top, other.top)]
  const [right, bottom] = [Math.min(one.right, other.right), Math.min(one.bottom, other.bottom)]
  return left < right && top < bottom ? { left, top, right, bottom } : undefined
}

/** Out to whole pixels, so that pixels of the picture are those of tiles. */
const toPixels = ({ left, top, right, bottom }: Box, scale: number): Box => ({
  left: Math.floor(left * scale) / scale,
  top: Math.floor(top * scale) / scale,
  right: Math.ceil(right * scale) / scale,
  bottom: Math.ceil(bottom * scale) / scale,
})
