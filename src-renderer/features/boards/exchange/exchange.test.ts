import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.mjs?url'
import { expect, test } from 'vitest'
import { unmoved } from '../../../../shared/council/board/element.ts'
import { importFiles, putInMiddle } from '../bring/import-files.ts'
import { boardStand } from '../testing/board-stand.ts'
import { drawing } from '../testing/excalidraw-drawing.ts'
import { openPdf, pdfOf } from '../testing/paper-stand.ts'
import { Scene } from '../engine/scene.ts'
import { templates } from '../templates.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { allToPdf } from './all-pages.ts'
import { drawnPage, paperBelow } from './drawn-page.ts'
import { boardToPdf } from './pdf.ts'
import { boardToPng } from './png.ts'
import { boardToSvg } from './svg.ts'

/** How red a picture is at points of the page, which has its origin somewhere in the picture. */
async function redIn(picture: ImageBitmapSource, perUnit: number, [left, top]: readonly [number, number]) {
  const bitmap = await createImageBitmap(picture)
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return (x: number, y: number) => context.getImageData((x + left) * perUnit, (y + top) * perUnit, 1, 1).data[0]!
}

test('SVG, PNG and PDF hold what is on the page: vectors as vectors, texts as texts', async () => {
  const { bench, engine, elements } = await boardStand()
  putInMiddle(bench, templates.timeline.drafts({ x: 0, y: 0 }))
  await importFiles(bench, [new File([drawing], 'plan.excalidraw')])
  const page = drawnPage(engine.scene)!
  const { box } = page
  expect(page.elements.length).toBe(elements().length)
  const svg = new DOMParser().parseFromString(boardToSvg(page, { title: 'A & B', canComeBack: false }), 'image/svg+xml')
  expect(svg.querySelector('parsererror')).toBeNull()
  expect(svg.querySelector('title')?.textContent).toBe('A & B')
  expect([...svg.querySelectorAll('text')].map(({ textContent }) => textContent)).toContain('Beschluss')
  expect(svg.querySelectorAll('image, canvas').length).toBe(0)
  const png = await createImageBitmap(await boardToPng(page))
  expect(png.width).toBe(Math.ceil((box.right - box.left + 80) * 2))
  const face = await (await fetch(textFace)).arrayBuffer()
  const bytes = await boardToPdf([page], {
    title: 'Tafel',
    language: 'de',
    face,
    made: new Date(0),
  })
  GlobalWorkerOptions.workerSrc = worker
  const pdf = await getDocument({ data: bytes }).promise
  const sheet = await pdf.getPage(1)
  const words = (await sheet.getTextContent()).items.map((item) => ('str' in item ? item.str : ''))
  expect(words).toContain('Beschluss')
  expect(words.join(' ')).toContain('Straßen <und>')
  expect(sheet.getViewport({ scale: 96 / 72 }).width).toBeCloseTo(box.right - box.left + 80, 0)
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
  const page = drawnPage(new Scene(emptyPage()), await paperBelow(sheet))!
  const redAt = await redIn(await boardToPng(page), 2, [40, 40])
  expect([redAt(125, 125), redAt(300, 300)]).toEqual([0, 255])
  const svg = new DOMParser().parseFromString(boardToSvg(page, { title: 'Plan', canComeBack: false }), 'image/svg+xml')
  expect(svg.querySelector('image')?.getAttribute('width')).toBe('600')
})

test('the picture of the ground is in every export, below what is drawn, and said in words', async () => {
  const canvas = new OffscreenCanvas(80, 60)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 80, 60)
  context.fillStyle = '#000000'
  context.fillRect(20, 20, 40, 20)
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
  const board = emptyPage()
  const text = 'Lageplan "Markt" & <Brunnen>'
  board.layGround({ id: 'plan', x: -400, y: -300, width: 800, height: 600, mediaType: 'image/png', bytes, text })
  const stamp = { kind: 'stamp', sign: 'dot', colour: 'red', width: 100, height: 100, z: 'a0', author: 'ada' } as const
  board.add('s', { ...stamp, place: { ...unmoved, x: -50, y: -50 } })
  const scene = new Scene(board)
  const page = drawnPage(scene)!
  expect(page.box).toEqual({ left: -400, top: -300, right: 400, bottom: 300 })
  const seen = (redAt: (x: number, y: number) => number) =>
    [redAt(-300, -200), redAt(-150, 0), redAt(0, 0)].map((red) => (red > 250 ? 'white' : red < 5 ? 'black' : 'red'))

  expect(seen(await redIn(await boardToPng(page), 2, [440, 340]))).toEqual(['white', 'black', 'red'])

  const svg = new DOMParser().parseFromString(
    boardToSvg(page, { title: 'Plan', canComeBack: false }),
    'image/svg+xml',
  ).documentElement
  expect(svg.querySelector('image')?.getAttribute('aria-label')).toBe(text)
  const shown = new Image(880, 680)
  shown.src = URL.createObjectURL(new Blob([svg.outerHTML], { type: 'image/svg+xml' }))
  await shown.decode()
  expect(seen(await redIn(shown, 1, [440, 340]))).toEqual(['white', 'black', 'red'])

  const { file } = await allToPdf(board, { count: 1, place: 0, read: () => Promise.reject(new Error()) }, 'Plan')
  const bytesOfPdf = await file.arrayBuffer()
  const sheet = await (await openPdf(bytesOfPdf)).page(1)
  const drawn = await sheet.draw({ left: 0, top: 0, right: sheet.width, bottom: sheet.height }, 1).picture
  expect(seen(await redIn(drawn, 1, [440, 340]))).toEqual(['white', 'black', 'red'])
  const tree = await (await (await getDocument({ data: bytesOfPdf }).promise).getPage(1)).getStructTree()
  expect(JSON.stringify(tree)).toContain(JSON.stringify(`Hintergrundbild: ${text}. Stempel: Punkt`).slice(1, -1))
  scene.close()
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
