import textFace from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { isBeyondBoard } from '../../../../shared/board/sheets/sharpness.ts'
import { touches } from '../../../../shared/board/plane/box.ts'
import { groundBox } from '../../../../shared/board/sheets/placing.ts'
import { largestPicture, type ElementOf } from '../../../../shared/council/board/element.ts'
import type { GroundPicture } from '../../../../shared/council/board/ground-picture.ts'
import { largestBody } from '../../../../shared/hub-api/rooms.ts'
import { expectAccessible } from '../../votes/testing/accessible.ts'
import { openBoard } from '../testing/open-board.ts'
import { openPdf, pdfOf, printPdf } from '../testing/paper-stand.ts'
import { mostPdfPages, openPdfFile } from './pdf-file.ts'
import { sheetPicture } from './sheet-picture.ts'

type Draw = (doc: PDFKit.PDFDocument) => void
/** A black bar that is the lower the later the page. */
const bar =
  (number: number): Draw =>
  (doc) =>
    void doc.rect(100, 100 * number, 400, 50).fill('#000000')
const bars = (count: number): Draw[] => Array.from({ length: count }, (_, place) => bar(place + 1))
const fileOf = (bytes: BlobPart, name = 'Plan.pdf'): File => new File([bytes], name, { type: 'application/pdf' })

/** As if a file was dropped on the board. */
function drop(target: Element, ...files: readonly File[]): void {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
}

/** How dark a picture is at points, counted in CSS pixels of the printed page. */
async function darkAt({ bytes, width }: { bytes: Uint8Array; width: number }, ...points: [number, number][]) {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const scale = bitmap.width / width
  return points.map(([x, y]) => context.getImageData(x * scale, y * scale, 1, 1).data[0]! < 60)
}

test('pages of a PDF become pictures on the page, in their order, apart, and go in one step', async () => {
  const { screen, surface, page } = await openBoard()
  drop(surface.element(), fileOf(await pdfOf(...bars(4))))
  const dialog = screen.getByRole('dialog', { name: 'Seiten eines PDF einfügen' })
  await expect.element(dialog.getByRole('checkbox', { name: 'Seite 4' })).toBeChecked()
  await expect.poll(() => document.querySelectorAll('[role="dialog"] canvas').length).toBe(4)
  await expectAccessible()
  await dialog.getByRole('checkbox', { name: 'Seite 2' }).click()
  await expect.element(dialog.getByRole('textbox', { name: 'Seiten' })).toHaveValue('1, 3-4')
  await dialog.getByRole('button', { name: '3 Seiten einfügen' }).click()
  await expect.element(screen.getByText('3 Seiten sind eingefügt.').first()).toBeVisible()
  const pictures = [...page.elements.values()] as ElementOf<'picture'>[]
  expect(pictures.map(({ text, width, height }) => [text, Math.round(width), Math.round(height)])).toEqual([
    ['Plan.pdf, Seite 1', 600, 800],
    ['Plan.pdf, Seite 3', 600, 800],
    ['Plan.pdf, Seite 4', 600, 800],
  ])
  for (const [place, number] of [1, 3, 4].entries())
    expect(await darkAt(pictures[place]!, [300, number * 100 + 25], [300, number * 100 - 25])).toEqual([true, false])
  const boxes = pictures.map(({ place, width, height }) => groundBox({ ...place, width, height }))
  expect(boxes.some((box, at) => boxes.slice(at + 1).some((other) => touches(box, other)))).toBe(false)
  page.undo()
  expect(page.elements.size).toBe(0)
})

