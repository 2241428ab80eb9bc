import { onTestFinished } from 'vitest'
import PDFDocument from 'pdfkit'
import { PdfPages } from '../../../ui/pdf/pdf-pages.ts'

/** Points per CSS pixel. */
const point = 72 / 96

type Draw = (doc: PDFKit.PDFDocument) => void

/** A PDF of so many pages of 600 by 800 CSS pixels; what is drawn counts in CSS pixels. */
export const pdfOf = (...pages: readonly Draw[]): Promise<ArrayBuffer> => printPdf(pages)

/**
 * A PDF of pages.
 * @param size of each in CSS pixels
 * @param locked options of pdfkit, such as a password
 */
export async function printPdf(
  pages: readonly Draw[],
  size: readonly [number, number] = [600, 800],
  locked: PDFKit.PDFDocumentOptions = {},
): Promise<ArrayBuffer> {
  const doc = new PDFDocument({ font: '', margin: 0, autoFirstPage: false, compress: false, ...locked })
  const parts: Uint8Array<ArrayBuffer>[] = []
  doc.on('data', (part: Uint8Array<ArrayBuffer>) => parts.push(part))
  const ended = new Promise((resolve) => doc.on('end', resolve))
  for (const draw of pages) {
    doc.addPage({ size: [size[0] * point, size[1] * point], margin: 0 })
    doc.scale(point)
    draw(doc)
  }
  doc.end()
  await ended
  return new Blob(parts).arrayBuffer()
}

/** Opens a PDF for as long as a test runs. */
export async function openPdf(bytes: ArrayBuffer): Promise<PdfPages> {
  const pages = await PdfPages.open(bytes.slice(0))
  onTestFinished(() => pages.close())
  return pages
}
