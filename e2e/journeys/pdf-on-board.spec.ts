import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { demo, openComingMeeting, people, signInAs } from '../fixtures/demo-people.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { printPages } from '../fixtures/print-page.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')
const placeOf = (page: Page) => page.getByRole('status', { name: words.boards_page(), exact: true })

/** How much of the window's picture around its middle is dark, from 0 to 1; NaN as long as there is none. */
const darkness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role="application"] canvas')
    if (!canvas) return Number.NaN
    const [side, x, y] = [400, canvas.width / 2 - 200, canvas.height / 2 - 200]
    const { data } = canvas.getContext('2d')!.getImageData(x, y, side, side)
    return data.filter((part, at) => at % 4 === 0 && part < 140).length / (data.length / 4)
  })
const isPrinted = async (page: Page): Promise<boolean> => (await darkness(page)) > 0.001

async function drawAcross(page: Page): Promise<void> {
  await page.mouse.move(560, 384)
  await page.mouse.down()
  for (const x of [600, 650, 700, 760]) await page.mouse.move(x, 384)
  await page.mouse.up()
}

const paragraph = 'Der Marktplatz wird umgestaltet.\n'.repeat(30)
const pdf = await printPages([paragraph, paragraph, paragraph])

test(
  'a PDF becomes pages of a board, is drawn on, saved and brought back, and a colleague sees the same',
  { tag: '@web' },
  async ({ device, startDevice }) => {
    const first = device.page
    await first.setViewportSize({ width: 1366, height: 768 })
    await signInAs(first, people.builder)
    await openComingMeeting(first, demo.council)
    await first.getByRole('button', { name: words.boards_open(), exact: true }).first().click()
    await expect(surface(first)).toBeVisible()

    const chooser = first.waitForEvent('filechooser')
    await first.getByRole('button', { name: words.boards_picture() }).click()
    await (await chooser).setFiles({ name: 'Marktplatz.pdf', mimeType: 'application/pdf', buffer: pdf })
    await expect(first.getByRole('checkbox', { name: words.reader_page_name({ page: 3 }) })).toBeChecked()
    await lookAt(first, looks[0]!)
    await first.getByRole('textbox', { name: words.boards_pdf_list() }).fill('1, 3')
    await first.getByRole('button', { name: words.boards_pdf_bring({ count: 2 }) }).click()
    await expect(placeOf(first)).toHaveText(words.boards_page_of({ place: 2, count: 3 }))
    await expect.poll(() => isPrinted(first)).toBe(true)

    const second = (await startDevice()).page
    await second.setViewportSize({ width: 1366, height: 768 })
    await signInAs(second, people.schoolmaster)
    await openComingMeeting(second, demo.council)
    await second.getByRole('link', { name: words.boards_title(), exact: true }).first().click()
    await expect(surface(second)).toBeVisible()
    await surface(second).focus()
    await second.keyboard.press('PageDown')
    await expect.poll(() => isPrinted(second)).toBe(true)
    await second.keyboard.press('PageDown')
    await expect(placeOf(second)).toHaveText(words.boards_page_of({ place: 3, count: 3 }))
    await expect.poll(() => isPrinted(second)).toBe(true)
    await second.keyboard.press('PageUp')

    const before = await darkness(second)
    await drawAcross(first)
    await expect.poll(async () => (await darkness(second)) > before).toBe(true)
    await second.getByRole('button', { name: words.boards_outline() }).click()
    const text = words.boards_pdf_page_of({ name: 'Marktplatz.pdf', page: 1 })
    await expect(second.getByRole('button', { name: words.boards_is_ground({ text }) })).toBeVisible()
    await expect(second.getByText(words.boards_outline_strokes({ count: 1 }))).toBeVisible()
    await second.keyboard.press('Escape')

    const saving = first.waitForEvent('download')
    await first.getByRole('button', { name: words.boards_menu(), exact: true }).click()
    await first.getByRole('menuitem', { name: words.boards_export({ format: 'SVG' }) }).click()
    const svg = await readFile(await (await saving).path())
    await first.getByRole('button', { name: words.boards_page_add() }).click()
    await expect(placeOf(first)).toHaveText(words.boards_page_of({ place: 4, count: 4 }))
    expect(await isPrinted(first)).toBe(false)
    const again = first.waitForEvent('filechooser')
    await first.getByRole('button', { name: words.boards_picture() }).click()
    await (await again).setFiles({ name: 'Tafel.svg', mimeType: 'image/svg+xml', buffer: svg })
    await expect.poll(() => isPrinted(first)).toBe(true)
    await expect(first.getByRole('toolbar', { name: words.boards_picked({ count: 1 }) })).toBeVisible()
    await expectAccessible(first)
  },
)