test('by keyboard alone: a page becomes the ground, is described, and the ground is taken back', async () => {
  const { screen, surface, page } = await openBoard()
  drop(surface.element(), fileOf(await pdfOf(...bars(2))))
  await expect.element(screen.getByRole('combobox', { name: 'Einfügen als' })).toBeVisible()
  const use = screen.getByRole('combobox', { name: 'Einfügen als' })
  ;(use.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(use).toHaveValue('ground')
  await userEvent.keyboard('{Tab}{Control>}a{/Control}2{Tab}')
  await expect.element(screen.getByRole('radio', { name: 'Seite 2' })).toBeChecked()
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await expect.poll(() => page.setup.picture?.text).toBe('Plan.pdf, Seite 2')
  expect(await darkAt(page.setup.picture!, [300, 225], [300, 125])).toEqual([true, false])
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()

  await screen.getByRole('button', { name: 'Mehr' }).click()
  await screen.getByRole('menuitem', { name: 'Einstellungen der Tafel' }).click()
  const words = screen.getByRole('textbox', { name: 'Was das Hintergrundbild zeigt' })
  await expect.element(words).toHaveValue('Plan.pdf, Seite 2')
  await expectAccessible()
  ;(words.element() as HTMLElement).focus()
  await userEvent.keyboard('{Control>}a{/Control}Lageplan des Marktplatzes{Tab}')
  expect(page.setup.picture?.text).toBe('Lageplan des Marktplatzes')
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.poll(() => page.setup.picture).toBeNull()
  await userEvent.keyboard('{Escape}')
  page.undo()
  expect(page.setup.picture?.text).toBe('Lageplan des Marktplatzes')
})

test('each page becomes a page of the board; what the hub does not take is said', async () => {
  const made: (readonly GroundPicture[])[] = []
  const bring = {
    room: 3,
    make: (sheets: readonly GroundPicture[], tell: (count: number) => void) => {
      made.push(sheets)
      tell(2)
      return Promise.resolve(2)
    },
  }
  const { screen, surface } = await openBoard({ bring })
  drop(surface.element(), fileOf(await pdfOf(...bars(5))))
  const list = screen.getByRole('textbox', { name: 'Seiten' })
  // As many as the board has room for.
  await expect.element(list).toHaveValue('1-3')
  await list.fill('1-4')
  await expect.element(screen.getByText('Gewählt sind 4 Seiten; auf einmal gehen hier höchstens 3.')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: '4 Seiten einfügen' })).toBeDisabled()
  await list.fill('2, 9')
  await expect.element(screen.getByText('Schreiben Sie Seiten von 1 bis 5, etwa 1-3, 5.')).toBeVisible()
  await list.fill('2-4')
  await screen.getByRole('button', { name: '3 Seiten einfügen' }).click()
  await expect.element(screen.getByText(/^Eingefügt: 2 von 3 Seiten\./).first()).toBeVisible()
  expect(made.map((sheets) => sheets.map(({ text }) => text))).toEqual([
    ['Plan.pdf, Seite 2', 'Plan.pdf, Seite 3', 'Plan.pdf, Seite 4'],
  ])
})

test('a locked PDF asks for its password until it is the right one', async () => {
  const { screen, surface, page } = await openBoard()
  drop(surface.element(), fileOf(await printPdf(bars(1), [600, 800], { userPassword: 'Haushalt' })))
  const password = screen.getByLabelText('Kennwort des PDF')
  await expect.element(password).toHaveFocus()
  await userEvent.keyboard('falsch{Enter}')
  await expect.element(screen.getByText('Dieses Kennwort passt nicht zum PDF.')).toBeVisible()
  await expectAccessible()
  await screen.getByLabelText('Kennwort des PDF').fill('Haushalt')
  await userEvent.keyboard('{Enter}')
  await screen.getByRole('button', { name: '1 Seite einfügen' }).click()
  await expect.poll(() => page.elements.size).toBe(1)
  expect(await darkAt([...page.elements.values()][0] as ElementOf<'picture'>, [300, 125])).toEqual([true])
})

test('what is no PDF, too large or too long says so, and the next file has its turn', async () => {
  const { screen, surface } = await openBoard()
  drop(surface.element(), fileOf('no PDF'), fileOf(await pdfOf(...bars(1)), 'Zweites.pdf'))
  await expect.element(screen.getByText(/^Die Datei ist beschädigt oder kein PDF\./)).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await expect.element(screen.getByText('Zweites.pdf', { exact: true })).toBeVisible()
  await expect.element(screen.getByRole('button', { name: '1 Seite einfügen' })).toBeVisible()
  expect(await openPdfFile({ size: 100_000_001 } as Blob)).toEqual({ ok: false, failure: 'too-large' })
  const long = await printPdf(Array.from({ length: mostPdfPages + 1 }, () => () => undefined))
  expect(await openPdfFile(new Blob([long]))).toEqual({ ok: false, failure: 'long' })
})

