import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.mjs?url'
import { expect, test } from 'vitest'
import { boxAroundAll } from '../../../../shared/board/plane/box.ts'
import { unpackInk } from '../../../../shared/council/board/ink.ts'
import { unmoved } from '../../../../shared/council/board/element.ts'
import { boardStand } from '../testing/board-stand.ts'
import { openPdf, pdfOf } from '../testing/paper-stand.ts'
import { templates } from '../templates.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { allToPdf } from './all-pages.ts'
import { importFiles, putInMiddle } from './exchange.ts'
import { pictureOf } from './paper-picture.ts'
import { boardToPdf } from './pdf.ts'
import { boardToPng } from './png.ts'
import { boardToSvg } from './svg.ts'

const drawing = JSON.stringify({
  type: 'excalidraw',
  version: 2,
  elements: [
    {
      type: 'rectangle',
      x: 0,
      y: 0,
      width: 200,
      height: 100,
      angle: Math.PI / 2,
      strokeColor: '#e03131',
      backgroundColor: '#fff',
    },
    {
      type: 'freedraw',
      x: 10,
      y: 20,
      points: [
        [0, 0],
        [5, 5],
        [10, 0],
      ],
      pressures: [0.1, 0.5, 0.9],
      strokeColor: '#1971c2',
    },
    {
      type: 'arrow',
      x: 0,
      y: 0,
      points: [
        [0, 0],
        [100, 50],
      ],
      endArrowhead: 'arrow',
    },
    { type: 'text', x: 5, y: 300, width: 90, height: 25, text: 'Straßen <und> Plätze', fontSize: 20 },
    { type: 'ellipse', x: 0, y: 0, width: 1, height: 1, isDeleted: true },
    { type: 'embeddable', x: 0, y: 0 },
  ],
})
const file = (text: BlobPart, name: string): File => new File([text], name)

test('a drawing of Excalidraw is read, and what is nothing for a board is counted', async () => {
  const { bench, elements } = await boardStand()
  const outcome = await importFiles(bench, [
    file(drawing, 'plan.excalidraw'),
    file('no picture', 'note.png'),
    file('{', 'x.json'),
  ])
  expect(outcome).toEqual({ added: 4, left: 3 })
  const [rectangle, stroke, arrow, text] = elements()
  expect(rectangle).toMatchObject({
    kind: 'shape',
    form: 'rectangle',
    colour: 'red',
    isFilled: true,
    place: { angle: Math.PI / 2 },
  })
  expect(stroke?.kind === 'stroke' && unpackInk(stroke.ink)?.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [5, 5],
    [10, 0],
  ])
  expect(arrow).toMatchObject({ kind: 'line', hasHead: true })
  expect(text).toMatchObject({ kind: 'text', text: 'Straßen <und> Plätze' })
  expect(bench.selection.ids.size).toBe(4)
})

test('a picture lies in the page itself, small enough to be sent', async () => {
  const { bench, elements } = await boardStand()
  const canvas = new OffscreenCanvas(3000, 1500)
  canvas.getContext('2d')!.fillRect(0, 0, 3000, 1500)
  await importFiles(bench, [new File([await canvas.convertToBlob()], 'karte.png', { type: 'image/png' })])
  expect(elements()).toMatchObject([
    { kind: 'picture', width: 640, height: 320, text: 'karte.png', mediaType: 'image/png' },
  ])
})

