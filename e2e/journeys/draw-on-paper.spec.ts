import type { Page } from '@playwright/test'
import { demo, openComingMeeting, people, signInAs } from '../fixtures/demo-people.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { printPage } from '../fixtures/print-page.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')

/** How much is dark around a point of the window, on the picture of the page, from 0 to 1. */
const darkness = (page: Page, [x, y]: readonly [number, number], around: number): Promise<number> =>
  page.evaluate(
    ([left, top, reach]) => {
      const context = document.querySelector('canvas')!.getContext('2d')!
      const side = 2 * reach * devicePixelRatio
      const corner = [(left - reach) * devicePixelRatio, (top - reach) * devicePixelRatio] as const
      const { data } = context.getImageData(...corner, side, side)
      return data.filter((part, at) => at % 4 === 0 && part < 140).length / (data.length / 4)
    },
    [x, y, around] as const,
  )

/** On the first page of a paper of A4 that fills a window of 1366 by 768: in its left margin, and in its text. */
const margin = [462, 300] as const
const middle = [683, 384] as const
const hasInk = async (page: Page): Promise<boolean> => (await darkness(page, margin, 4)) > 0.1
const hasText = async (page: Page): Promise<boolean> => (await darkness(page, middle, 200)) > 0.001

const papersOf = (page: Page) =>
  page.getByRole('listitem').filter({ hasText: demo.budget }).getByRole('list', { name: words.papers_files() }).first()

/** Opens the item of the budget at the coming meeting of the council, and there its first paper to draw on it. */
async function drawOnBudget(page: Page): Promise<void> {
  await openComingMeeting(page, demo.council)
  await page.getByText(demo.budget).first().click()
  const draw = papersOf(page).getByRole('listitem').first().getByLabel(words.boards_draw_together_on({ name: '' }).slice(0, 10))
  await draw.click()
  await expect(surface(page)).toBeVisible()
}

test(
  'two members draw over a paper of their meeting together; another version of it begins empty',
  { tag: '@web' },
  async ({ device, startDevice }) => {
    const first = device.page
    await signInAs(first, people.builder)
    await drawOnBudget(first)
    const second = (await startDevice()).page
    await signInAs(second, people.schoolmaster)
    await drawOnBudget(second)
    expect(new URL(second.url()).hash.split('?')[0]).toBe(new URL(first.url()).hash.split('?')[0])
    for (const page of [first, second]) await expect.poll(() => hasText(page)).toBe(true)

    await first.mouse.move(462, 260)
    await first.mouse.down()
    for (const y of [280, 300, 320, 340]) await first.mouse.move(462, y)
    await first.mouse.up()
    await expect.poll(() => hasInk(second)).toBe(true)
    await first.keyboard.press('PageDown')
    await expect(first.getByRole('status', { name: words.boards_page(), exact: true })).toContainText(/^2/)
    await expect.poll(() => hasInk(first)).toBe(false)
    await expect(surface(first)).toBeFocused()
    await first.keyboard.press('PageUp')
    await expect.poll(() => hasInk(first)).toBe(true)
    await lookAt(first, looks[0]!)
  },
)
