import { expect, test } from 'vitest'
import type { Block, MinutesDocument } from '../../../shared/council/minutes.ts'
import { minutesSaying, shortMinutes } from '../testing/written-minutes.ts'
import { minutesPdf } from './index.ts'
import { readPdf } from './testing/read-pdf.ts'

const options = { archived: true, day: '2026-11-30', made: '2026-12-02T10:30:00Z' }

/** What Typst would act on if any of it were code. */
const hostile = [
  '#import "@preview/cetz:0.3.0": * #panic("x")',
  '#read("/etc/passwd") #sys.inputs #{ 1 + 1 }',
  '] } ) [ { ( */ /* // -- --- ~ \\ \\u{41} \\n',
  '$ x^2 $ `raw` ```typ #1``` *bold* _weak_ = Title + one / two',
  '@reference <label> <script>alert(1)</script> &amp; %s ${x} {{x}} {page} {pages}',
  '"quoted" \'single\' "); #quit() ("',
  'https://example.org/a?b=c&d https://packages.typst.org',
  '1 -> 2 <- 3 => 4 != 5 fi ffl x 10x20 ... 1/2',
]

const withTexts = (texts: readonly string[]): MinutesDocument => ({
  ...shortMinutes,
  sections: [
    {
      key: 'opening',
      public: true,
      heading: texts[0] ?? '',
      blocks: texts.map((text) => ({ block: 'paragraph', runs: [{ text }] })),
    },
  ],
  signatures: [],
})

async function paragraphsOf(document: MinutesDocument): Promise<string[]> {
  const pdf = await minutesPdf({ ...options, document })
  if (!pdf.ok) throw new Error(`No font has ${pdf.failure.letters.join(' ')}`)
  const { tagged } = await readPdf(pdf.value)
  return tagged.filter(([role]) => role === 'P').map(([, text]) => text)
}

test('text that looks like code comes out as text', async () => {
  expect(await paragraphsOf(withTexts(hostile))).toEqual(hostile)
})

test('in every place of a document it is text', async () => {
  const bad = '#panic("x") ] $ \\ @a <b> {pages}'
  const document = minutesSaying(bad)
  const pdf = await minutesPdf({ ...options, document })
  if (!pdf.ok) throw new Error('A letter is missing.')
  const { pdf: read, pages, tagged } = await readPdf(pdf.value)
  const texts = tagged.filter(([, text]) => text !== '1.' && text !== 'Unterschriften')
  expect(texts.map(([role, text]) => [role, text.replace('unterschrieben: ', '')])).toEqual(
    ['H1', 'Lbl', 'LBody', 'H2', 'P', 'BlockQuote', 'H3', 'LBody', 'Caption', 'TH', 'TD', 'P', 'P', 'P'].map((role) => [
      role,
      bad,
    ]),
  )
  expect(pages[0]!.decoration.replace(/\s+/g, ' ')).toContain(bad)
  expect((await read.getMetadata()).info).toMatchObject({ Title: bad, Author: bad })
})

test('letters of many scripts, emoji and marks come out as they went in', async () => {
  const texts = [
    'Łucja Şahin-Ćosić Đặng Ægir ß ẞ',
    'Жизнь Ελλάδα',
    'שלום',
    'Bravo 👏 und 🗳',
    'U\u0308ber 5\u00a0% 1\u202f000 €',
  ]
  const read = await paragraphsOf(withTexts(texts))
  expect(read.map((text) => text.normalize('NFC'))).toEqual(
    texts.map((text) => text.replace(/\s/g, ' ').normalize('NFC')),
  )
})

test('soft hyphens and endless words break lines and lose nothing', async () => {
  const word = 'Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesellschaft'
  const texts = [`${word} `.repeat(12).trim(), 'xy'.repeat(150), `${'Straßenausbaubeitragssatzung '.repeat(20).trim()}`]
  const bare = (text: string): string => text.replace(/[\s\u00ad]/g, '')
  expect((await paragraphsOf(withTexts(texts))).map(bare)).toEqual(texts.map(bare))
})

test('words of narrow cells are hyphenated, and hyphens stay hyphens', async () => {
  const cells = [
    'Kindertagesstättenbedarfsplanung',
    'Haushaltskonsolidierungskonzept',
    'Müller-Lüdenscheidt',
    'x'.repeat(80),
  ]
  const document = { ...withTexts(['Jörg Müller-Lüdenscheidt']), facts: [] }
  const section = document.sections[0]!
  const table: Block = {
    block: 'table',
    caption: 'Narrow',
    header: ['A', 'B', ...cells],
    rows: [['a', 'b', ...cells]],
  }
  const pdf = await minutesPdf({
    ...options,
    document: { ...document, sections: [{ ...section, blocks: [table, ...section.blocks] }] },
  })
  if (!pdf.ok) throw new Error('A letter is missing.')
  const { tagged, rightEdge } = await readPdf(pdf.value)
  const textsOf = (role: string): string[] => tagged.filter((each) => each[0] === role).map(([, text]) => text)
  const bare = (texts: readonly string[]): string[] => texts.map((text) => text.replace(/\s/g, ''))
  expect(bare(textsOf('TH'))).toEqual(['A', 'B', ...cells])
  expect(bare(textsOf('TD'))).toEqual(['a', 'b', ...cells])
  expect(textsOf('P')).toEqual(['Jörg Müller-Lüdenscheidt'])
  // A4 without its right margin, in points.
  expect(rightEdge).toBeLessThan(595.3 - 56.6)
})

test('line breaks of every kind are line breaks, control characters are left out', async () => {
  const [text] = await paragraphsOf(withTexts(['one\r\ntwo\rthree\vfour\u0000\u001b\ufeff five']))
  expect(text).toBe('one two three four five')
})

test('a letter that no font has is named, never lost', async () => {
  const text = 'Herr 漢字 und \u{e000} und \ud800'
  expect(await minutesPdf({ ...options, document: withTexts([text]) })).toEqual({
    ok: false,
    failure: { letters: ['漢', '字', '�', '\u{e000}'] },
  })
  expect(await minutesPdf({ ...options, archived: false, document: withTexts(['Herr 漢字']) })).toEqual({
    ok: false,
    failure: { letters: ['漢', '字'] },
  })
})

test('a fault quotes nothing of the text, and the next document is set all the same', async () => {
  const broken = { ...withTexts(['Secret words']), sections: [{ heading: 'Secret words' }] } as never
  const fault = await minutesPdf({ ...options, document: broken }).then(
    () => undefined,
    (error: unknown) => error as Error,
  )
  expect(fault).toBeInstanceOf(Error)
  expect(JSON.stringify([fault?.message, fault?.stack, Object.values(fault ?? {})])).not.toContain('Secret')
  expect(await paragraphsOf(withTexts(['Afterwards']))).toEqual(['Afterwards'])
})
