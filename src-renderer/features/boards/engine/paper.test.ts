import { expect, test } from 'vitest'
import { openPdf, pdfOf } from '../testing/paper-stand.ts'
import { boardStand, darkness, painted, stroke } from '../testing/board-stand.ts'
import { inkTool } from '../tools/ink-tool.ts'
import type { BoardEngine } from './board-engine.ts'

/** A black bar from 100 to 200, beside it a line of 1 pixel at 250. */
const bar = (doc: PDFKit.PDFDocument): void => {
  doc.rect(100, 100, 100, 100).fill('#000000')
  doc.rect(250, 100, 1, 100).fill('#000000')
}

/** A board of 800 by 600 over a page. */
async function standOver(draw: (doc: PDFKit.PDFDocument) => void) {
  const paper = await (await openPdf(await pdfOf(draw))).page(1)
  const stand = await boardStand(undefined, paper)
  stand.engine.camera = { x: 0, y: 0, zoom: 1 }
  stand.engine.tool = inkTool(stand.bench, 'pen')
  return stand
}

/** Whether left of an edge it is white and right of it black, within a device pixel. */
const isSharpAt = (engine: BoardEngine, host: Element, x: number, y: number): boolean => {
  const pixel = 1 / (engine.camera.zoom * devicePixelRatio)
  return darkness(engine, host, [x - 1.5 * pixel, y]) < 40 && darkness(engine, host, [x + 1.5 * pixel, y]) > 215
}

test('the paper lies under the ink, sharp at every zoom', async () => {
  const { engine, host, elements } = await standOver(bar)
  await expect.poll(() => darkness(engine, host, [150, 150])).toBeGreaterThan(240)
  await stroke([
    [300, 400],
    [350, 400],
    [400, 400],
  ])
  expect(elements().map(({ kind }) => kind)).toEqual(['stroke'])
  for (const camera of [
    { x: 0, y: 0, zoom: 1 },
    { x: 60, y: 120, zoom: 4 },
    { x: 95, y: 130, zoom: 16 },
  ]) {
    engine.camera = camera
    await expect.poll(() => isSharpAt(engine, host, 100, 150)).toBe(true)
  }
  engine.camera = { x: 240, y: 380, zoom: 2 }
  await expect
    .poll(() => [385, 400, 420].map((y) => darkness(engine, host, [350, y]) > 180))
    .toEqual([false, true, false])
  engine.camera = { x: 220, y: 120, zoom: 8 }
  await expect
    .poll(() => [248, 250.5, 253].map((x) => darkness(engine, host, [x, 150]) > 215))
    .toEqual([false, true, false])
})

test('the page is white in the dark too, beside it lies the desk, and ink is as on white', async () => {
  document.documentElement.dataset['scheme'] = 'dark'
  const { engine, host } = await standOver(bar)
  host.style.background = '#1b1e22'
  engine.restyle()
  await expect.poll(() => darkness(engine, host, [150, 150])).toBeGreaterThan(240)
  expect(darkness(engine, host, [300, 300])).toBe(0)
  expect(darkness(engine, host, [700, 300])).toBeGreaterThan(20)
  expect(engine.ink.palette.black).toBe('#1b1f24')
  delete document.documentElement.dataset['scheme']
})

test('all of the page is shown first, also when something was drawn beside it', async () => {
  const { engine } = await standOver(bar)
  engine.fit()
  const { x, y, zoom } = engine.camera
  expect([x < 0, y < 0, x + 800 / zoom > 600, y + 600 / zoom > 800]).toEqual([true, true, true, true])
  await stroke([
    [10, 300],
    [20, 300],
  ])
  engine.fit()
  expect(engine.camera.zoom).toBeLessThanOrEqual(zoom)
})

test('whoever draws does not wait for a page that takes long; it is drawn once they are done', async () => {
  const strokes = (doc: PDFKit.PDFDocument): void => {
    for (let at = 0; at < 150_000; at++) doc.moveTo(at % 600, 0).lineTo((at * 7) % 600, 90)
    doc.lineWidth(0.1).stroke('#888888')
    for (let at = 0; at < 6000; at++) doc.rect(at % 600, at / 10, 2, 2).fill('#aaaaaa')
    doc.rect(0, 700, 600, 100).fill('#000000')
  }
  const { engine, host } = await standOver(strokes)
  engine.camera = { x: 0, y: 300, zoom: 1 }
  let [live, below] = [0, 0]
  await stroke(
    [
      [100, 100],
      [150, 100],
      [200, 100],
    ],
    {
      rest: async () => {
        for (let frame = 0; frame < 30; frame++) await painted()
        live = darkness(engine, host, [150, 400], true)
        below = darkness(engine, host, [300, 750])
      },
    },
  )
  expect([live > 180, below]).toEqual([true, 0])
  await expect.poll(() => darkness(engine, host, [300, 750])).toBeGreaterThan(240)
  await expect.poll(() => darkness(engine, host, [150, 400])).toBeGreaterThan(180)
})
