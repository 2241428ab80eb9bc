import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { profiles } from '../profile.ts'
import type { Print } from '../town/prints.ts'
import { makeTown } from '../town/town.ts'
import { printPdf } from './index.ts'

const town = makeTown(profiles.small, '2026-11-23')
const printOf = (fits: (print: Print) => boolean): Print => town.prints.find(fits)!
const budget = printOf(({ sheet }) => sheet.kind === 'budget')
const paper = printOf(({ sheet }) => sheet.kind === 'paper' && sheet.reference !== undefined && sheet.route.length > 1)
const invitation = printOf(({ sheet }) => sheet.kind === 'invitation' && sheet.closed.length > 1)

/** Reads with another library than the one that wrote. */
async function open(print: Print): Promise<PDFDocumentProxy> {
  const { bytes } = await printPdf(print)
  return getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS }).promise
}

async function textOf(pdf: PDFDocumentProxy, page: number): Promise<string> {
  const { items } = await (await pdf.getPage(page)).getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}

async function allText(pdf: PDFDocumentProxy): Promise<string> {
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, page) => textOf(pdf, page + 1)))
  return pages.join(' ').replace(/\s+/g, ' ')
}

describe('the budget', () => {
  test('has 300 pages with tables, page numbers and an outline that leads to every product', async () => {
    const pdf = await open(budget)
    expect(pdf.numPages).toBe(300)
    const outline = await pdf.getOutline()
    const parts = outline.filter((entry) => entry.items.length === 6)
    expect(parts).toHaveLength(16)
    const last = parts.at(-1)!.items.at(-1) as (typeof parts)[number]
    expect(await pdf.getPageIndex((last.dest as never[])[0]!)).toBe(297)
    expect(await textOf(pdf, 298)).toContain('Breitbandausbau')
    expect(await textOf(pdf, 299)).toContain('Summe der Aufwendungen')
    expect(await textOf(pdf, 300)).toContain('Seite 300 von 300')
  })

  test('says in its contents where a product stands', async () => {
    const pdf = await open(budget)
    const contents = `${await textOf(pdf, 2)} ${await textOf(pdf, 3)} ${await textOf(pdf, 4)}`
    const page = /Schulen: Gymnasien\s+(\d+)/.exec(contents)?.[1]
    expect(await textOf(pdf, Number(page))).toContain('Schulen: Gymnasien')
  })
})

test('a paper shows its title, route and proposed resolution, on several pages', async () => {
  const pdf = await open(paper)
  const text = await allText(pdf)
  const { sheet } = paper
  if (sheet.kind !== 'paper') throw new Error('not a paper')
  expect(pdf.numPages).toBeGreaterThan(1)
  for (const words of [
    sheet.title,
    sheet.reference!,
    sheet.resolution!,
    ...sheet.route.map((stop) => stop.organization),
  ])
    expect(text).toContain(words)
})

test('an invitation numbers public items, and of closed ones only the neutral titles', async () => {
  const text = await allText(await open(invitation))
  const { sheet } = invitation
  if (sheet.kind !== 'invitation') throw new Error('not an invitation')
  for (const item of [...sheet.open, ...sheet.closed]) expect(text).toContain(item)
})

test('PDFs are tagged and say their language and title', async () => {
  const pdf = await open(paper)
  expect([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)]).toContainEqual(['Marked', true])
  const { info } = await pdf.getMetadata()
  expect(info).toMatchObject({ Language: 'de-DE', Title: paper.sheet.kind === 'paper' && paper.sheet.title })
  const tree = await (await pdf.getPage(1)).getStructTree()
  expect(JSON.stringify(tree)).toMatch(/"role":"H1".*"role":"Table".*"role":"TD"/)
})

test('the same print gives the same bytes', async () => {
  const [first, second] = [await printPdf(paper), await printPdf(paper)]
  expect(Buffer.compare(first.bytes, second.bytes)).toBe(0)
  const [one, other] = [await printPdf(budget), await printPdf(budget)]
  expect(Buffer.compare(one.bytes, other.bytes)).toBe(0)
})

test('a closed paper says so on its first page', async () => {
  const closed = printOf(({ sheet }) => sheet.kind === 'paper' && sheet.closed)
  expect(await textOf(await open(closed), 1)).toContain('nichtöffentlich')
})
