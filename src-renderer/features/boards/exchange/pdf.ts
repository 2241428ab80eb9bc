import { grown } from '../../../../shared/board/plane/box.ts'
import { drawingOf, type Mark } from '../drawing/marks.ts'
import { lightPalette } from '../drawing/palette.ts'
import { lineHeight } from '../drawing/text-lines.ts'
import { elementInWords, groundInWords } from '../words.ts'
import type { DrawnPage, PictureBelow } from './drawn-page.ts'
import { exportMargin } from './svg.ts'

export type Pdf = PDFKit.PDFDocument

export interface PrintOptions {
  readonly title: string
  readonly language: string
  /** Inter as TrueType: embedded, so that texts stay texts. */
  readonly face: ArrayBuffer | Uint8Array
  readonly made: Date
  readonly authors?: readonly string[]
  /** Draws what comes after the pages, in the font `text`. */
  readonly close?: (doc: Pdf, root: PDFKit.PDFStructureElement) => void
}

/** A unit of the page (CSS pixel) in points. */
const point = 72 / 96

/** Pages as one tagged PDF: ink and forms are vectors, texts are texts, and each page says in words what is on it. */
export async function boardToPdf(
  pages: readonly DrawnPage[],
  { title, language, face, made, authors = [], close }: PrintOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    ...{ font: '', margin: 0, autoFirstPage: false, tagged: true, displayTitle: true, lang: language },
    ...{ pdfVersion: '1.7', subset: 'PDF/UA' as never, info: infoOf(title, made, authors) },
  })
  const parts: Uint8Array[] = []
  doc.on('data', (part: Uint8Array) => parts.push(part))
  const ended = new Promise((resolve) => doc.on('end', resolve))
  doc.registerFont('text', face)
  const root = doc.struct('Document')
  doc.addStructure(root)
  for (const page of pages) {
    const { left, top, right, bottom } = grown(page.box, exportMargin)
    doc.addPage({ size: [(right - left) * point, (bottom - top) * point], margin: 0 })
    root.add(doc.struct('Figure', { alt: inWords(page) || title }, () => drawPage(doc, page, left, top)))
  }
  close?.(doc, root)
  root.end()
  doc.end()
  await ended
  return joined(parts)
}

const infoOf = (title: string, made: Date, authors: readonly string[]): PDFKit.DocumentInfo => ({
  ...{ Title: title, CreationDate: made },
  ...(authors.length > 0 ? { Author: authors.join(', ') } : {}),
})

function inWords({ elements, below }: DrawnPage): string {
  const told = elements.filter(({ kind }) => kind !== 'stroke').map(elementInWords)
  return [...(below?.ground ? [groundInWords(below.ground)] : []), ...told].join('. ')
}

function drawPage(doc: Pdf, { elements, lookup, below }: DrawnPage, left: number, top: number): void {
  doc.save()
  doc.scale(point)
  doc.translate(-left, -top)
  if (below) drawBelow(doc, below)
  for (const element of elements) {
    const { place, marks } = drawingOf(element, lookup)
    doc.save()
    doc.translate(place.x, place.y)
    doc.rotate((place.angle * 180) / Math.PI)
    doc.scale(place.scale)
    for (const mark of marks) drawMark(doc, mark)
    doc.restore()
  }
  doc.restore()
}

const drawBelow = (doc: Pdf, { bytes, box }: PictureBelow): void =>
  void doc.image(new Uint8Array(bytes).buffer, box.left, box.top, {
    width: box.right - box.left,
    height: box.bottom - box.top,
  })

function drawMark(doc: Pdf, mark: Mark): void {
  switch (mark.kind) {
    case 'area':
      doc
        .path(mark.path)
        .fillOpacity(mark.opacity ?? 1)
        .fill(lightPalette[mark.paint])
      doc.fillOpacity(1)
      return
    case 'line':
      doc.path(mark.path).lineWidth(mark.thickness).lineCap('round').lineJoin('round').stroke(lightPalette[mark.paint])
      return
    case 'words':
      doc.font('text').fontSize(mark.size).fillColor(lightPalette[mark.paint])
      for (const [line, text] of mark.lines.entries())
        doc.text(text, mark.x, mark.y + line * mark.size * lineHeight, { lineBreak: false, baseline: 'alphabetic' })
      return
    case 'picture':
      doc.image(new Uint8Array(mark.element.bytes).buffer, 0, 0, {
        width: mark.element.width,
        height: mark.element.height,
      })
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
