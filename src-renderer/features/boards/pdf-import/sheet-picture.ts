import { ulid } from 'ulid'
import { sharpnessOf } from '../../../../shared/board/sheets/sharpness.ts'
import { largestPicture } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { largestBody } from '../../../../shared/hub-api/rooms.ts'
import type { PdfPage } from '../../../ui/pdf/pdf-pages.ts'
import { encode, type PictureType } from '../drawing/encode.ts'
import { indexedPng } from '../drawing/indexed-png.ts'

/** A page of a PDF as a picture, of its printed size, with its top left corner at the origin. */
export interface SheetPicture extends GroundPicture {
  /** It has fewer pixels than the largest board shows of the whole page. */
  readonly isUnsharp: boolean
}

interface Attempt {
  /** Pixels per unit, as a share of those that are enough on the largest board; above 1 for those who come closer. */
  readonly share: number
  readonly type: PictureType
  readonly encode: (canvas: HTMLCanvasElement) => Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Bytes, at most. */
  readonly most: number
}

/** Bytes that the others get at once, with room for the words around them; more comes by ordinary sync. */
const live = largestBody * 0.9

const png = (share: number, most: number): Attempt => ({ share, type: 'image/png', encode: indexedPng, most })
const jpeg = (share: number, quality: number, most: number): Attempt => ({
  ...{ share, type: 'image/jpeg', most },
  encode: (canvas) => encode(canvas, 'image/jpeg', quality),
})

/** How pages become pictures, best first: the first one that is small enough is taken. */
function attemptsFor({ best, enough }: ReturnType<typeof sharpnessOf>): Attempt[] {
  const reserve = best / enough
  return [
    ...[png(reserve, live), jpeg(reserve, 0.8, live), png(1, live), jpeg(1, 0.8, live), jpeg(1, 0.65, live)],
    // Sharp in a second is better than unsharp at once.
    ...[png(1, largestPicture / 2), jpeg(1, 0.8, largestPicture)],
    ...[0.7, 0.5, 0.35, 0.2].map((share) => jpeg(share, 0.7, largestPicture)),
  ]
}

/**
 * Draws a page as a picture that is small enough for a board, as sharp as that allows.
 * @throws PdfOpenError when the page is damaged, AbortError when it was called off
 */
export async function sheetPicture(page: PdfPage, text: string, signal: AbortSignal): Promise<SheetPicture> {
  const { width, height } = page
  const sharpness = sharpnessOf(page)
  let drawn: { readonly share: number; readonly canvas: HTMLCanvasElement } | undefined
  for (const { share, type, encode, most } of attemptsFor(sharpness)) {
    if (drawn?.share !== share) drawn = { share, canvas: await draw(page, sharpness.enough * share, signal) }
    const bytes = await encode(drawn.canvas)
    signal.throwIfAborted()
    if (!bytes || bytes.length > most) continue
    // Its memory at once: a canvas that nobody holds goes only some time.
    drawn.canvas.width = drawn.canvas.height = 0
    return { id: ulid(), x: 0, y: 0, width, height, mediaType: type, bytes, text, isUnsharp: share < 1 }
  }
  throw new Error('A page of a PDF is too large for a board, however small it is drawn.')
}

/** Draws a whole page; ends at once when it is called off. */
export function draw(page: PdfPage, scale: number, signal: AbortSignal): Promise<HTMLCanvasElement> {
  signal.throwIfAborted()
  const drawing = page.draw({ left: 0, top: 0, right: page.width, bottom: page.height }, scale)
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      drawing.cancel()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop, { once: true })
    drawing.picture.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
