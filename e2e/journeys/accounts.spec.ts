import type { Page } from '@playwright/test'
import { people, signInAs, type DemoPerson } from '../fixtures/demo-people.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const dialog = (page: Page) => page.getByRole('dialog')

async function openAccounts(page: Page): Promise<void> {
  await page.getByRole('link', { name: words.accounts_title(), exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: words.accounts_title() }).waitFor()
}

async function openAccount(page: Page, { login, name }: DemoPerson): Promise<void> {
  await openAccounts(page)
  await page.getByRole('searchbox', { name: words.accounts_find() }).fill(login)
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  await page.getByRole('main').getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const lockButton = (page: Page) => page.getByRole('region', { name: words.accounts_access() }).getByRole('button')

async function expectSignedOut(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: words.account_signin_title() })).toBeVisible()
  await expect(page.getByText(words.account_because_revoked())).toBeVisible()
}

test('an administrator locks an account: its device forgets everything, until it is unlocked', async ({
  hub,
  device: { page },
  startDevice,
}) => {
  const locked = (await startDevice()).page
  await signInAs(locked, people.builder)
  await expect(locked.getByRole('link', { name: words.accounts_title(), exact: true })).toHaveCount(0)
  expect((await readStored(locked, [])).databases.length).toBeGreaterThan(2)
  await signInAs(page, people.administrator)
  await openAccount(page, people.builder)
  await expectAccessible(page)

  await lockButton(page).click()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: words.common_cancel() }).click()
  await expect(lockButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog(page).getByRole('button', { name: words.accounts_lock(), exact: true }).click()
  await expect(page.getByText(words.accounts_lock_done({ name: people.builder.name })).first()).toBeVisible()
  await expectSignedOut(locked)
  const left = await readStored(locked, [])
  expect(left.keys).toBe(0)
  // The public copy, and what the device remembers of itself.
  expect(left.databases).toHaveLength(2)

  await hub.cable.unplug()
  await expect(lockButton(page)).toHaveText(words.accounts_unlock())
  await lockButton(page).click()
  await expect(page.getByText(words.account_failure_unreachable()).first()).toBeVisible()
  await hub.cable.plugIn()
  await lockButton(page).click()
  await expect(page.getByText(words.accounts_unlock_done({ name: people.builder.name })).first()).toBeVisible()
  await signInAs(locked, people.builder)
})

test('a new role and a blocked device reach the person at once', { tag: '@web' }, async ({ device, startDevice }) => {
  const { page } = device
  const other = (await startDevice()).page
  await signInAs(other, people.schoolmaster)
  await signInAs(page, people.administrator)
  await openAccount(page, people.schoolmaster)
  await page.getByRole('checkbox', { name: words.account_role_staff() }).check()
  await page.getByRole('button', { name: words.accounts_roles_save() }).click()
  await expect(other.getByRole('link', { name: words.desk_nav_meetings() })).toBeVisible()

  const devices = page.getByRole('region', { name: words.account_devices_title() })
  await devices.getByRole('button', { name: words.account_device_revoke() }).click()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: words.account_device_revoke(), exact: true }).click()
  await expectSignedOut(other)
  await expect(devices.getByText(words.accounts_no_devices())).toBeVisible()
  await expect(devices.getByRole('group', { name: words.account_devices_title() })).toBeFocused()
})

test('an administrator cannot shut themselves out', { tag: '@web' }, async ({ device: { page } }) => {
  await signInAs(page, people.administrator)
  await openAccount(page, people.administrator)
  await expect(page.getByRole('checkbox', { name: words.account_role_administrator() })).toBeDisabled()
  await expect(page.getByText(words.accounts_own_lock())).toBeVisible()
  await expect(lockButton(page)).toHaveCount(0)
})

test('an invitation that was withdrawn opens nothing', { tag: '@web' }, async ({ device: { page }, startDevice }) => {
  const name = 'Wendelin Wiesengrund'
  await signInAs(page, people.administrator)
  await openAccounts(page)
  await page.getByRole('tab', { name: words.accounts_tab_invitations() }).click()
  await expect(page.getByText(words.accounts_no_invitations(), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: words.accounts_new_invitation() }).click()
  await dialog(page).getByLabel(words.accounts_invite_name(), { exact: true }).fill(name)
  await dialog(page).getByLabel(words.accounts_invite_role()).selectOption({ label: words.account_role_staff() })
  await dialog(page).getByRole('button', { name: words.accounts_invite_make() }).click()
  const link = await dialog(page).getByLabel(words.accounts_invite_link()).inputValue()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: words.accounts_withdraw_named({ name }) }).click()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: words.accounts_withdraw(), exact: true }).click()
  await expect(page.getByText(words.accounts_no_invitations(), { exact: true })).toBeVisible()
  await expect(page.getByRole('group', { name: words.accounts_tab_invitations() })).toBeFocused()
  await expectAccessible(page)

  const invited = (await startDevice()).page
  await invited.evaluate((hash) => void (location.hash = hash), new URL(link).hash)
  await expect(invited.getByText(words.account_failure_gone())).toBeVisible()
})
