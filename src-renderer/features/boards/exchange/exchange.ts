import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { boxAroundAll, centreOf } from '../../../../shared/board/plane/box.ts'
import { moving } from '../../../../shared/board/plane/similarity.ts'
import { moved } from '../../../../shared/board/elements/arrange.ts'
import { extentOf } from '../../../../shared/board/elements/extent.ts'
import { getLocale } from '../../../../shared/i18n/index.ts'
import type { BoardElement } from '../../../../shared/council/board/element.ts'
import { byOrder, type Scene } from '../engine/scene.ts'
import type { Board } from '../screen/board.svelte.ts'
import { shownBox } from '../engine/camera.ts'
import type { Draft, Workbench } from '../tools/workbench.ts'
import { readExcalidraw } from './excalidraw.ts'
import { boardToPdf, type PrintOptions } from './pdf.ts'
import { pictureOf } from './paper-picture.ts'
import { pictureFromFile } from './picture-files.ts'
import { boardToPng } from './png.ts'
import type { PrintedPage } from './printed-page.ts'
import { saveFile } from './save-file.ts'
import { boardToSvg, type SvgOptions } from './svg.ts'

export type ExportFormat = 'svg' | 'png' | 'pdf'

/** Gives the page to the person as a file; false when nothing is on it. */
export async function exportPage(
  { bench, paper }: Pick<Board, 'bench' | 'paper'>,
  format: ExportFormat,
  title: string,
): Promise<boolean> {
  const box = bench?.engine.box
  if (!bench || !box) return false
  const { scene } = bench.engine
  const [elements, { lookup }] = [elementsOf(scene), scene]
  const below = paper && (await pictureOf(paper))
  const file = {
    svg: async () => svgFile({ elements, box, lookup }, { title, paper: below }),
    png: () => boardToPng(elements, box, lookup, below),
    pdf: async () => pagesToPdf([{ elements, box, lookup }], title),
  }[format]
  saveFile(await file(), title, format)
  return true
}

/** A page as a file of SVG. */
export const svgFile = (page: PrintedPage, options: SvgOptions): Blob =>
  new Blob([boardToSvg(page, options)], { type: 'image/svg+xml' })

/** Everything on a page in its order. */
export const elementsOf = ({ page }: Scene): BoardElement[] => [...page.elements.values()].toSorted(byOrder)

/** Pages as one PDF, in the language of the person; made now unless said otherwise. */
export async function pagesToPdf(
  pages: readonly PrintedPage[],
  title: string,
  more: Partial<Pick<PrintOptions, 'made' | 'authors' | 'close'>> = {},
): Promise<Blob> {
  const face = await (await fetch(textFace)).arrayBuffer()
  const options = { title, language: getLocale(), face, made: new Date(), ...more }
  return new Blob([await boardToPdf(pages, options)], { type: 'application/pdf' })
}

/** What became of files that were brought to the board. */
export interface ImportOutcome {
  readonly added: number
  /** Files, or parts of them, that are nothing for a board. */
  readonly left: number
}

/** Puts pictures and drawings of Excalidraw on the page, in the middle of the window, and picks them. */
export async function importFiles(bench: Workbench, files: Iterable<File>): Promise<ImportOutcome> {
  const drafts: Draft[] = []
  let left = 0
  for (const file of files) {
    const read = await draftsOf(file)
    drafts.push(...read.drafts)
    left += read.left
  }
  putInMiddle(bench, drafts)
  return { added: drafts.length, left }
}

async function draftsOf(file: File): Promise<{ drafts: readonly Draft[]; left: number }> {
  if (/\.(excalidraw|json)$/i.test(file.name)) {
    const read = await readExcalidraw(await file.text(), async (url) => pictureFromFile(dataUrlToBlob(url), ''))
    return read ?? { drafts: [], left: 1 }
  }
  const picture = await pictureFromFile(file, file.name)
  return picture
    ? { drafts: [{ kind: 'picture', place: { x: 0, y: 0, angle: 0, scale: 1 }, ...picture }], left: 0 }
    : { drafts: [], left: 1 }
}

/** Without a request: the app's policy allows none to addresses of data. */
function dataUrlToBlob(url: string): Blob {
  const [, type = '', data = ''] = /^data:([^;,]+);base64,(.*)$/.exec(url) ?? []
  return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type })
}

/** Puts drafts on the page as one step, moved together so that they are in the middle of the window. */
export function putInMiddle(bench: Workbench, drafts: readonly Draft[]): void {
  const { engine, selection } = bench
  const elements = drafts.map((draft) => bench.finish(draft))
  const box = boxAroundAll(elements.flatMap((element) => extentOf(element, () => undefined) ?? []))
  if (!box) return
  const [from, to] = [centreOf(box), centreOf(shownBox(engine.camera, engine.size))]
  const way = moving(to.x - from.x, to.y - from.y)
  selection.set(bench.addAll(drafts.map((draft, place) => ({ ...draft, ...moved(elements[place]!, way) }))))
}
