/** Millimetres to points of a PDF. */
const mm = (length: number): number => (length * 72) / 25.4

/**
 * How papers lie on the sheet that is printed: always A4, cut along the marks. The numbers are columns and rows of
 * upright papers.
 */
const sheets = {
  a6: { width: mm(210), height: mm(297), columns: 2, rows: 2 },
  a5: { width: mm(297), height: mm(210), columns: 2, rows: 1 },
  a4: { width: mm(210), height: mm(297), columns: 1, rows: 1 },
} as const
export type PaperSize = keyof typeof sheets
type Sheet = (typeof sheets)[PaperSize]

/** Everything that stands on one paper, in words. All papers of a round are the same to the dot: the vote is secret. */
export interface BallotPaper {
  readonly language: string
  readonly title: string
  readonly town: string
  /** The meeting and its day. */
  readonly meeting: string
  readonly office: string
  readonly round: string
  /** How to mark it. */
  readonly instruction: string
  /** The only candidate, above the boxes for and against. */
  readonly only?: { readonly name: string; readonly detail?: string }
  readonly choices: readonly { readonly text: string; readonly detail?: string }[]
}

/** The faces of the papers, as TrueType: embedded, so that every name prints as it is written. */
export interface Faces {
  readonly text: ArrayBuffer | Uint8Array
  readonly strong: ArrayBuffer | Uint8Array
}

type Pdf = PDFKit.PDFDocument
interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Ballot papers as one tagged PDF, `copies` of them, several to a sheet with marks to cut along. The same paper with
 * the same `made` gives the same bytes.
 */
export async function printBallotPapers(
  paper: BallotPaper,
  options: { copies: number; size?: PaperSize; faces: Faces; made: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    // None before ours are registered: the browser's build has no standard fonts.
    font: '',
    margin: 0,
    autoFirstPage: false,
    tagged: true,
    displayTitle: true,
    lang: paper.language,
    pdfVersion: '1.7',
    subset: 'PDF/UA' as never,
    info: { Title: `${paper.title}: ${paper.office}, ${paper.round}`, Author: paper.town, CreationDate: options.made },
  })
  const bytes = collect(doc)
  doc.registerFont('text', options.faces.text)
  doc.registerFont('strong', options.faces.strong)
  drawSheets(doc, paper, planPaper(doc, paper, options.size), options.copies)
  doc.end()
  return bytes
}

/** A size of paper, and how large its letters are: 1 on an A6 paper with room to spare. */
interface Plan {
  readonly sheet: Sheet
  readonly scale: number
}

/** Letters of names smaller than this share of the usual size are hard to read: a larger paper is taken then. */
const smallest = { comfortable: 0.9, possible: 0.5 }

/** The smallest paper on which everything can be read with comfort; on the largest, as small as need be. */
function planPaper(doc: Pdf, paper: BallotPaper, size?: PaperSize): Plan {
  const candidates = size ? [sheets[size]] : [sheets.a6, sheets.a5, sheets.a4]
  for (const [index, sheet] of candidates.entries()) {
    const last = index === candidates.length - 1
    const { width, height } = placeOn(sheet, 0)
    for (let scale = 1.35; scale >= (last ? smallest.possible : smallest.comfortable); scale -= 0.05)
      if (heightNeeded(doc, paper, width, scale) <= height) return { sheet, scale }
  }
  throw new RangeError(`${paper.choices.length} choices do not fit on one paper`)
}

/** Where one paper may be written on, inside of its margin. */
function placeOn(sheet: Sheet, place: number): Place {
  const width = sheet.width / sheet.columns
  const height = sheet.height / sheet.rows
  const padding = Math.min(width, height) * 0.085
  return {
    left: (place % sheet.columns) * width + padding,
    top: Math.floor(place / sheet.columns) * height + padding,
    width: width - 2 * padding,
    height: height - 2 * padding,
  }
}

function drawSheets(doc: Pdf, paper: BallotPaper, { sheet, scale }: Plan, copies: number): void {
  const root = doc.struct('Document')
  doc.addStructure(root)
  const perSheet = sheet.columns * sheet.rows
  for (let copy = 0; copy < copies; copy++) {
    const place = copy % perSheet
    if (place === 0) {
      doc.addPage({ size: [sheet.width, sheet.height], margin: 0 })
      drawCuttingMarks(doc, sheet)
    }
    const section = doc.struct('Sect')
    root.add(section)
    drawPaper(doc, section, paper, placeOn(sheet, place), scale)
    section.end()
  }
  root.end()
}

const ink = '#111111'
const quiet = '#444444'
type Face = 'text' | 'strong'

/** The lines above the choices, from the town down to how to mark the paper; sizes and gaps in points. */
function headLines(paper: BallotPaper, scale: number) {
  const line = (tag: 'P' | 'H1', text: string, face: Face, size: number, gap: number, color = ink) => ({
    tag,
    text,
    face,
    size: size * scale,
    gap: gap * scale,
    color,
  })
  const only = paper.only
    ? [
        line('P', paper.only.name, 'strong', 13, paper.only.detail ? 0 : 4),
        ...(paper.only.detail ? [line('P', paper.only.detail, 'text', 8.5, 4, quiet)] : []),
      ]
    : []
  return [
    line('P', paper.town, 'strong', 8.5, 0, quiet),
    line('P', paper.meeting, 'text', 7.5, 7, quiet),
    line('H1', paper.title, 'strong', 17, 2),
    line('P', paper.office, 'strong', 10.5, 0),
    line('P', paper.round, 'text', 9.5, 5),
    ...only,
    line('P', paper.instruction, 'text', 8.5, 3, quiet),
  ]
}

