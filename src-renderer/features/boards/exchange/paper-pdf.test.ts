import { expect, test } from 'vitest'
import { unmoved } from '../../../../shared/council/board/element.ts'
import { packInk } from '../../../../shared/council/board/ink.ts'
import type { BoardPage } from '../../../data/yjs/board/index.ts'
import { emptyPage } from '../../../data/yjs/testing/empty-page.ts'
import { Scene } from '../engine/scene.ts'
import { openPdf, pdfOf } from '../testing/paper-stand.ts'
import { paperToPdf } from './paper-pdf.ts'

const stroke = (page: BoardPage, x: number, y: number): void =>
  page.add(`s${x}-${y}`, {
    ...{ kind: 'stroke', z: 'a0', author: 'ada', place: unmoved, tool: 'pen', colour: 'black', thickness: 20 },
    ink: packInk([0, 50, 100].map((by) => ({ x: x + by, y, pressure: 0.5 }))),
  })
const bar = (doc: PDFKit.PDFDocument): void => void doc.rect(100, 100, 50, 50).fill('#000000')

/** Whether points of a page of a PDF are dark. */
async function darkAt(bytes: ArrayBuffer, number: number, ...points: readonly (readonly [number, number])[]) {
  const page = await (await openPdf(bytes)).page(number)
  const whole = { left: 0, top: 0, right: page.width, bottom: page.height }
  const context = (await page.draw(whole, 1).picture).getContext('2d')!
  return points.map(([x, y]) => context.getImageData(x, y, 1, 1).data[0]! < 100)
}

test('a paper is saved with what was drawn over its pages, and stays what it was', async () => {
  const turned = (doc: PDFKit.PDFDocument): void => {
    Object.assign(doc.page.dictionary.data, { Rotate: 90 })
    bar(doc)
  }
  const paper = await pdfOf(bar, bar, turned)
  const pages = [emptyPage(), emptyPage(), emptyPage()]
  stroke(pages[1]!, 300, 600)
  stroke(pages[1]!, 590, 700)
  stroke(pages[2]!, 600, 500)
  const scenes = pages.map((page) => new Scene(page))
  const { bytes, left } = await paperToPdf(new Blob([paper]), scenes)
  expect(left).toBe(1)
  const drawn = bytes.buffer
  expect(await darkAt(drawn, 1, [125, 125], [350, 600])).toEqual([true, false])
  expect(await darkAt(drawn, 2, [125, 125], [350, 600], [350, 650])).toEqual([true, true, false])
  // Turned by a quarter, the page is 800 wide and the bar stands at its right.
  expect(await darkAt(drawn, 3, [675, 125], [650, 500], [650, 550])).toEqual([true, true, false])
  // The paper itself is in it, byte for byte.
  expect([...new Uint8Array(drawn).subarray(0, paper.byteLength)]).toEqual([...new Uint8Array(paper)])
})
