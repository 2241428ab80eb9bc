import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { Scene } from '../engine/scene.ts'
import type { BoardPages } from '../screen/board-pages.ts'
import { drawnPage, type DrawnPage, type PictureBelow } from './drawn-page.ts'
import { pagesToPdf } from './exchange.ts'
import { paperToPdf } from './paper-pdf.ts'

/** A page on which nothing is: a sheet of A4 on its side, in units of the page. */
const emptySheet = { left: 0, top: 0, right: 1123, bottom: 794 }

/** All pages as a file, and how many things lie beside the pages of the paper below and are not in it. */
export interface AllPages {
  readonly file: Blob
  readonly left: number
}

export type Pagination = Pick<BoardPages, 'count' | 'place' | 'read' | 'paper'>

/** What is on all pages of a board, in their order. */
export interface ReadPages {
  readonly scenes: readonly Scene[]
  readonly close: () => void
}

/** Reads all pages; `shown` is the one that is open, and stays with whoever opened it. */
export async function readAllPages(shown: BoardPage, pages: Pagination): Promise<ReadPages> {
  const scenes: Scene[] = []
  const close = (): void => {
    for (const scene of scenes) {
      scene.close()
      if (scene.page !== shown) scene.page.close()
    }
  }
  try {
    for (let place = 0; place < pages.count; place++)
      scenes.push(new Scene(place === pages.place ? shown : await pages.read(place)))
    return { scenes, close }
  } catch (fault) {
    close()
    throw fault
  }
}

/**
 * What is on a page as it goes into a file; an empty one is a sheet.
 * @param below the picture of a paper, where the page lies over one
 */
export const printedPage = (scene: Scene, below?: PictureBelow): DrawnPage =>
  drawnPage(scene, below) ?? { elements: [], box: emptySheet, lookup: scene.lookup }

/** All pages of a board as one PDF; over a paper that paper, with what is drawn on its pages. */
export async function allToPdf(shown: BoardPage, pages: Pagination, title: string): Promise<AllPages> {
  const { scenes, close } = await readAllPages(shown, pages)
  try {
    if (pages.paper) {
      const { bytes, left } = await paperToPdf(pages.paper.bytes, scenes)
      return { file: new Blob([bytes], { type: 'application/pdf' }), left }
    }
    return {
      file: await pagesToPdf(
        scenes.map((scene) => printedPage(scene)),
        title,
      ),
      left: 0,
    }
  } finally {
    close()
  }
}
