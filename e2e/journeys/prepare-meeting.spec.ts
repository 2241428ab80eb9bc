import type { Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

const document = fileURLToPath(new URL('../../src-renderer/features/reader/testing/three-pages.pdf', import.meta.url))
const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const council = 'Stadtrat'
const committee = 'Bauausschuss'
const openItem = 'Neubau der Grundschule'
const closedItem = 'Ankauf des Grundstücks Flur 7'
const neutralTitle = 'Grundstücksangelegenheit'
const paperName = 'Neubau der Grundschule, Entwurfsplanung'
const meetingName = 'Erste Sitzung des Stadtrats'
const member = { login: 'mara.muster', password: 'noch ein langer Satz' } as const

/** Goes to a place of the app, on every host. */
const go = (page: Page, hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash)
const dialog = (page: Page) => page.getByRole('dialog')
const save = (page: Page) => dialog(page).getByRole('button', { name: words.desk_save(), exact: true }).click()
/** Labels of fields that may stay empty carry the word for it. */
const field = (page: Page, label: string) =>
  dialog(page).getByLabel(new RegExp(`^${label}(${words.desk_optional()})?$`))

async function makeBody(page: Page, name: string, kind: string): Promise<void> {
  await page.getByRole('button', { name: words.desk_new_organization() }).click()
  await field(page, words.desk_organization_name()).fill(name)
  await field(page, words.desk_organization_type()).selectOption({ label: kind })
  await save(page)
  await expect(page.getByRole('button', { name: words.desk_edit_named({ name }) })).toBeVisible()
}

/** Everything that a meeting needs beforehand, from an empty town. */
async function makeRegistry(page: Page): Promise<void> {
  await go(page, '#/desk')
  await expect(page.getByText(words.desk_first_steps_detail())).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: words.desk_new_meeting() }).click()
  await expect(dialog(page).getByText(words.desk_missing_term())).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByRole('link', { name: words.desk_new_term() }).click()

  await page.getByRole('button', { name: words.desk_new_term() }).click()
  await field(page, words.desk_term_name()).fill('1. Wahlperiode')
  await field(page, words.desk_start_day()).fill('2024-07-01')
  await save(page)
  await page.getByRole('tab', { name: words.desk_organizations() }).click()
  await makeBody(page, council, words.desk_type_council())
  await makeBody(page, committee, words.desk_type_committee())
  await page.getByRole('tab', { name: words.desk_places() }).click()
  await page.getByRole('button', { name: words.desk_new_place() }).click()
  await field(page, words.desk_room()).fill('Großer Sitzungssaal')
  await save(page)
}

/** A person with a seat in the council; answers with the link that invites them. */
async function inviteMember(page: Page): Promise<string> {
  await page.getByRole('tab', { name: words.desk_persons() }).click()
  await page.getByRole('button', { name: words.desk_new_person() }).click()
  await field(page, words.desk_given_name()).fill('Mara')
  await field(page, words.desk_family_name()).fill('Muster')
  await save(page)
  await page.getByRole('button', { name: words.desk_edit_named({ name: 'Muster, Mara' }) }).click()
  await field(page, words.desk_organization()).selectOption({ label: council })
  await dialog(page).getByRole('button', { name: words.desk_add_membership() }).click()
  await expect(
    dialog(page).getByRole('button', { name: words.desk_end_membership_of({ name: council }) }),
  ).toBeVisible()
  await dialog(page).getByRole('button', { name: words.accounts_invite_make() }).click()
  const link = await field(page, words.accounts_invite_link()).inputValue()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  return link
}

async function makePaper(page: Page): Promise<void> {
  await go(page, '#/desk/papers/new')
  await page.getByLabel(words.desk_paper_name(), { exact: true }).fill(paperName)
  await expectAccessible(page)
  await page.getByRole('button', { name: words.desk_save(), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: paperName })).toBeVisible()
  await page.getByLabel(words.desk_add_file()).setInputFiles(document)
  await expect(page.getByRole('link', { name: 'three-pages' })).toBeVisible()
  await page.getByLabel(words.desk_plan_consultation()).selectOption({ label: council })
  await page.getByRole('button', { name: words.desk_add(), exact: true }).click()
  await expect(page.getByText(words.desk_no_date_yet())).toBeVisible()
  await expectAccessible(page)
}

