import type { Page } from '@playwright/test'
import { demo, openComingMeeting, people, signInAs } from '../fixtures/demo-people.ts'
import { drawStroke, hasInk } from '../fixtures/boards.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')

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

  await drawStroke(first, [
    [300, 200],
    [350, 200],
    [400, 200],
  ])
  await expect.poll(() => hasInk(second, [350, 200])).toBe(true)
  await drawStroke(second, [
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
