import { largestPicture, type ElementOf } from '../../../../shared/council/board/element.ts'

/** Sides that a picture is made smaller to, in pixels, until it is small enough for everybody's board. */
const sides = [2400, 1600, 1000, 600]
/** Longer side of a picture on the page, in its units. */
const shown = 640

export type PictureDraft = Pick<ElementOf<'picture'>, 'mediaType' | 'bytes' | 'width' | 'height' | 'text'>

/**
 * A picture from a file, small enough to be sent to everybody at the board: it lies in the page itself, so that it is
 * seen by those who see the page, also without a hub, and gone with it. Undefined for a file that is no picture.
 */
export async function pictureFromFile(file: Blob, name: string): Promise<PictureDraft | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return undefined
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
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: mediaType, quality: 0.85 })).arrayBuffer())
      if (bytes.length > (mediaType === 'image/png' ? largestPicture / 3 : largestPicture)) continue
      const size = shown / Math.max(width, height)
      return { mediaType, bytes, width: width * size, height: height * size, text: name }
    }
  }
  return undefined
}