async function makeMeeting(page: Page): Promise<void> {
  await go(page, '#/desk')
  await page.getByRole('button', { name: words.desk_new_meeting() }).click()
  await field(page, words.desk_organization()).selectOption({ label: council })
  await field(page, words.desk_together_with()).selectOption({ label: committee })
  await field(page, words.desk_meeting_name()).fill(meetingName)
  await field(page, words.desk_day()).fill(nextMonth)
  await field(page, words.desk_place()).selectOption({ index: 1 })
  await save(page)
  await expect(page.getByRole('heading', { level: 1, name: meetingName })).toBeVisible()
}

async function addItems(page: Page): Promise<void> {
  await page.getByLabel(words.desk_item_name(), { exact: true }).fill(openItem)
  await page.getByRole('button', { name: words.desk_add(), exact: true }).click()
  await expect(page.getByRole('listitem', { name: openItem })).toBeVisible()
  await page.getByRole('button', { name: words.desk_attach_this({ name: paperName }) }).click()
  await expect(page.getByRole('listitem', { name: paperName })).toBeVisible()
  await page.getByLabel(words.desk_item_name(), { exact: true }).fill(closedItem)
  await page.getByText(words.desk_closed_word(), { exact: true }).click()
  await page.getByRole('button', { name: words.desk_add(), exact: true }).click()
  await field(page, words.desk_closed_reason()).fill(neutralTitle)
  await field(page, words.desk_public_title()).fill(neutralTitle)
  await expectAccessible(page)
  await save(page)
  await expect(page.getByText(words.desk_public_title_is({ title: neutralTitle }))).toBeVisible()
  await expectAccessible(page)
}

async function checkPreview(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.desk_preview() }).click()
  await expect(dialog(page).getByText(neutralTitle)).toBeVisible()
  await expect(dialog(page).getByText(closedItem)).toBeHidden()
  for (const name of [council, committee]) {
    await page.getByRole('tab', { name: words.desk_preview_members_of({ name }) }).click()
    await expect(dialog(page).getByText(closedItem)).toBeVisible()
  }
  await expectAccessible(page)
  await page.keyboard.press('Escape')
}

async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel(words.account_login(), { exact: true }).fill(member.login)
  await page.getByLabel(words.account_new_password()).fill(member.password)
  await page.getByLabel(words.account_repeat_password()).fill(member.password)
  await page.locator('button[type=submit]').click()
  await accountMenu(page, 'Mara Muster').waitFor()
}

test('a meeting is prepared from nothing, partly offline, published, read and taken back @web', async ({
  hub,
  device,
  startDevice,
}) => {
  test.setTimeout(180_000)
  const { page } = device
  page.setDefaultTimeout(15_000)
  const siteText = async (): Promise<string> => {
    const calendar = await (await fetch(`${hub.origin}/meetings?month=${nextMonth.slice(0, 7)}`)).text()
    const path = /href="(\/meeting\/[^"?#]+)"/.exec(calendar)?.[1]
    return path ? calendar + (await (await fetch(hub.origin + path)).text()) : calendar
  }
  await setUpTown(page, hub.setUpCode)
  await makeRegistry(page)
  const link = await inviteMember(page)
  await makePaper(page)
  await makeMeeting(page)

  await hub.cable.unplug()
  await addItems(page)
  await expect(page.getByText(words.desk_audience_none())).toBeVisible()
  await checkPreview(page)
  await hub.cable.plugIn()
  await page.evaluate("dispatchEvent(new Event('online'))")
  expect(await siteText()).not.toContain(meetingName)

  const reader = (await startDevice()).page
  await acceptInvitation(reader, link)
  await page.getByRole('button', { name: words.desk_publish(), exact: true }).click()
  await expect(dialog(page).getByLabel(words.desk_publish_papers_too({ count: 1 }))).toBeChecked()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: words.desk_publish(), exact: true }).click()

  await reader.getByRole('link', { name: words.meetings_open_agenda() }).click()
  await expect(reader.getByText(closedItem)).toBeVisible()
  await expect(reader.getByText(openItem, { exact: true })).toBeVisible()
  await expect.poll(siteText).toContain(neutralTitle)
  expect(await siteText()).not.toContain(closedItem)

  await page.getByRole('button', { name: words.desk_take_back(), exact: true }).click()
  await dialog(page).getByRole('button', { name: words.desk_take_back(), exact: true }).click()
  await expect(reader.getByText(closedItem)).toBeHidden()
  await expect.poll(siteText).not.toContain(meetingName)
  expect(await siteText()).not.toContain(openItem)
})
