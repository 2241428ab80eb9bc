import type { ElementOf } from '../../../../shared/council/board/element.ts'

export type PictureType = ElementOf<'picture'>['mediaType']

/** The bytes of a picture; quality is that of JPEG, from 0 to 1. */
export async function encode(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  type: PictureType,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const blob =
    canvas instanceof OffscreenCanvas
      ? await canvas.convertToBlob({ type, quality })
      : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  if (blob?.type !== type) throw new Error(`The browser made no ${type} of a canvas.`)
  return new Uint8Array(await blob.arrayBuffer())
}
