import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { expect, onTestFinished, test } from 'vitest'
import { unmoved, type ElementContent } from '../../../../shared/council/board/element.ts'
import { m } from '../../../../shared/i18n/index.ts'
import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { loadPdf } from '../../../ui/pdf/pdf-document.ts'
import type { Pagination } from '../exchange/all-pages.ts'
import { openPdf, pdfOf } from '../testing/paper-stand.ts'
import { makeFiles, type About, type MadeFile } from './made-files.ts'
import { takeSnapshot, type Snapshot } from './snapshot.ts'

const about: About = { name: 'Tafel <Schulhof>', item: 'Schulhof', names: ['Ada', 'Ben'], unknown: 1 }
const words = (text: string, author: string, y = 100): ElementContent => ({
  ...{ kind: 'text', z: 'a0', author, place: { ...unmoved, x: 100, y }, width: 300, height: 40 },
  ...{ colour: 'black', fontSize: 28, text },
})

/** The pages of a board of which the one in the middle is open. */
async function snapshotOf(pages: readonly BoardPage[], paper?: Blob): Promise<Snapshot> {
  const sheet = paper && (await (await openPdf(await paper.arrayBuffer())).page(2))
  const pagination: Pagination = {
    ...{ count: pages.length, place: 1, read: (place) => Promise.resolve(pages[place]!) },
    paper: paper && sheet && { bytes: paper, sheet },
  }
  const snapshot = await takeSnapshot(pages[1]!, pagination)
  onTestFinished(() => snapshot.close())
  return snapshot
}

async function read({ bytes }: MadeFile) {
  const pdf = await loadPdf(await bytes.arrayBuffer())
  onTestFinished(() => pdf.loadingTask.destroy())
  const textOf = async (number: number): Promise<string> =>
    (await (await pdf.getPage(number)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ')
  const tagsOf = async (number: number): Promise<string> =>
    JSON.stringify(await (await pdf.getPage(number)).getStructTree())
  return { pdf, textOf, tagsOf, meta: (await pdf.getMetadata()).info as Record<string, unknown> }
}

test('all pages are one tagged PDF whose last page and properties name who drew', async () => {
  const pages = [emptyPage(), emptyPage(), emptyPage()]
  pages[0]!.add('a', words('Anfang', 'ada'))
  pages[1]!.add('b', words('Mitte', 'ben'))
  const snapshot = await snapshotOf(pages)
  // What is drawn afterwards is not in it.
  pages[1]!.add('c', words('Später', 'cem'))
  expect([snapshot.drawn, snapshot.authors, snapshot.beside]).toEqual([[0, 1], ['ada', 'ben'], 0])
  const steps: number[] = []
  const [whole, ...drawings] = await makeFiles(snapshot, about, (made) => steps.push(made))
  expect(steps).toEqual([1, 2, 3])
  expect([whole!.format, whole!.pages, whole!.name]).toEqual(['pdf', 4, 'Tafel <Schulhof>'])
  const { pdf, textOf, tagsOf, meta } = await read(whole!)
  expect(meta).toMatchObject({ Title: 'Tafel <Schulhof>', Author: 'Ada, Ben', Language: 'de' })
  expect([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)]).toContainEqual(['Marked', true])
  expect([await textOf(1), await textOf(2), await textOf(3)]).toEqual(['Anfang', 'Mitte', ''])
  const last = await textOf(4)
  for (const part of [
    'Tafel <Schulhof>',
    m.boards_record_authors(),
    'Ada',
    'Ben',
    m.boards_record_unknown({ count: 1 }),
  ])
    expect(last).toContain(part)
  for (const tag of ['H1', 'H2', 'P', 'L', 'LI', 'LBody']) expect(await tagsOf(4)).toContain(`"role":"${tag}"`)
  expect(drawings.map(({ name }) => name)).toEqual(
    [1, 2].map((page) => m.boards_record_page({ name: about.name, page })),
  )
  expect(await drawings[1]!.bytes.text()).not.toContain('Später')
})

test('a drawing is well-formed, holds all that it shows, names who drew, and runs nothing', async () => {
  const page = emptyPage()
  page.add('a', words('<script>1</script>&"x"\u0000\u0008', 'ada'))
  const snapshot = await snapshotOf([emptyPage(), page])
  const [, drawing] = await makeFiles(snapshot, about, () => undefined)
  const text = await drawing!.bytes.text()
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml')
  expect(svg.querySelector('parsererror')).toBeNull()
  expect(svg.querySelector('text')?.textContent).toBe('<script>1</script>&"x"')
  expect(svg.querySelector('desc')?.textContent).toMatch(/Schulhof.*Ada, Ben/)
  const names = new Set([...svg.querySelectorAll('*')].map(({ localName }) => localName))
  expect([...names].sort()).toEqual(['desc', 'g', 'rect', 'svg', 'text', 'title', 'tspan'])
  expect(text).not.toMatch(/\son\w+=|href="(?!data:)|url\(/)
})

test('over a paper, its texts stay texts, what is drawn lies on it, and the last page names who drew', async () => {
  const face = await (await fetch(textFace)).arrayBuffer()
  const paper = new Blob([
    await pdfOf(
      (doc) => void doc.font(face).text('Erste Seite', 50, 50),
      (doc) => void doc.font(face).text('Zweite Seite', 50, 50),
    ),
  ])
  const pages = [emptyPage(), emptyPage()]
  pages[1]!.add('b', words('Zufahrt', 'ben'))
  pages[1]!.add('c', words('daneben', 'ben', 2000))
  const snapshot = await snapshotOf(pages, paper)
  expect([snapshot.drawn, snapshot.beside]).toEqual([[1], 1])
  const [whole, drawing, ...others] = await makeFiles(snapshot, about, () => undefined)
  expect([whole!.pages, others]).toEqual([3, []])
  const { textOf, tagsOf } = await read(whole!)
  expect(await textOf(1)).toContain('Erste Seite')
  expect(await textOf(2)).toContain('Zweite Seite')
  expect(await textOf(3)).toContain('Ben')
  expect(await tagsOf(3)).toContain('"role":"LBody"')
  const page = await (await openPdf(await whole!.bytes.arrayBuffer())).page(2)
  const box = { left: 0, top: 0, right: page.width, bottom: page.height }
  const picture = (await page.draw(box, 1).picture).getContext('2d')!.getImageData(100, 100, 200, 40)
  expect(picture.data.some((part, at) => at % 4 === 0 && part < 100)).toBe(true)
  const svg = new DOMParser().parseFromString(await drawing!.bytes.text(), 'image/svg+xml')
  expect(svg.querySelector('image')?.getAttribute('href')).toMatch(/^data:image\/png;base64,/)
  expect(svg.querySelector('image')?.getAttribute('width')).toBe('600')
})
