import type { Pdf } from '../exchange/pdf.ts'

/** What the last page says of a board that was added to the record. */
export interface Colophon {
  /** What board it is, of which item, and as it was when; a sentence each. */
  readonly sentences: readonly string[]
  readonly heading: string
  /** Who drew. */
  readonly names: readonly string[]
}

const margin = 72
const ink = '#1b1f24'

/** Draws the last page: A4, tagged, with a list; more names than fit go on to the next. */
export function drawColophon(
  doc: Pdf,
  root: PDFKit.PDFStructureElement,
  title: string,
  { sentences, heading, names }: Colophon,
): void {
  doc.addPage({ size: 'A4', margin })
  doc.font('text').fillColor(ink)
  const say = (tag: string, size: number, text: string): void =>
    void root.add(doc.struct(tag, {}, () => void doc.fontSize(size).text(text).moveDown(0.6)))
  say('H1', 18, title)
  for (const sentence of sentences) say('P', 11, sentence)
  say('H2', 13, heading)
  const list = doc.struct('L')
  root.add(list)
  for (const name of names) {
    const entry = doc.struct('LI')
    list.add(entry)
    entry.add(doc.struct('LBody', {}, () => void doc.fontSize(11).text(name)))
    entry.end()
  }
  list.end()
}
