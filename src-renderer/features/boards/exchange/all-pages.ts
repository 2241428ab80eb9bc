import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { Scene } from '../engine/scene.ts'
import type { BoardPages } from '../screen/board-pages.ts'
import { elementsOf, pagesToPdf } from './exchange.ts'
import { paperToPdf } from './paper-pdf.ts'

/** A page on which nothing is: a sheet of A4 on its side, in units of the page. */
const emptySheet = { left: 0, top: 0, right: 1123, bottom: 794 }

/** All pages as a file, and how many things lie beside the pages of the paper below and are not in it. */
export interface AllPages {
  readonly file: Blob
  readonly left: number
}

/** All pages of a board as one PDF; over a paper that paper, with what is drawn on its pages. */
export async function allToPdf(shown: BoardPage, pages: Pagination, title: string): Promise<AllPages> {
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
      return { file: new Blob([bytes], { type: 'application/pdf' }), left }
    }
    const printed = scenes.map((scene) => {
      return { elements: elementsOf(scene), box: scene.boxAround() ?? emptySheet, lookup: scene.lookup }
    })
    return { file: await pagesToPdf(printed, title), left: 0 }
  } finally {
    for (const scene of scenes) scene.close()
    for (const page of read) page.close()
  }
}

type Pagination = Pick<BoardPages, 'count' | 'place' | 'read' | 'paper'>
