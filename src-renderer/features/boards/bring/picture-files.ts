import { ulid } from 'ulid'
import { largestPicture, type ElementOf } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { failed, success, type Result } from '../../../../shared/result.ts'
import { encode } from '../drawing/encode.ts'

/** Bytes of a file, and pixels of a picture in it, that a browser reads without coming to its limits. */
export const largestFile = 50_000_000
const mostPixels = 100_000_000
/** Sides that a picture is made smaller to, in pixels, until it is small enough for everybody's board. */
const sides = [2400, 1600, 1000, 600]
/** Longer side of a picture on the page, and of one below everything, in the page's units. */
const shown = { picture: 640, ground: 1600 }

export type PictureDraft = Pick<ElementOf<'picture'>, 'mediaType' | 'bytes' | 'width' | 'height' | 'text'>
export type PictureFault = 'no-picture' | 'too-large'

/**
 * A picture from a file, small enough to be sent to everybody at the board: it lies in the page itself, so that it is
 * seen by those who see the page, also without a hub, and gone with it.
 */
export async function pictureFromFile(
  file: Blob,
  name: string,
  longest = shown.picture,
): Promise<Result<PictureDraft, PictureFault>> {
  const read = await readPicture(file)
  if (!read.ok) return read
  const bitmap = read.value
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
    const [width, height] = [
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    ]
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
    // Drawings and letters stay sharp as PNG; photographs are too large for it.
    for (const mediaType of ['image/png', 'image/jpeg'] as const) {
      const bytes = await encode(canvas, mediaType, 0.85)
      if (bytes.length > (mediaType === 'image/png' ? largestPicture / 3 : largestPicture)) continue
      const size = longest / Math.max(width, height)
      return success({ mediaType, bytes, width: width * size, height: height * size, text: name })
    }
  }
  return failed('too-large')
}

/** A picture from a file for the ground of a page, with its top left corner at the origin. */
export async function groundFromFile(file: File): Promise<Result<GroundPicture, PictureFault>> {
  const outcome = await pictureFromFile(file, file.name, shown.ground)
  return outcome.ok ? success({ ...outcome.value, id: ulid(), x: 0, y: 0 }) : outcome
}

/** Decodes a picture; nothing in it is run. */
export async function readPicture(file: Blob): Promise<Result<ImageBitmap, PictureFault>> {
  if (file.size > largestFile) return failed('too-large')
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return failed('no-picture')
  if (bitmap.width * bitmap.height <= mostPixels) return success(bitmap)
  bitmap.close()
  return failed('too-large')
}
