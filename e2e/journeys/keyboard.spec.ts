import type { Page } from '@playwright/test'
import { demo, demoPassword, people, syncButton } from '../fixtures/demo-people.ts'
import { deskItem } from '../fixtures/desk.ts'
import { tabTo } from '../fixtures/keys.ts'
import { accountMenu } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

test('a member signs in, finds a meeting, and reads its document by keyboard alone', async ({ device: { page } }) => {
  await signInByKeys(page, people.builder)
  await openByKeys(page, 'Bau- und Mobilitätsausschusses', words.common_kind_meetings(), demo.buildingMeeting)
  await expect(page.getByRole('region', { name: words.meetings_public_part(), exact: true })).toBeVisible()

  await openByKeys(page, 'Haushaltssatzung', words.common_kind_papers(), demo.budget)
  await tabTo(page, 'link', /^Haushaltsplan/)
  await page.keyboard.press('Enter')
  const tools = page.getByRole('toolbar', { name: words.reader_toolbar() })
  const shown = tools.getByRole('textbox', { name: words.reader_page() })
  await expect(shown).toHaveValue('1')
  await expect(page.locator('[data-page-number="1"][data-loaded="true"]')).toBeVisible()
  await tabTo(page, 'region', words.reader_pages_region())
  await page.keyboard.press('n')
  await expect(shown).toHaveValue('2')
  await page.keyboard.press('Control+PageDown')
  await expect(shown).toHaveValue('3')
  await page.keyboard.press('Control+f')
  await expect(tools.getByRole('searchbox', { name: words.reader_search_label() })).toBeFocused()
  await page.keyboard.type('Stellenplan')
  await expect(tools.getByText(/^1 von \d+$/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(tools.getByText(/^2 von \d+$/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tools.getByRole('searchbox')).toHaveCount(0)
  // The browser's own way back: Alt and the left arrow belong to its window, which a test does not have.
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: demo.budget })).toBeVisible()
})

test('a clerk adds and moves an item by keyboard alone', { tag: '@web' }, async ({ device: { page } }) => {
  const name = 'Verleihung der Ehrennadel'
  await signInByKeys(page, people.clerk)
  await tabTo(page, 'link', words.desk_nav_meetings())
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: words.desk_title() }).waitFor()
  await tabTo(page, 'link', demo.councilMeeting)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: demo.councilMeeting }).waitFor()

  await tabTo(page, 'textbox', words.desk_item_name())
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(deskItem(page, name)).toBeVisible()

  const before = await placeOf(page, name)
  await tabTo(page, 'button', words.desk_move_up({ name }))
  await page.keyboard.press('Enter')
  await expect.poll(() => placeOf(page, name)).toBe(before - 1)
  await expect(page.getByRole('button', { name: words.desk_move_up({ name }), exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(() => placeOf(page, name)).toBe(before - 2)
})

async function signInByKeys(page: Page, { login, name }: { login: string; name: string }): Promise<void> {
  await tabTo(page, 'textbox', words.account_login())
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(demoPassword)
  await page.keyboard.press('Enter')
  await accountMenu(page, name).waitFor()
  await syncButton(page, words.sync_live()).waitFor()
}

/** By the palette: what is typed, then the first hit of a kind that is called so. */
async function openByKeys(page: Page, text: string, kind: string, name: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: words.common_search_label() })).toBeFocused()
  await page.keyboard.type(text)
  const wanted = page.getByRole('group', { name: kind }).getByRole('option').filter({ hasText: name }).first()
  await wanted.waitFor()
  for (let steps = await page.getByRole('option').count(); steps > 0; steps--) {
    if ((await wanted.getAttribute('aria-selected')) === 'true') break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const placeOf = async (page: Page, name: string): Promise<number> =>
  (await page.getByRole('listitem').evaluateAll((items) => items.map((item) => item.ariaLabel))).indexOf(name)