test('SVG, PNG and PDF hold what is on the page: vectors as vectors, texts as texts', async () => {
  const { bench, engine, elements } = await boardStand()
  putInMiddle(bench, templates.timeline.drafts({ x: 0, y: 0 }))
  await importFiles(bench, [file(drawing, 'plan.excalidraw')])
  const all = elements()
  const box = boxAroundAll(all.flatMap(({ id }) => engine.scene.boxOf(id) ?? []))!
  const { lookup } = engine.scene
  const svg = new DOMParser().parseFromString(
    boardToSvg({ elements: all, box, lookup }, { title: 'A & B' }),
    'image/svg+xml',
  )
  expect(svg.querySelector('parsererror')).toBeNull()
  expect(svg.querySelector('title')?.textContent).toBe('A & B')
  expect([...svg.querySelectorAll('text')].map(({ textContent }) => textContent)).toContain('Beschluss')
  expect(svg.querySelectorAll('image, canvas').length).toBe(0)
  const png = await createImageBitmap(await boardToPng(all, box, lookup))
  expect(png.width).toBe(Math.ceil((box.right - box.left + 80) * 2))
  const face = await (await fetch(textFace)).arrayBuffer()
  const bytes = await boardToPdf([{ elements: all, box, lookup }], {
    title: 'Tafel',
    language: 'de',
    face,
    made: new Date(0),
  })
  GlobalWorkerOptions.workerSrc = worker
  const pdf = await getDocument({ data: bytes }).promise
  const page = await pdf.getPage(1)
  const words = (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : ''))
  expect(words).toContain('Beschluss')
  expect(words.join(' ')).toContain('Straßen <und>')
  expect(page.getViewport({ scale: 96 / 72 }).width).toBeCloseTo(box.right - box.left + 80, 0)
})

test('what was put on the page together lies in its order', async () => {
  const { bench, elements } = await boardStand()
  putInMiddle(bench, templates['pro-contra'].drafts({ x: 0, y: 0 }))
  const order = elements().toSorted((a, b) => (a.z < b.z ? -1 : 1))
  expect(order.map(({ kind }) => kind)).toEqual(['shape', 'text', 'note', 'note', 'shape', 'text', 'note', 'note'])
  expect(new Set(order.map(({ z }) => z)).size).toBe(8)
  bench.add({ kind: 'stamp', sign: 'dot', colour: 'red', width: 1, height: 1, place: unmoved })
  expect(elements().at(-1)!.z > order.at(-1)!.z).toBe(true)
})

test('over a paper, PNG and SVG hold the paper below what is drawn', async () => {
  const sheet = await (await openPdf(await pdfOf((doc) => void doc.rect(100, 100, 50, 50).fill('#000000')))).page(1)
  const whole = { left: 0, top: 0, right: sheet.width, bottom: sheet.height }
  const below = await pictureOf(sheet)
  const png = await createImageBitmap(await boardToPng([], whole, () => undefined, below))
  const context = new OffscreenCanvas(png.width, png.height).getContext('2d')!
  context.drawImage(png, 0, 0)
  const redAt = (x: number, y: number) => context.getImageData((x + 40) * 2, (y + 40) * 2, 1, 1).data[0]
  expect([redAt(125, 125), redAt(300, 300)]).toEqual([0, 255])
  const svg = new DOMParser().parseFromString(
    boardToSvg({ elements: [], box: whole, lookup: () => undefined }, { title: 'Plan', paper: below }),
    'image/svg+xml',
  )
  expect(svg.querySelector('image')?.getAttribute('width')).toBe('600')
})

test('all pages are one PDF, in their order, an empty one among them', async () => {
  const [first, second, third] = [emptyPage(), emptyPage(), emptyPage()]
  const words = (text: string) =>
    ({
      kind: 'text',
      z: 'a0',
      author: 'ada',
      place: unmoved,
      width: 300,
      height: 40,
      colour: 'black',
      fontSize: 28,
      text,
    }) as const
  first.add('a', words('Anfang'))
  third.add('c', words('Ende'))
  const read = (place: number) => Promise.resolve([first, second, third][place]!)
  const { file: all, left } = await allToPdf(second, { count: 3, place: 1, read }, 'Tafel')
  GlobalWorkerOptions.workerSrc = worker
  const pdf = await getDocument({ data: await all.arrayBuffer() }).promise
  const texts = await Promise.all(
    [1, 2, 3].map(async (number) =>
      (await (await pdf.getPage(number)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')),
    ),
  )
  expect([left, pdf.numPages, texts]).toEqual([0, 3, [['Anfang'], [], ['Ende']]])
})
