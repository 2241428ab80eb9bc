import type { Page } from '@playwright/test'
import { demo, openComingMeeting, people, signInAs } from '../fixtures/demo-people.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')

/** Whether there is ink around a point of the window, on the picture of the page. */
const hasInk = (page: Page, [x, y]: readonly [number, number]): Promise<boolean> =>
  page.evaluate(
    ([left, top]) => {
      const context = document.querySelector('canvas')!.getContext('2d')!
      const { data } = context.getImageData(left * devicePixelRatio - 4, top * devicePixelRatio - 4, 8, 8)
      const [red, green, blue] = data
      return data.some((part, at) => at % 4 < 3 && Math.abs(part - [red!, green!, blue!][at % 4]!) > 60)
    },
    [x, y] as const,
  )

async function draw(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  await page.mouse.move(...points[0]!)
  await page.mouse.down()
  for (const at of points.slice(1)) await page.mouse.move(...at)
  await page.mouse.up()
}

test('two members draw on a board of their meeting, and each undoes their own', async ({ device, startDevice }) => {
  const first = device.page
  await signInAs(first, people.builder)
  await openComingMeeting(first, demo.council)
  await first.getByRole('button', { name: words.boards_open(), exact: true }).first().click()
  await expect(surface(first)).toBeVisible()

  const second = (await startDevice()).page
  await signInAs(second, people.schoolmaster)
  await openComingMeeting(second, demo.council)
  await second.getByRole('link', { name: words.boards_title(), exact: true }).first().click()
  await expect(surface(second)).toBeVisible()

  await draw(first, [
    [300, 200],
    [350, 200],
    [400, 200],
  ])
  await expect.poll(() => hasInk(second, [350, 200])).toBe(true)
  await draw(second, [
    [300, 350],
    [350, 350],
    [400, 350],
  ])
  await expect.poll(() => hasInk(first, [350, 350])).toBe(true)
  await first.getByRole('button', { name: words.boards_undo() }).click()
  await expect.poll(() => hasInk(second, [350, 200])).toBe(false)
  expect(await hasInk(first, [350, 350])).toBe(true)
  await expectAccessible(first)
})
