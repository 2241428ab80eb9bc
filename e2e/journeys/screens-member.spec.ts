import type { Page } from '@playwright/test'
import { demo, openComingMeeting, people, searchAll, signInAs } from '../fixtures/demo-people.ts'
import { chooseLook, closeOverlay, type Look, lookAt, looks, speak } from '../fixtures/looks.ts'
import { accountMenu } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })
test.afterEach(() => speak('de'))

for (const look of looks) {
  // The same screens on every host: looked at once.
  test(`every page of a member is accessible, ${look.name}`, { tag: '@web' }, async ({ device: { page } }) => {
    test.slow()
    await signInAs(page, people.builder)
    await chooseLook(page, look)
    await page.getByText(words.account_device_current(), { exact: true }).waitFor()
    await lookAt(page, look)
    await lookAtOverviews(page, look)
    await lookAtDirectory(page, look)
    await lookAtOverlays(page, look)
  })

  test(`meeting, paper and document are accessible, ${look.name}`, { tag: '@web' }, async ({ device: { page } }) => {
    test.slow()
    await signInAs(page, people.builder)
    await chooseLook(page, look)
    await lookAtMeetingAndPaper(page, look)
    await lookAtDocument(page, look)
  })
}

const goTo = (page: Page, place: string) =>
  page
    .getByRole('navigation', { name: words.common_nav_label() })
    .getByRole('link', { name: place, exact: true })
    .click()

async function lookAtOverviews(page: Page, look: Look): Promise<void> {
  await goTo(page, words.common_nav_home())
  await page.getByRole('link', { name: words.meetings_open_agenda() }).waitFor()
  await lookAt(page, look)

  await goTo(page, words.common_nav_calendar())
  for (const view of [words.meetings_view_list(), words.meetings_view_month()]) {
    await page.getByRole('radio', { name: view }).check()
    await lookAt(page, look)
  }

  await goTo(page, words.common_nav_papers())
  await page.getByRole('link', { name: demo.budget }).first().waitFor()
  await lookAt(page, look)
}

async function lookAtMeetingAndPaper(page: Page, look: Look): Promise<void> {
  await openComingMeeting(page, demo.council)
  await lookAt(page, look)
  await page.getByRole('button', { name: words.meetings_unfold_all() }).click()
  await page.getByRole('link', { name: /^Haushaltsplan/ }).waitFor()
  await lookAt(page, look)

  await goTo(page, words.common_nav_papers())
  await page.getByRole('link', { name: demo.budget }).first().click()
  await page.getByRole('link', { name: /^Haushaltsplan/ }).waitFor()
  await lookAt(page, look)
}

async function lookAtDocument(page: Page, look: Look): Promise<void> {
  await page.getByRole('link', { name: /^Haushaltsplan/ }).click()
  const tools = page.getByRole('toolbar', { name: words.reader_toolbar() })
  await tools.getByRole('button', { name: words.reader_outline() }).click()
  await page.getByRole('navigation', { name: words.reader_outline() }).waitFor()
  await tools.getByRole('button', { name: words.reader_search() }).click()
  await tools.getByRole('searchbox').fill('Stellenplan')
  await expect(tools.getByRole('button', { name: words.reader_search_next() })).toBeEnabled()
  await lookAt(page, look)
  await tools.getByRole('button', { name: words.reader_keys_title() }).click()
  await page.getByRole('dialog', { name: words.reader_keys_title() }).waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
}

async function lookAtDirectory(page: Page, look: Look): Promise<void> {
  await goTo(page, words.common_nav_people())
  await page.getByRole('link', { name: demo.council, exact: true }).waitFor()
  await lookAt(page, look)
  await page.getByRole('link', { name: demo.council, exact: true }).click()
  await page.getByRole('link', { name: people.builder.name }).waitFor()
  await lookAt(page, look)
  await page.getByRole('link', { name: people.builder.name }).click()
  await page.getByRole('heading', { level: 1, name: people.builder.name }).waitFor()
  await lookAt(page, look)
  await goTo(page, words.common_nav_people())
  await page.getByRole('tab', { name: words.people_people() }).click()
  await page.getByRole('link', { name: people.builder.name }).waitFor()
  await lookAt(page, look)
}

async function lookAtOverlays(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: words.common_search_button() }).click()
  await lookAt(page, look)
  await page.getByRole('combobox', { name: words.common_search_label() }).fill('Haushalt')
  await page.getByRole('option', { name: demo.budget }).first().waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
  await searchAll(page, 'Haushalt')
  await page.getByRole('link', { name: demo.budget }).first().waitFor()
  await lookAt(page, look)

  await page.getByRole('button', { name: words.sync_button() }).click()
  await page.getByRole('dialog', { name: words.sync_title() }).waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
  await accountMenu(page, people.builder.name).click()
  await page.getByRole('menuitem', { name: words.account_signout() }).waitFor()
  await lookAt(page, look)
  await page.getByRole('menuitem', { name: words.account_signout() }).click()
  await page.getByRole('dialog', { name: words.account_signout_title() }).waitFor()
  await lookAt(page, look)
}