const boxSize = (scale: number): number => mm(6) * scale
const indentOf = (scale: number): number => boxSize(scale) + mm(4) * scale
const nameSize = (scale: number): number => 11 * scale
const detailSize = (scale: number): number => 8.25 * scale

function heightOf(doc: Pdf, text: string, face: Face, size: number, width: number): number {
  return doc.font(face).fontSize(size).heightOfString(text, { width })
}

const headHeight = (doc: Pdf, paper: BallotPaper, width: number, scale: number): number =>
  headLines(paper, scale).reduce(
    (sum, { text, face, size, gap }) => sum + heightOf(doc, text, face, size, width) + gap,
    0,
  )

/** Height of the words of each choice. */
const choiceHeights = (doc: Pdf, { choices }: BallotPaper, width: number, scale: number): number[] =>
  choices.map(
    ({ text, detail }) =>
      heightOf(doc, text, 'strong', nameSize(scale), width - indentOf(scale)) +
      (detail ? heightOf(doc, detail, 'text', detailSize(scale), width - indentOf(scale)) : 0),
  )

/** All rows are of one height, so that no candidate stands out. */
const rowHeight = (doc: Pdf, paper: BallotPaper, width: number, scale: number): number =>
  Math.max(boxSize(scale), ...choiceHeights(doc, paper, width, scale)) + 6 * scale

const heightNeeded = (doc: Pdf, paper: BallotPaper, width: number, scale: number): number =>
  headHeight(doc, paper, width, scale) + paper.choices.length * rowHeight(doc, paper, width, scale)

function drawPaper(
  doc: Pdf,
  section: PDFKit.PDFStructureElement,
  paper: BallotPaper,
  place: Place,
  scale: number,
): void {
  let y = place.top
  for (const { tag, text, face, size, gap, color } of headLines(paper, scale)) {
    const at = y
    const options = { width: place.width }
    section.add(
      doc.struct(
        tag,
        {},
        () => void doc.font(face).fontSize(size).fillColor(color).text(text, place.left, at, options),
      ),
    )
    y += heightOf(doc, text, face, size, place.width) + gap
  }
  drawChoices(doc, section, paper, { ...place, top: y, height: place.top + place.height - y }, scale)
}

function drawChoices(
  doc: Pdf,
  section: PDFKit.PDFStructureElement,
  paper: BallotPaper,
  place: Place,
  scale: number,
): void {
  const list = doc.struct('L')
  section.add(list)
  const box = boxSize(scale)
  const width = place.width - indentOf(scale)
  const left = place.left + indentOf(scale)
  const least = rowHeight(doc, paper, place.width, scale)
  // Room to spare goes to the rows, but not so much that a box looks lost.
  const height = Math.max(least, Math.min(least * 1.5, place.height / paper.choices.length))
  const heights = choiceHeights(doc, paper, place.width, scale)
  paper.choices.forEach(({ text, detail }, index) => {
    const top = place.top + index * height
    drawLine(doc, place.left, top, place.width)
    drawBox(doc, place.left + 1, top + (height - box) / 2, box)
    const y = top + (height - (heights[index] ?? 0)) / 2
    const entry = doc.struct('LI')
    list.add(entry)
    entry.add(
      doc.struct('LBody', {}, () => {
        doc.font('strong').fontSize(nameSize(scale)).fillColor(ink).text(text, left, y, { width })
        if (detail) doc.font('text').fontSize(detailSize(scale)).fillColor(quiet).text(detail, left, doc.y, { width })
      }),
    )
    entry.end()
  })
  drawLine(doc, place.left, place.top + paper.choices.length * height, place.width)
  list.end()
}

/** Lines and boxes are no content: a screen reader passes over them. */
function artifact(doc: Pdf, draw: () => void): void {
  doc.markContent('Artifact')
  draw()
  doc.endMarkedContent()
}

const drawBox = (doc: Pdf, left: number, top: number, size: number): void =>
  artifact(doc, () => void doc.rect(left, top, size, size).lineWidth(1.2).strokeColor(ink).stroke())

const drawLine = (doc: Pdf, left: number, top: number, width: number): void =>
  artifact(doc, () => {
    doc
      .moveTo(left, top)
      .lineTo(left + width, top)
      .lineWidth(0.4)
      .strokeColor('#999999')
      .stroke()
  })

function drawCuttingMarks(doc: Pdf, { width, height, columns, rows }: Sheet): void {
  const length = mm(5)
  artifact(doc, () => {
    doc.lineWidth(0.4).strokeColor('#777777')
    for (let column = 1; column < columns; column++) {
      const x = (width * column) / columns
      doc
        .moveTo(x, 0)
        .lineTo(x, length)
        .moveTo(x, height)
        .lineTo(x, height - length)
        .stroke()
      if (rows > 1)
        doc
          .moveTo(x, height / 2 - length / 2)
          .lineTo(x, height / 2 + length / 2)
          .stroke()
    }
    for (let row = 1; row < rows; row++) {
      const y = (height * row) / rows
      doc
        .moveTo(0, y)
        .lineTo(length, y)
        .moveTo(width, y)
        .lineTo(width - length, y)
        .stroke()
      if (columns > 1)
        doc
          .moveTo(width / 2 - length / 2, y)
          .lineTo(width / 2 + length / 2, y)
          .stroke()
    }
  })
}

function collect(doc: Pdf): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Uint8Array) => void parts.push(part))
    doc.on('error', reject)
    doc.on('end', () => {
      const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
      let at = 0
      for (const part of parts) {
        bytes.set(part, at)
        at += part.length
      }
      resolve(bytes)
    })
  })
}
