import PDFDocument from 'pdfkit'
import { fill, phrases, town } from '../town/words.ts'

const margin = { left: 71, right: 57, top: 90, bottom: 70 }
const a4 = { width: 595.28, height: 841.89 }
const textWidth = a4.width - margin.left - margin.right
const lineGap = 2
const fonts = { text: 'Helvetica', strong: 'Helvetica-Bold' }
const sizes = { title: 16, heading: 12, text: 10.5, table: 9, small: 8 }

export interface Column {
  readonly title: string
  /** Share of the width of the text. */
  readonly share: number
  readonly align?: 'left' | 'right'
}
export interface TableRow {
  readonly cells: readonly string[]
  /** A row of sums. */
  readonly strong?: boolean
}
export interface PrintedPdf {
  readonly bytes: Uint8Array
  readonly pages: number
}

/** Where an outline entry hangs below another. */
export type OutlineEntry = PDFKit.PDFOutline

/**
 * A tagged PDF with the town's letterhead, an outline and page numbers. The same calls with the same `day` give the
 * same bytes: nothing in it comes from the clock.
 */
export interface DocumentWriter {
  readonly outline: OutlineEntry
  pageNumber(): number
  newPage(): void
  title(text: string): void
  heading(text: string, level: 1 | 2, parent?: OutlineEntry): OutlineEntry
  paragraph(text: string): void
  table(columns: readonly Column[], rows: readonly TableRow[]): void
  finish(): Promise<PrintedPdf>
}

export function openDocument(title: string, day: string): DocumentWriter {
  const doc = makeDocument(title, day)
  const bytes = collect(doc)
  let pages = 0
  doc.on('pageAdded', () => pages++)
  doc.addPage()
  const root = doc.struct('Document')
  doc.addStructure(root)
  const tag = (type: string, write: () => void): void => void root.add(doc.struct(type, {}, write))
  const style = (font: string, size: number): PDFKit.PDFDocument => doc.font(font).fontSize(size).fillColor('#1a1a1a')
  return {
    outline: doc.outline,
    pageNumber: () => pages,
    newPage: () => void doc.addPage(),
    title: (text) => {
      tag('H1', () => style(fonts.strong, sizes.title).text(text, margin.left, doc.y, { width: textWidth }))
      doc.moveDown(0.6)
    },
    heading: (text, level, parent = doc.outline) => {
      if (doc.y > a4.height - margin.bottom - 60) doc.addPage()
      const entry = parent.addItem(text)
      const size = level === 1 ? sizes.title : sizes.heading
      tag(level === 1 ? 'H1' : 'H2', () =>
        style(fonts.strong, size).text(text, margin.left, doc.y, { width: textWidth }),
      )
      doc.moveDown(0.3)
      return entry
    },
    paragraph: (text) => {
      const options = { width: textWidth, align: 'justify', lineGap } as const
      tag('P', () => style(fonts.text, sizes.text).text(text, margin.left, doc.y, options))
      doc.moveDown(0.6)
    },
    table: (columns, rows) => writeTable(doc, root, columns, rows),
    finish: async () => {
      root.end()
      writeMargins(doc)
      doc.end()
      return { bytes: await bytes, pages }
    },
  }
}

const makeDocument = (title: string, day: string): PDFKit.PDFDocument =>
  new PDFDocument({
    size: 'A4',
    margins: margin,
    bufferPages: true,
    tagged: true,
    displayTitle: true,
    lang: 'de-DE',
    pdfVersion: '1.7',
    autoFirstPage: false,
    info: { Title: title, Author: town.body.name, CreationDate: new Date(`${day}T08:00:00Z`) },
  })

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}

const rowPadding = 4

function writeTable(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  columns: readonly Column[],
  rows: readonly TableRow[],
): void {
  const table = doc.struct('Table')
  root.add(table)
  const write = (cells: readonly string[], strong: boolean, cellTag: 'TH' | 'TD'): void => {
    doc.font(strong ? fonts.strong : fonts.text).fontSize(sizes.table)
    const widths = columns.map(({ share }) => textWidth * share - rowPadding)
    const heights = cells.map((cell, place) => doc.heightOfString(cell, { width: widths[place] }))
    const height = Math.max(...heights) + rowPadding
    if (doc.y + height > a4.height - margin.bottom) doc.addPage()
    const top = doc.y
    const row = doc.struct('TR')
    table.add(row)
    let left = margin.left
    for (const [place, cell] of cells.entries()) {
      const options = { width: widths[place], align: columns[place]!.align ?? 'left' } as const
      const at = left
      row.add(doc.struct(cellTag, {}, () => doc.text(cell, at, top + rowPadding / 2, options)))
      left += textWidth * columns[place]!.share
    }
    row.end()
    doc.y = top + height
    doc.markContent('Artifact')
    doc.moveTo(margin.left, doc.y).lineTo(margin.left + textWidth, doc.y)
    doc
      .lineWidth(strong ? 0.8 : 0.3)
      .strokeColor('#777777')
      .stroke()
    doc.endMarkedContent()
  }
  write(
    columns.map(({ title }) => title),
    true,
    'TH',
  )
  for (const row of rows) write(row.cells, row.strong ?? false, 'TD')
  table.end()
  doc.moveDown(0.8)
}

/** Letterhead and page number of every page; neither belongs to the text. */
function writeMargins(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page)
    // Below the lower margin pdfkit would begin a new page.
    doc.page.margins.bottom = 0
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.font(fonts.strong).fontSize(sizes.text).fillColor('#6b1f2a').text(town.body.name, margin.left, 40)
    doc
      .moveTo(margin.left, 60)
      .lineTo(a4.width - margin.right, 60)
      .lineWidth(1)
      .strokeColor('#6b1f2a')
      .stroke()
    doc.font(fonts.text).fontSize(sizes.small).fillColor('#444444')
    const line = fill(phrases.sheet.page, { page: page + 1, pages: count })
    doc.text(line, margin.left, a4.height - 45, { width: textWidth, align: 'center', lineBreak: false })
    doc.endMarkedContent()
  }
}
