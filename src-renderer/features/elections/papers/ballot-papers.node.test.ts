import { readFile } from 'node:fs/promises'
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { printBallotPapers, type BallotPaper, type Faces } from './ballot-papers.ts'

const face = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../../node_modules/@expo-google-fonts/inter/${name}.ttf`, import.meta.url))
const faces: Faces = {
  text: await face('400Regular/Inter_400Regular'),
  strong: await face('700Bold/Inter_700Bold'),
}
const made = new Date('2026-11-30T17:00:00Z')
const paper: BallotPaper = {
  language: 'de-DE',
  title: 'Stimmzettel',
  town: 'Stadt Nibelau am Rhein',
  meeting: '18. Sitzung des Stadtrats, 30. November 2026',
  office: 'Zweite Beigeordnete oder zweiter Beigeordneter',
  round: '1. Wahlgang',
  instruction: 'Bitte höchstens ein Feld ankreuzen.',
  choices: [{ text: 'Łucja Şahin-Ćosić', detail: 'Vorschlag: Freie Liste' }, { text: 'Jörg Weiß' }],
}

/** Reads with another library than the one that wrote. */
const open = async (bytes: Uint8Array): Promise<PDFDocumentProxy> =>
  getDocument({ data: bytes, verbosity: VerbosityLevel.ERRORS }).promise

async function textOf(pdf: PDFDocumentProxy, page: number): Promise<string> {
  const { items } = await (await pdf.getPage(page)).getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ')
}

test('53 papers of A6 lie on 14 sheets of A4, each with every name once', async () => {
  const pdf = await open(await printBallotPapers(paper, { copies: 53, faces, made }))
  expect(pdf.numPages).toBe(14)
  const { view } = await pdf.getPage(1)
  expect(view.map(Math.round)).toEqual([0, 0, 595, 842])
  const counts: number[] = []
  for (let page = 1; page <= 14; page++) counts.push((await textOf(pdf, page)).split('Łucja Şahin-Ćosić').length - 1)
  expect(counts).toEqual([...Array<number>(13).fill(4), 1])
})

test('it is tagged, has a language and a title, and says what a person needs to vote', async () => {
  const pdf = await open(await printBallotPapers(paper, { copies: 1, faces, made }))
  const { info, metadata } = await pdf.getMetadata()
  expect(info).toMatchObject({
    Title: 'Stimmzettel: Zweite Beigeordnete oder zweiter Beigeordneter, 1. Wahlgang',
    Language: 'de-DE',
  })
  expect(String(metadata?.getRaw())).toContain('pdfuaid:part')
  expect(await pdf.getMarkInfo()).toEqual(
    new Map(Object.entries({ Marked: true, UserProperties: false, Suspects: false })),
  )
  const structure = JSON.stringify(await (await pdf.getPage(1)).getStructTree())
  for (const role of ['Document', 'Sect', 'H1', 'P', 'L', 'LI', 'LBody'])
    expect(structure).toContain(`"role":"${role}"`)
  const text = (await textOf(pdf, 1)).replace(/\s+/g, ' ')
  for (const words of [paper.town, paper.meeting, paper.round, 'Vorschlag: Freie Liste', 'Jörg Weiß'])
    expect(text).toContain(words)
})

test('all papers of a round are the same, so that none can be told from another', async () => {
  const [one, two] = await Promise.all([1, 1].map(() => printBallotPapers(paper, { copies: 4, faces, made })))
  expect(one).toEqual(two)
  const page = await (await open(one!)).getPage(1)
  const { items } = await page.getTextContent()
  const places = items.flatMap((item) =>
    'str' in item && item.str === 'Jörg Weiß' ? [item.transform.slice(4).map(Number)] : [],
  )
  const [first, ...others] = places
  expect(others).toHaveLength(3)
  const half = { x: 595.2756 / 2, y: 841.8898 / 2 }
  for (const [x, y] of others) {
    const [across, down] = [Math.abs(x! - first![0]!), Math.abs(y! - first![1]!)]
    expect(Math.round(across / half.x) + Math.round(down / half.y)).toBeGreaterThan(0)
    expect(across).toBeCloseTo(Math.round(across / half.x) * half.x, 1)
    expect(down).toBeCloseTo(Math.round(down / half.y) * half.y, 1)
  }
})

test('the paper grows with the number of candidates, and nothing is lost', async () => {
  const sizes: (readonly number[])[] = []
  for (const many of [3, 14, 30]) {
    const choices = Array.from({ length: many }, (_, index) => ({
      text: `Kandidatin Nummer ${index + 1}`,
      detail: 'X',
    }))
    const pdf = await open(await printBallotPapers({ ...paper, choices }, { copies: 4, faces, made }))
    const page = await pdf.getPage(1)
    const { items } = await page.getTextContent()
    const written = items.flatMap((item) => ('str' in item && item.str.trim() ? [Number(item.transform[5])] : []))
    expect(Math.min(...written)).toBeGreaterThan(20)
    expect(await textOf(pdf, 1)).toContain(`Kandidatin Nummer ${many}`)
    sizes.push([pdf.numPages, Math.round(page.view[2]!)])
  }
  expect(sizes).toEqual([
    [1, 595],
    [2, 842],
    [4, 595],
  ])
})