/** What `sheetPicture` makes of a page, and the picture of it. */
async function pictured(bytes: ArrayBuffer) {
  const page = await (await openPdf(bytes)).page(1)
  const sheet = await sheetPicture(page, 'Seite', new AbortController().signal)
  return { page, sheet, bitmap: await createImageBitmap(new Blob([new Uint8Array(sheet.bytes)])) }
}

test('a page full of print is as sharp as the largest board shows it, and the others get it at once', async () => {
  const face = await (await fetch(textFace)).arrayBuffer()
  const print: Draw = (doc) => {
    const sentence = 'Der Stadtrat beschließt die Haushaltssatzung mit den in der Anlage genannten Änderungen. '
    doc.registerFont('text', face)
    doc.font('text').fontSize(14).fillColor('#111111')
    doc.text(sentence.repeat(50), 80, 80, { width: 634, height: 980 })
    doc.rect(80, 1080, 200, 20).fill('#1f62b0')
  }
  const { sheet, bitmap } = await pictured(await printPdf([print], [794, 1123]))
  expect(bitmap.height).toBeGreaterThanOrEqual(2150)
  expect([sheet.mediaType, sheet.isUnsharp, sheet.bytes.length < largestBody]).toEqual(['image/png', false, true])
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  const scale = bitmap.height / 1123
  const colourAt = (x: number, y: number) => [...context.getImageData(x * scale, y * scale, 1, 1).data.subarray(0, 3)]
  // Within the half of a step of a picture with a palette.
  const away = colourAt(180, 1090).map((part, at) => Math.abs(part - [0x1f, 0x62, 0xb0][at]!))
  expect([Math.max(...away) <= 9, colourAt(700, 1090)]).toEqual([true, [255, 255, 255]])
  expect(await isReadByPdfkit(sheet.bytes)).toBe(true)
})

/** Pages are saved as PDF again: what makes it knows fewer kinds of PNG than browsers. */
async function isReadByPdfkit(bytes: Uint8Array): Promise<boolean> {
  const pdf = await printPdf(
    [(doc) => void doc.image(new Uint8Array(bytes).buffer, 0, 0, { width: 794, height: 1123 })],
    [794, 1123],
  )
  const again = await (await openPdf(pdf)).page(1)
  const canvas = await again.draw({ left: 0, top: 0, right: 794, bottom: 1123 }, 1).picture
  const [red, green, blue] = canvas.getContext('2d')!.getImageData(180, 1090, 1, 1).data
  return red! < 60 && green! > 80 && green! < 120 && blue! > 150
}

test('a page that no picture holds sharply is made smaller and says so, and never is too large for a board', async () => {
  // Noise is what pictures of pages are worst at.
  const noise = new OffscreenCanvas(3840, 2160)
  const context = noise.getContext('2d')!
  const data = context.createImageData(3840, 2160)
  for (let at = 0; at < data.data.length; at += 65_536) crypto.getRandomValues(data.data.subarray(at, at + 65_536))
  for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255
  context.putImageData(data, 0, 0)
  const jpeg = await (await noise.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer()
  const size = [5120, 2880] as const
  const draw: Draw = (doc) => void doc.image(jpeg, 0, 0, { width: size[0], height: size[1] })
  const { page, sheet } = await pictured(await printPdf([draw], size))
  expect([isBeyondBoard(page), sheet.isUnsharp, sheet.bytes.length <= largestPicture]).toEqual([true, true, true])
  expect([Math.round(sheet.width), Math.round(sheet.height)]).toEqual([...size])
})

/** Calls the work off as soon as its progress is shown, however quick it is. */
function callOffOnceShown(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[role="dialog"] progress')) return
    observer.disconnect()
    ;(page.getByRole('button', { name: 'Abbrechen' }).element() as HTMLElement).click()
    resolve()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  return promise
}

test('what is called off puts nothing on the board', async () => {
  const { screen, surface, page: sheet } = await openBoard()
  drop(surface.element(), fileOf(await pdfOf(...bars(4))))
  const insert = screen.getByRole('button', { name: '4 Seiten einfügen' })
  await expect.element(insert).toBeEnabled()
  const calledOff = callOffOnceShown()
  await insert.click()
  await calledOff
  await expect.element(insert).toBeEnabled()
  expect(sheet.elements.size).toBe(0)
})
