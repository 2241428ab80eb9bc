import { inflateSync } from 'node:zlib'
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

interface StructNode {
  readonly role?: string
  readonly id?: string
  readonly scope?: string
  readonly children?: readonly StructNode[]
}

/** A PDF as a program for screen readers sees it, read with another library than the one that wrote it. */
export interface ReadPdf {
  readonly pdf: PDFDocumentProxy
  readonly pages: readonly ReadPage[]
  /** What stands in the structure tree, in its order, as role and text. */
  readonly tagged: readonly (readonly [role: string, text: string])[]
  /** Text that is neither in the tree nor marked as decoration. */
  readonly untagged: readonly string[]
  /** Of every table the roles within each of its rows, such as `TH TH`. */
  readonly rows: readonly string[]
  readonly scopes: readonly string[]
  /** How far right text reaches, in points from the left edge of the paper. */
  readonly rightEdge: number
}

/** Where marked content begins or ends; pdf.js' types know no tag. */
interface Mark {
  readonly type: string
  readonly id?: string | null
  readonly tag?: string
}

interface ReadPage {
  /** Header and footer. */
  readonly decoration: string
  readonly tree: StructNode
  readonly contents: ReadonlyMap<string, string>
  readonly untagged: readonly string[]
  readonly rightEdge: number
}

/** Every byte of a PDF as text, with what it holds packed unpacked: whatever stands in it stands there. */
export function bytesOf(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes)
  const text = raw.toString('latin1')
  const packed = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, stream = '']) => {
    try {
      return [inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  if (packed.length === 0) throw new Error('nothing in the PDF could be unpacked')
  return [text, ...packed].join('\n')
}

/** Opens a PDF and reads all of it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: VerbosityLevel.ERRORS }).promise
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, index) => readPage(pdf, index + 1)))
  const nodes = pages.flatMap(({ tree }) => [...walk(tree)])
  return {
    pdf,
    pages,
    tagged: pages.flatMap(({ tree, contents }) => textsOf(tree, contents)),
    untagged: pages.flatMap(({ untagged }) => untagged),
    rows: nodes
      .filter(({ role }) => role === 'TR')
      .map(({ children = [] }) => children.map((cell) => cell.role).join(' ')),
    scopes: nodes.flatMap(({ scope }) => scope ?? []),
    rightEdge: Math.max(...pages.map(({ rightEdge }) => rightEdge)),
  }
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<ReadPage> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const [contents, decoration, untagged] = [new Map<string, string>(), [] as string[], [] as string[]]
  const open: Mark[] = []
  for (const item of items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') open.pop()
      else open.push(item)
      continue
    }
    const text = item.str + (item.hasEOL ? '\n' : '')
    const owner = open.findLast(({ id }) => id)?.id
    if (open.some(({ tag }) => tag === 'Artifact')) decoration.push(text)
    else if (owner) contents.set(owner, (contents.get(owner) ?? '') + text)
    else if (text.trim()) untagged.push(text)
  }
  const tree = (await page.getStructTree()) as StructNode
  const edges = items.map((item) => ('str' in item ? Number(item.transform[4]) + item.width : 0))
  return { decoration: decoration.join(''), tree, contents, untagged, rightEdge: Math.max(...edges) }
}

function* walk(node: StructNode): Generator<StructNode> {
  yield node
  for (const child of node.children ?? []) yield* walk(child)
}

/** Elements that hold text of their own; what is within them (`Span`) only sets words apart. */
const textRoles = ['H1', 'H2', 'H3', 'P', 'Lbl', 'LBody', 'Caption', 'TH', 'TD', 'BlockQuote']

function textsOf(node: StructNode, contents: ReadonlyMap<string, string>): (readonly [string, string])[] {
  if (!node.role || !textRoles.includes(node.role))
    return (node.children ?? []).flatMap((child) => textsOf(child, contents))
  const text = [...walk(node)].map(({ id }) => contents.get(id ?? '') ?? '').join('')
  return [[node.role, unbroken(text)]]
}

/** Lines are one text again, and what was hyphenated is whole. */
const unbroken = (text: string): string =>
  text
    .replace(/(?<=[\p{L}\u00AD])[-\u00AD]\n(?=\p{Ll})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
