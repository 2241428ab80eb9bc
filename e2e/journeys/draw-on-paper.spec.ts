import type { Page } from '@playwright/test'
import { statSync } from 'node:fs'
import { demo, openComingMeeting, people, signInAs, type DemoPerson } from '../fixtures/demo-people.ts'
import type { Device } from '../fixtures/device.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { printPage } from '../fixtures/print-page.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')

/** How much is dark around a point of the window, on the picture of the page, from 0 to 1; NaN as long as there is none. */
const darkness = (page: Page, [x, y]: readonly [number, number], around: number): Promise<number> =>
  page.evaluate(
    ([left, top, reach]) => {
      const context = document.querySelector<HTMLCanvasElement>('[role="application"] canvas')?.getContext('2d')
      if (!context) return Number.NaN
      const side = 2 * reach * devicePixelRatio
      const corner = [(left - reach) * devicePixelRatio, (top - reach) * devicePixelRatio] as const
      const { data } = context.getImageData(...corner, side, side)
      return data.filter((part, at) => at % 4 === 0 && part < 140).length / (data.length / 4)
    },
    [x, y, around] as const,
  )

/** Undefined as long as there is no picture. */
const isMoreThan = (dark: number, least: number): boolean | undefined => (Number.isNaN(dark) ? undefined : dark > least)

/** In the left margin of a page of A4 that fits into a window of 1366 by 768. */
const margin = [480, 300] as const
const hasInk = async (page: Page): Promise<boolean | undefined> => isMoreThan(await darkness(page, margin, 4), 0.1)
const hasText = async (page: Page): Promise<boolean | undefined> =>
  isMoreThan(await darkness(page, [683, 384], 190), 0.001)

const opened = (page: Page): string => new URL(page.url()).hash.split('?')[0]!
const drawButton = (page: Page, name: string) => {
  const label = new RegExp(words.boards_draw_together_on({ name: `${name}.*` }))
  return page
    .getByRole('button', { name: label })
    .or(page.getByRole('link', { name: label }))
    .first()
}

/** Opens the item of the budget at the coming meeting of the council. */
async function openBudget(page: Page): Promise<void> {
  await openComingMeeting(page, demo.council)
  await page.getByText(demo.budget).first().click()
}

/** Signs in, and opens the paper of the budget to draw on it. */
async function comeTo(device: Device, person: DemoPerson, paper: string): Promise<Page> {
  const { page } = device
  await page.setViewportSize({ width: 1366, height: 768 })
  await signInAs(page, person)
  await openBudget(page)
  await drawButton(page, paper).click()
  await expect(surface(page)).toBeVisible()
  await expect.poll(() => hasText(page)).toBe(true)
  return page
}

async function drawInMargin(page: Page): Promise<void> {
  const [x, y] = margin
  await page.mouse.move(x, y - 40)
  await page.mouse.down()
  for (const by of [-20, 0, 20, 40]) await page.mouse.move(x, y + by)
  await page.mouse.up()
}

test(
  'two members draw over a paper of their meeting together; another version of it begins empty',
  { tag: '@web' },
  async ({ device, startDevice }) => {
    const first = await comeTo(device, people.builder, 'Vorlage')
    const second = await comeTo(await startDevice(), people.schoolmaster, 'Vorlage')
    const layer = opened(first)
    expect(opened(second)).toBe(layer)

    await drawInMargin(first)
    await expect.poll(() => hasInk(second)).toBe(true)
    await first.keyboard.press('PageDown')
    await expect(first.getByRole('status', { name: words.boards_page(), exact: true })).toContainText(/^2/)
    await expect.poll(() => hasInk(first)).toBe(false)
    await expect(surface(first)).toBeFocused()
    await first.keyboard.press('PageUp')
    await expect.poll(() => hasInk(first)).toBe(true)
    await lookAt(first, looks[0]!)

    await first.getByRole('button', { name: words.boards_menu(), exact: true }).click()
    const download = first.waitForEvent('download')
    await first.getByRole('menuitem', { name: words.boards_export_paper() }).click()
    expect(statSync(await (await download).path()).size).toBeGreaterThan(10_000)

    await first.getByRole('link', { name: words.boards_paper_read() }).click()
    await expect(first.getByRole('region', { name: words.reader_pages_region() })).toBeVisible()
    await lookAt(first, looks[0]!)
    await first.getByRole('link', { name: words.boards_draw_together(), exact: true }).click()
    await expect.poll(() => hasInk(first)).toBe(true)

    const clerk = (await startDevice()).page
    await signInAs(clerk, people.clerk)
    await openBudget(clerk)
    await lookAt(clerk, looks[1]!)
    await putNewVersion(clerk)

    // The old paper is nobody's any more, and what was drawn over it neither.
    await expect(second.getByText(words.boards_missing())).toBeVisible()
    await second.getByRole('link', { name: words.boards_back() }).click()
    await second.getByText(demo.budget).first().click()
    await drawButton(second, newVersion).click()
    await expect.poll(() => hasText(second)).toBe(true)
    expect(opened(second)).not.toBe(layer)
    expect(await hasInk(second)).toBe(false)
  },
)

const newVersion = 'Neue Fassung'
const pdf = await printPage(
  Array.from({ length: 40 }, () => 'Die Haushaltssatzung wird geändert beschlossen.').join('\n'),
)

/** From the agenda item on: puts another file in the place of the paper's. */
async function putNewVersion(page: Page): Promise<void> {
  const paper = page.getByRole('link', { name: words.meetings_open_paper() }).or(page.locator('a[href^="#/papers/"]'))
  const address = await paper.first().getAttribute('href')
  await page.goto(new URL(address!.replace('#/papers/', '#/desk/papers/'), page.url()).href)
  await page
    .getByLabel(words.desk_add_file())
    .setInputFiles({ name: `${newVersion}.pdf`, mimeType: 'application/pdf', buffer: pdf })
  await page.getByRole('link', { name: newVersion }).waitFor()
  await page.getByRole('button', { name: new RegExp(words.desk_remove_file({ name: 'Vorlage.*' })) }).click()
}
