import { copyPage, type BoardPage } from '../../../data/yjs/board/index.ts'
import type { Scene } from '../engine/scene.ts'
import { readAllPages, type Pagination } from '../exchange/all-pages.ts'
import { elementsOf } from '../exchange/drawn-page.ts'
import { countBeside } from '../exchange/paper-pdf.ts'
import { openPdf } from './open-pdf.ts'

/** A board as it was at an instant, whatever is drawn on it afterwards. */
export interface Snapshot {
  readonly taken: Date
  /** Of the pages in their order. */
  readonly scenes: readonly Scene[]
  /** The PDF below. */
  readonly paper: Blob | undefined
  /** Places of the pages, from 0, on which something is. */
  readonly drawn: readonly number[]
  /** Accounts of those who made what is there, each once, as the elements say. */
  readonly authors: readonly string[]
  /** Things that cannot be read and are missing. */
  readonly damaged: number
  /** Things that lie beside the paper and are cut off. */
  readonly beside: number
  readonly close: () => void
}

/** Takes what this device knows of a board: the page that is shown, and all others. */
export async function takeSnapshot(shown: BoardPage, pages: Pagination): Promise<Snapshot> {
  const taken = new Date()
  const copy = copyPage(shown)
  const { scenes, close } = await readAllPages(copy, pages)
  const elements = scenes.map(elementsOf)
  const drawn = scenes.flatMap((scene, place) => (isBlank(scene) ? [] : [place]))
  const paper = pages.paper?.bytes
  return {
    ...{ taken, scenes, paper, drawn },
    authors: [...new Set(elements.flat().map(({ author }) => author))],
    damaged: scenes.reduce((sum, { page }) => sum + page.damaged.size, 0),
    beside: paper ? await countAllBeside(paper, scenes, drawn) : 0,
    close() {
      close()
      copy.close()
    },
  }
}

const isBlank = ({ page }: Scene): boolean => page.elements.size === 0 && !page.setup.picture

async function countAllBeside(paper: Blob, scenes: readonly Scene[], drawn: readonly number[]): Promise<number> {
  const pdf = await openPdf(paper)
  try {
    let count = 0
    for (const place of drawn) {
      const { width, height } = await pdf.page(place + 1)
      count += countBeside(scenes[place]!, { left: 0, top: 0, right: width, bottom: height })
    }
    return count
  } finally {
    await pdf.close()
  }
}
