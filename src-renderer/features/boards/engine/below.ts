import { groundBox } from '../../../../shared/board/sheets/placing.ts'
import type { Box } from '../../../../shared/board/plane/box.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import type { Context } from '../drawing/canvas.ts'

/** A sheet that lies below everything drawn: a page of a paper, or the picture of the ground. */
export interface Below {
  readonly box: Box
  /** Says what a window shows, and how many pixels a unit has there. */
  want(shown: Box, scale: number): void
  /** Draws what there is of a box, on a context whose transform is that of the page. */
  draw(context: Context, box: Box, scale: number): void
  close(): void
}

/** Draws an empty sheet with an edge. */
export function drawSheet(context: Context, { left, top, right, bottom }: Box, scale: number): void {
  const [edge, width, height] = [1 / scale, right - left, bottom - top]
  context.fillStyle = '#00000055'
  context.fillRect(left - edge, top - edge, width + 2 * edge, height + 2 * edge)
  context.fillStyle = '#ffffff'
  context.fillRect(left, top, width, height)
}

/** The picture of a page's ground: decoded once, then drawn at any size. */
export class BelowPicture implements Below {
  readonly box: Box
  readonly picture: GroundPicture
  #bitmap: ImageBitmap | 'damaged' | undefined
  #isClosed = false

  /** @param ready called once it can be drawn */
  constructor(picture: GroundPicture, ready: (part: Box) => void) {
    this.picture = picture
    this.box = groundBox(picture)
    void this.#decode().then(() => this.#isClosed || ready(this.box))
  }

  want(): void {
    // It is drawn as sharp as it is.
  }

  draw(context: Context, _box: Box, scale: number): void {
    const { left, top, right, bottom } = this.box
    drawSheet(context, this.box, scale)
    if (this.#bitmap instanceof ImageBitmap) {
      context.imageSmoothingQuality = 'high'
      return context.drawImage(this.#bitmap, left, top, right - left, bottom - top)
    }
    if (this.#bitmap !== 'damaged') return
    context.strokeStyle = '#646b74'
    context.lineWidth = 2
    context.stroke(new Path2D(`M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}`))
  }

  close(): void {
    this.#isClosed = true
    if (this.#bitmap instanceof ImageBitmap) this.#bitmap.close()
    this.#bitmap = undefined
  }

  async #decode(): Promise<void> {
    const { bytes, mediaType } = this.picture
    const read = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: mediaType })).catch(
      () => 'damaged' as const,
    )
    if (!this.#isClosed) this.#bitmap = read
    else if (read instanceof ImageBitmap) read.close()
  }
}
