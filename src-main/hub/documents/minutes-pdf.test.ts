import { describe, expect, test } from 'vitest'
import type { Block, MinutesDocument, TextRun } from '../../../shared/council/minutes.ts'
import { longMinutes, shortMinutes } from '../testing/written-minutes.ts'
import { minutesPdf } from './index.ts'
import { readPdf } from './testing/read-pdf.ts'

const day = '2026-11-30'
const made = '2026-12-02T10:30:00Z'

async function set(document: MinutesDocument, archived = false): Promise<Uint8Array> {
  const pdf = await minutesPdf({ document, archived, day, made })
  if (!pdf.ok) throw new Error(`No font has ${pdf.failure.letters.join(' ')}`)
  return pdf.value
}

const wordsOf = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join('')

function tagsOf(block: Block): (readonly [string, string])[] {
  switch (block.block) {
    case 'paragraph':
      return [['P', wordsOf(block.runs)]]
    case 'resolution':
      return [['BlockQuote', wordsOf(block.runs)]]
    case 'heading':
      return [['H3', block.text]]
    case 'list':
      return block.items.flatMap((runs, index) => [
        ['Lbl', block.ordered ? `${index + 1}.` : '•'],
        ['LBody', wordsOf(runs)],
      ])
    case 'table':
      return [
        ['Caption', block.caption],
        ...block.header.map((cell) => ['TH', cell] as const),
        ...block.rows.flat().map((cell) => ['TD', cell] as const),
      ]
  }
}

const expectedTags = (document: MinutesDocument): (readonly [string, string])[] => [
  ['H1', document.title],
  ...document.facts.flatMap(({ label, value }) => [['Lbl', label] as const, ['LBody', value] as const]),
  ...document.sections.flatMap(({ heading, blocks }) => [['H2', heading] as const, ...blocks.flatMap(tagsOf)]),
  ['H2', 'Unterschriften'],
  ...document.signatures.flatMap(({ name, capacity, signed }) =>
    [name, capacity, ...(signed === undefined ? [] : [`unterschrieben: ${signed}`])].map(
      (text) => ['P', text] as const,
    ),
  ),
]

/** What goes on over a page stands there in two parts. */
const lettersOf = (tags: readonly (readonly [string, string])[]): string =>
  tags
    .map(([, text]) => text)
    .join('')
    .replace(/\s/g, '')

describe.each([
  ['handed out', false],
  ['archived', true],
])('minutes that are %s', (_, archived) => {
  test('say in their tags what the document says, word for word, and nothing stands outside of them', async () => {
    const { tagged, untagged, rows, scopes } = await readPdf(await set(shortMinutes, archived))
    expect(tagged).toEqual(expectedTags(shortMinutes))
    expect(untagged).toEqual([])
    expect(rows).toEqual(['TH TH TH', 'TD TD TD', 'TD TD TD', 'TD TD TD'])
    expect(scopes).toEqual(['Column', 'Column', 'Column'])
  })

  test('of 60 items lose no letter over their pages, each with header and number', async () => {
    const document = longMinutes(60)
    const { pages, tagged, untagged } = await readPdf(await set(document, archived))
    expect(lettersOf(tagged)).toBe(lettersOf(expectedTags(document)))
    expect(untagged).toEqual([])
    expect(pages.length).toBeGreaterThan(60)
    pages.forEach(({ decoration }, index) => {
      expect(decoration).toContain('Stadt Nibelau am Rhein')
      expect(decoration).toContain('30. November 2026')
      expect(decoration).toContain(`Seite ${index + 1} von ${pages.length}`)
    })
  })

  test('are in German, have a title and dates of their own, and neither script nor attachment nor lock', async () => {
    const { pdf } = await readPdf(await set(shortMinutes, archived))
    const { info } = await pdf.getMetadata()
    expect(info).toMatchObject({
      Language: 'de',
      Title: shortMinutes.title,
      Author: shortMinutes.body,
      CreationDate: 'D:20261202103000Z',
      ModDate: 'D:20261202103000Z',
    })
    expect(Object.fromEntries((await pdf.getMarkInfo()) as never)).toMatchObject({ Marked: true, Suspects: false })
    expect([await pdf.getJSActions(), await pdf.getAttachments(), await pdf.getPermissions()]).toEqual([
      null,
      null,
      null,
    ])
  })

  test('carry every font they use', async () => {
    const { pdf } = await readPdf(await set(shortMinutes, archived))
    const page = await pdf.getPage(1)
    await page.getOperatorList()
    const { items } = await page.getTextContent()
    const names = new Set(items.flatMap((item) => ('str' in item && item.str.trim() ? item.fontName : [])))
    const fonts = [...names].map((name) => page.commonObjs.get(name) as { missingFile?: boolean })
    expect(fonts).toHaveLength(2)
    expect(fonts.every(({ missingFile }) => missingFile === false)).toBe(true)
  })

  test('have the same bytes whenever they are made', async () => {
    const first = await set(shortMinutes, archived)
    await set({ ...shortMinutes, title: 'Something else' }, archived)
    expect(Buffer.compare(await set(shortMinutes, archived), first)).toBe(0)
  })
})

test('what is handed out says that it is PDF/UA-1 and shows its title; the archive has PDF/A-2a', async () => {
  const [handedOut, archived] = [await readPdf(await set(shortMinutes)), await readPdf(await set(shortMinutes, true))]
  const xmpOf = async ({ pdf }: typeof handedOut): Promise<string> =>
    String((await pdf.getMetadata()).metadata?.getRaw())
  expect(await xmpOf(handedOut)).toContain('<pdfuaid:part>1</pdfuaid:part>')
  expect(await xmpOf(archived)).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
  expect(Object.fromEntries((await handedOut.pdf.getViewerPreferences()) as never)).toMatchObject({
    DisplayDocTitle: true,
  })
})

test('bookmarks lead to every section, and below it to its headings', async () => {
  const document = longMinutes(12)
  const { pdf, pages } = await readPdf(await set(document))
  const outline = await pdf.getOutline()
  expect(outline.map(({ title, items }) => [title, (items as { title: string }[]).map((item) => item.title)])).toEqual([
    ...document.sections.map(({ heading }, index) => [heading, [`Beschluss zu TOP ${index + 1}`]]),
    ['Unterschriften', []],
  ])
  for (const { title, dest } of outline) {
    const page = pages[await pdf.getPageIndex((dest as never[])[0]!)]!
    expect([...page.contents.values()].join(' ').replace(/\s+/g, ' ')).toContain(title)
  }
})

test('minutes in English have English words and dates', async () => {
  const { pdf, pages, tagged } = await readPdf(await set({ ...shortMinutes, language: 'en-GB' }))
  expect((await pdf.getMetadata()).info).toMatchObject({ Language: 'en-GB' })
  expect(pages[0]!.decoration).toContain('30 November 2026')
  expect(pages[0]!.decoration).toContain('Page 1 of 1')
  expect(tagged).toContainEqual(['P', 'signed: 2. Dezember 2026'])
})

test('rows with fewer or more cells than the header still make a table, with every word', async () => {
  const ragged: Block = { block: 'table', caption: 'Ragged', header: ['A', 'B'], rows: [['1'], ['2', '3', '4']] }
  const sections = [{ key: 'opening', public: true, heading: 'Opening', blocks: [ragged] }]
  const { rows, tagged } = await readPdf(await set({ ...shortMinutes, sections }))
  expect(rows).toEqual(['TH TH TH', 'TD TD TD', 'TD TD TD'])
  expect(tagged.filter(([role]) => role === 'TD').map(([, text]) => text)).toEqual(['1', '', '', '2', '3', '4'])
})
