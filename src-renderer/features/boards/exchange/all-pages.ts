import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { Scene } from '../engine/scene.ts'
import type { BoardPages } from '../screen/board-pages.ts'
import { elementsOf, pagesToPdf } from './exchange.ts'
import { paperToPdf } from './paper-pdf.ts'
import { saveFile } from './save-file.ts'

/** A page on which nothing is: a sheet of A4 on its side, in units of the page. */
const emptySheet = { left: 0, top: 0, right: 1123, bottom: 794 }

/**
 * Gives all pages to the person as one PDF; over a paper that paper, with what is drawn on its pages.
 * @returns how many things lie beside the pages of the paper, and are not in the file
 */
export async function exportAll(shown: BoardPage, pages: BoardPages, title: string): Promise<number> {
  const scenes: Scene[] = []
  const read: BoardPage[] = []
  try {
    for (let place = 0; place < pages.count; place++) {
      const page = place === pages.place ? shown : await pages.read(place)
      if (page !== shown) read.push(page)
      scenes.push(new Scene(page))
    }
    if (pages.paper) {
      const { bytes, left } = await paperToPdf(pages.paper.bytes, scenes)
      saveFile(new Blob([bytes], { type: 'application/pdf' }), title, 'pdf')
      return left
    }
    const printed = scenes.map((scene) => {
      return { elements: elementsOf(scene), box: scene.boxAround() ?? emptySheet, lookup: scene.lookup }
    })
    saveFile(await pagesToPdf(printed, title), title, 'pdf')
    return 0
  } finally {
    for (const scene of scenes) scene.close()
    for (const page of read) page.close()
  }
}
