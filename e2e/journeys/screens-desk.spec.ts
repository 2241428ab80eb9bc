import type { Page } from '@playwright/test'
import { demo, people, signInAs } from '../fixtures/demo-people.ts'
import { openDeskMeeting, openItem } from '../fixtures/desk.ts'
import { chooseLook, closeOverlay, type Look, lookAt, looks, speak } from '../fixtures/looks.ts'
import { test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })
test.afterEach(() => speak('de'))

const dialog = (page: Page) => page.getByRole('dialog')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

for (const look of looks) {
  // The same screens on every host: looked at once.
  test(`every screen of the meeting desk is accessible, ${look.name}`, { tag: '@web' }, async ({ device }) => {
    test.slow()
    const { page } = device
    await signInAs(page, people.clerk)
    await chooseLook(page, look)
    await lookAtMeetings(page, look)
    await lookAtAgenda(page, look)
    await lookAtPublication(page, look)
  })

  test(`every screen of the paper desk is accessible, ${look.name}`, { tag: '@web' }, async ({ device: { page } }) => {
    test.slow()
    await signInAs(page, people.clerk)
    await chooseLook(page, look)
    await lookAtNewPaper(page, look)
    await lookAtPaper(page, look)
  })

  test(`every screen of the registry is accessible, ${look.name}`, { tag: '@web' }, async ({ device: { page } }) => {
    test.slow()
    await signInAs(page, people.clerk)
    await chooseLook(page, look)
    await visit(page, '#/desk/people')
    await lookAtRegister(page, look, words.desk_persons(), words.desk_new_person(), people.builder.name.split(' ')[1])
    await lookAtRegister(page, look, words.desk_organizations(), words.desk_new_organization(), demo.building)
    await lookAtRegister(page, look, words.desk_terms(), words.desk_new_term())
    await lookAtRegister(page, look, words.desk_places(), words.desk_new_place())
  })
}

async function lookAtMeetings(page: Page, look: Look): Promise<void> {
  await visit(page, '#/desk')
  await page.getByRole('link', { name: demo.councilMeeting }).first().waitFor()
  await lookAt(page, look)
  await press(page, words.desk_new_meeting())
  await dialog(page).getByLabel(words.desk_day(), { exact: true }).waitFor()
  await lookAt(page, look)
  // Asks for what is missing.
  await dialog(page).getByRole('button', { name: words.desk_save(), exact: true }).click()
  await dialog(page).getByText(words.desk_required()).first().waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
}

async function lookAtAgenda(page: Page, look: Look): Promise<void> {
  await openDeskMeeting(page, demo.councilMeeting)
  await page.getByRole('button', { name: words.desk_edit_item({ name: demo.announcements }) }).waitFor()
  await lookAt(page, look)
  await press(page, words.desk_edit())
  await lookAt(page, look)
  await closeOverlay(page)

  const item = await openItem(page, demo.announcements)
  await lookAt(page, look)
  await item.getByRole('switch', { name: words.desk_item_public() }).click()
  await item.getByLabel(words.desk_closed_reason()).waitFor()
  await lookAt(page, look)
  await page.keyboard.press('Escape')
  await item.getByText(words.common_unsaved_title()).waitFor()
  await lookAt(page, look)
  await item.getByRole('button', { name: words.common_unsaved_discard() }).click()
}

async function lookAtPublication(page: Page, look: Look): Promise<void> {
  await press(page, words.desk_preview())
  for (const tab of await dialog(page).getByRole('tab').all()) {
    await tab.click()
    await lookAt(page, look)
  }
  await closeOverlay(page)
  await press(page, words.desk_take_back())
  await lookAt(page, look)
  await dialog(page).getByRole('button', { name: words.desk_take_back(), exact: true }).click()
  await page.getByText(words.desk_taken_back()).first().waitFor()
  await press(page, words.desk_publish())
  await lookAt(page, look)
  await closeOverlay(page)
}

async function lookAtNewPaper(page: Page, look: Look): Promise<void> {
  await visit(page, '#/desk/papers/new')
  await page.getByLabel(words.desk_paper_name(), { exact: true }).waitFor()
  await lookAt(page, look)
  await press(page, words.desk_save())
  await page.getByText(words.desk_required()).first().waitFor()
  await lookAt(page, look)
  await page.getByLabel(words.desk_paper_name(), { exact: true }).fill('Sanierung des Hallenbads')
  await visit(page, '#/desk')
  await dialog(page).getByText(words.common_unsaved_detail()).waitFor()
  await lookAt(page, look)
  await press(page, words.common_unsaved_stay())
  await press(page, words.desk_save())
  await page.getByText(words.desk_no_files()).waitFor()
  await lookAt(page, look)
  await page.getByLabel(words.desk_plan_consultation()).selectOption({ label: demo.council })
  await press(page, words.desk_add())
  await page.getByText(words.desk_no_date_yet()).waitFor()
  await lookAt(page, look)
  await press(page, words.desk_publish())
  await lookAt(page, look)
  await closeOverlay(page)
}

async function lookAtPaper(page: Page, look: Look): Promise<void> {
  await visit(page, '#/papers')
  await page.getByRole('link', { name: demo.budget }).first().click()
  await page.getByRole('heading', { level: 1, name: demo.budget }).waitFor()
  const paper = await page.evaluate(() => location.hash.replace('#/', '#/desk/'))
  await visit(page, paper as `#/${string}`)
  await page.getByRole('region', { name: words.desk_files() }).getByRole('link').first().waitFor()
  await lookAt(page, look)
}

/** A register, the dialog of a new entry with what it lacks, and the dialog of one that is there. */
async function lookAtRegister(page: Page, look: Look, tab: string, add: string, sought = ''): Promise<void> {
  await page.getByRole('tab', { name: tab, exact: true }).click()
  await page.getByRole('button', { name: add }).waitFor()
  await lookAt(page, look)
  await press(page, add)
  await dialog(page).getByRole('button', { name: words.desk_save(), exact: true }).click()
  await lookAt(page, look)
  await closeOverlay(page)
  await page.getByRole('searchbox').fill(sought)
  await page.getByRole('main').getByRole('listitem').first().getByRole('button').click()
  await dialog(page).waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
}
