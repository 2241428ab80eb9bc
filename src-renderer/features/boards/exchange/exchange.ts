import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { getLocale } from '../../../../shared/i18n/index.ts'
import type { Board } from '../screen/board.svelte.ts'
import { drawnPage, paperBelow, type DrawnPage } from './drawn-page.ts'
import { boardToPdf, type PrintOptions } from './pdf.ts'
import { boardToPng } from './png.ts'
import { saveFile } from '../../../ui/file/save-file.ts'
import { boardToSvg, type SvgOptions } from './svg.ts'

export type ExportFormat = 'svg' | 'png' | 'pdf'

/** Gives the page to the person as a file; false when nothing is on it. */
export async function exportPage(
  { bench, paper }: Pick<Board, 'bench' | 'paper'>,
  format: ExportFormat,
  title: string,
): Promise<boolean> {
  if (!bench) return false
  const page = drawnPage(bench.engine.scene, paper && (await paperBelow(paper)))
  if (!page) return false
  const file = {
    svg: async () => svgFile(page, { title, canComeBack: true }),
    png: () => boardToPng(page),
    pdf: () => pagesToPdf([page], title),
  }[format]
  saveFile(await file(), title, format)
  return true
}

/** A page as a file of SVG. */
export const svgFile = (page: DrawnPage, options: SvgOptions): Blob =>
  new Blob([boardToSvg(page, options)], { type: 'image/svg+xml' })

/** Pages as one PDF, in the language of the person; made now unless said otherwise. */
export async function pagesToPdf(
  pages: readonly DrawnPage[],
  title: string,
  more: Partial<Pick<PrintOptions, 'made' | 'authors' | 'close'>> = {},
): Promise<Blob> {
  const face = await (await fetch(textFace)).arrayBuffer()
  const options = { title, language: getLocale(), face, made: new Date(), ...more }
  return new Blob([await boardToPdf(pages, options)], { type: 'application/pdf' })
}
