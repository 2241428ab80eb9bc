import { expect, test } from 'vitest'
import { unmoved } from '../../../../shared/council/board/element.ts'
import { unpackInk } from '../../../../shared/council/board/ink.ts'
import { boardStand } from '../testing/board-stand.ts'
import { drawing } from '../testing/excalidraw-drawing.ts'
import { importFiles } from './import-files.ts'

const file = (text: BlobPart, name: string): File => new File([text], name)

test('a drawing of Excalidraw is read, and what is nothing for a board is counted', async () => {
  const { bench, elements } = await boardStand()
  const outcome = await importFiles(bench, [
    file(drawing, 'plan.excalidraw'),
    file('no picture', 'note.png'),
    file('{', 'x.json'),
  ])
  expect(outcome).toEqual({
    added: 4,
    left: 1,
    refused: [
      { name: 'note.png', fault: 'no-picture' },
      { name: 'x.json', fault: 'no-picture' },
    ],
  })
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

test('pictures are stored one by one, and brought back in steps that can be stored', async () => {
  const { bench, page, elements } = await boardStand()
  const sizes: number[] = []
  page.doc.on('update', (update: Uint8Array) => sizes.push(update.length))
  const picture = { kind: 'picture', place: unmoved, width: 1, height: 1, mediaType: 'image/png', text: '' } as const
  const ids = bench.addAll(Array.from({ length: 12 }, () => ({ ...picture, bytes: new Uint8Array(400_000) })))
  expect(ids.length).toBe(12)
  expect(Math.max(...sizes)).toBeLessThan(410_000)
  page.undo()
  expect(elements().length).toBeLessThan(12)
  for (let step = 0; step < 12; step++) page.undo()
  expect(elements()).toEqual([])
  sizes.length = 0
  for (let step = 0; step < 12; step++) page.redo()
  expect(elements().length).toBe(12)
  expect(Math.max(...sizes)).toBeLessThan(2_500_000)
})

test('what is no picture, or too large for one, is refused by name', async () => {
  const { bench, elements } = await boardStand()
  const svg = (text: string) => new File([text], 'plan.svg', { type: 'image/svg+xml' })
  const { added, refused } = await importFiles(bench, [
    new File(['<html><script>fault()</script>'], 'bild.jpg', { type: 'image/jpeg' }),
    new File([new Uint8Array(50_000_001)], 'riesig.png', { type: 'image/png' }),
    svg(
      '<svg xmlns="http://www.w3.org/2000/svg" onload="window.wasRun = true"><script>window.wasRun = true</script></svg>',
    ),
  ])
  expect([added, refused]).toEqual([
    0,
    [
      { name: 'bild.jpg', fault: 'no-picture' },
      { name: 'riesig.png', fault: 'too-large' },
      { name: 'plan.svg', fault: 'foreign-svg' },
    ],
  ])
  expect([elements(), 'wasRun' in window]).toEqual([[], false])
})
