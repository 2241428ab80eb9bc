import { m } from '../../../../shared/i18n/index.ts'
import type { FileToAdd } from '../../../../shared/hub-api/board-files.ts'
import { formatInstant } from '../../../ui/format/dates.ts'
import { pagesToPdf, svgFile } from '../exchange/exchange.ts'
import { printedPage } from '../exchange/all-pages.ts'
import { paperToPdf } from '../exchange/paper-pdf.ts'
import { paperBelow } from '../exchange/drawn-page.ts'
import type { PrintOptions } from '../exchange/pdf.ts'
import type { PdfPages } from '../../../ui/pdf/pdf-pages.ts'
import { drawColophon, type Colophon } from './colophon.ts'
import { openPdf } from './open-pdf.ts'
import type { Snapshot } from './snapshot.ts'

/** A file that is ready to be sent. */
export interface MadeFile extends Pick<FileToAdd, 'name' | 'format' | 'pages'> {
  readonly bytes: Blob
}

/** What the files say of the board. */
export interface About {
  /** As the person called it. */
  readonly name: string
  /** Name of the item. */
  readonly item: string
  /** Names of those who drew, and how many more there are of whom no account is known. */
  readonly names: readonly string[]
  readonly unknown: number
}

/** Lets the window do what waits, such as showing how far this is. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/**
 * Makes the files that a board becomes: a PDF of all pages, and an SVG of each page on which something is.
 *
 * @param onStep hears how many of the files are made
 */
export async function makeFiles(
  snapshot: Snapshot,
  about: About,
  onStep: (made: number) => void,
): Promise<readonly MadeFile[]> {
  const files: MadeFile[] = []
  const keep = async (file: MadeFile): Promise<void> => {
    files.push(file)
    onStep(files.length)
    await breathe()
  }
  await breathe()
  await keep(await wholeAsPdf(snapshot, about))
  const paper = snapshot.paper && (await openPdf(snapshot.paper))
  try {
    for (const place of snapshot.drawn) await keep(await pageAsSvg(snapshot, place, about, paper))
  } finally {
    await paper?.close()
  }
  return files
}

/** Names of those who drew, the last one standing for all who are not known. */
export const namesInFull = ({ names, unknown }: Pick<About, 'names' | 'unknown'>): string[] =>
  unknown === 0 ? [...names] : [...names, m.boards_record_unknown({ count: unknown })]

const standOf = ({ taken }: Snapshot, { item }: About): string =>
  m.boards_record_state({ item, time: formatInstant(taken.toISOString()) })

async function wholeAsPdf(snapshot: Snapshot, about: About): Promise<MadeFile> {
  const { name } = about
  const colophon: Colophon = {
    sentences: [standOf(snapshot, about), m.boards_record_how()],
    ...{ heading: m.boards_record_authors(), names: namesInFull(about) },
  }
  const options: Partial<PrintOptions> = {
    ...{ made: snapshot.taken, authors: about.names },
    close: (doc, root) => drawColophon(doc, root, name, colophon),
  }
  const bytes = snapshot.paper
    ? await overPaper(snapshot.paper, snapshot, await pagesToPdf([], name, options))
    : await pagesToPdf(
        snapshot.scenes.map((scene) => printedPage(scene)),
        name,
        options,
      )
  return { name, format: 'pdf', bytes, pages: await countPages(bytes) }
}

/** The paper with what is drawn over it, and the last page after it. */
async function overPaper(paper: Blob, { scenes }: Snapshot, last: Blob): Promise<Blob> {
  const drawn = await openPdf(new Blob([(await paperToPdf(paper, scenes)).bytes]))
  try {
    const joined = await drawn.followedBy(new Uint8Array(await last.arrayBuffer()))
    return new Blob([new Uint8Array(joined)], { type: 'application/pdf' })
  } finally {
    await drawn.close()
  }
}

async function countPages(bytes: Blob): Promise<number> {
  const pdf = await openPdf(bytes)
  try {
    return pdf.count
  } finally {
    await pdf.close()
  }
}

async function pageAsSvg(
  snapshot: Snapshot,
  place: number,
  about: About,
  paper: PdfPages | undefined,
): Promise<MadeFile> {
  const scene = snapshot.scenes[place]!
  const below = paper && (await paperBelow(await paper.page(place + 1)))
  const isOnly = snapshot.scenes.length === 1
  const { name } = about
  const title = isOnly ? m.boards_record_drawing({ name }) : m.boards_record_page({ name, page: place + 1 })
  const description = [standOf(snapshot, about), `${m.boards_record_authors()}: ${namesInFull(about).join(', ')}`]
  const page = printedPage(scene, below)
  // What stands in the record is no draft to go on with, and names nobody by their account.
  const options = { title, description: description.join(' '), canComeBack: false }
  return { name: title, format: 'svg', bytes: svgFile(below ? { ...page, box: below.box } : page, options) }
}
