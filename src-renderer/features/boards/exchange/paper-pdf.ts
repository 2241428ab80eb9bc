import { holds, type Box } from '../../../../shared/board/plane/box.ts'
import type { Scene } from '../engine/scene.ts'
import { elementsOf } from './drawn-page.ts'
import { paint } from './png.ts'

/** Pixels per unit of what lies over a paper: 288 to the inch. */
const sharpness = 3

/** A paper with what was drawn over it, and how many things lie beside its pages and are missing. */
export interface DrawnPaper {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly left: number
}

/**
 * A paper with what was drawn over its pages as pictures; the paper itself stays as it was, texts as texts.
 * @param scenes of the pages in their order
 */
export async function paperToPdf(paper: Blob, scenes: readonly Scene[]): Promise<DrawnPaper> {
  const { PdfPages } = await import('../../../ui/pdf/pdf-pages.ts')
  const pages = await PdfPages.open(await paper.arrayBuffer())
  try {
    const pictures = new Map<number, ImageBitmap>()
    let left = 0
    for (const [place, scene] of scenes.entries()) {
      const elements = elementsOf(scene)
      if (elements.length === 0) continue
      const { width, height } = await pages.page(place + 1)
      const box: Box = { left: 0, top: 0, right: width, bottom: height }
      left += countBeside(scene, box)
      const canvas = await paint({ elements, box, lookup: scene.lookup }, sharpness)
      pictures.set(place + 1, canvas.transferToImageBitmap())
    }
    return { bytes: await pages.withPictures(pictures), left }
  } finally {
    await pages.close()
  }
}

/** How many things of a page lie beside its sheet, in whole or in part, and are cut off. */
export const countBeside = (scene: Scene, sheet: Box): number =>
  elementsOf(scene).filter(({ id }) => !holds(sheet, scene.boxOf(id) ?? sheet)).length
