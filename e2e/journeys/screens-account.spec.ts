import type { Page } from '@playwright/test'
import { chooseLanguage, closeOverlay, type Look, lookAt, looks, speak } from '../fixtures/looks.ts'
import type { OwnHub } from '../fixtures/hub/own-hub.ts'
import { accountMenu, administrator, setUpTown, signIn } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.afterEach(() => speak('de'))

const invited = { name: 'Wendelin Wiesengrund', login: 'wendelin', password: 'ein langer Satz für mich' } as const
const dialog = (page: Page) => page.getByRole('dialog')

for (const look of looks)
  // The same screens on every host: looked at once.
  test(
    `every screen around an account is accessible, ${look.name}`,
    { tag: '@web' },
    async ({ hub, device: { page }, startDevice }) => {
      test.slow()
      await page.getByRole('heading', { name: words.account_setup_title() }).waitFor()
      await chooseLanguage(page, look.locale)
      await setUpTown(page, hub.setUpCode, () => lookAt(page, look))
      const link = await lookAtInvitations(page, look)
      const { page: other } = await startDevice()
      await lookAtAcceptance(other, look, link)
      await lookAtAccount(page, look)
      await lookAtSignIn(other, look)
      await lookAtSettings(page, look)
      await lookAtOffline(page, look, hub)
    },
  )

/** Answers with the link of an open invitation. */
async function lookAtInvitations(page: Page, look: Look): Promise<string> {
  await visit(page, '#/accounts?tab=invitations')
  await page.getByText(words.accounts_no_invitations(), { exact: true }).waitFor()
  await lookAt(page, look)
  await page.getByRole('button', { name: words.accounts_new_invitation() }).click()
  await lookAt(page, look)
  await dialog(page).getByLabel(words.accounts_invite_name(), { exact: true }).fill(invited.name)
  await dialog(page).getByRole('button', { name: words.accounts_invite_make() }).click()
  const link = await dialog(page).getByLabel(words.accounts_invite_link()).inputValue()
  await lookAt(page, look)
  await closeOverlay(page)
  await page.getByRole('button', { name: words.accounts_withdraw_named(invited) }).click()
  await lookAt(page, look)
  await closeOverlay(page)
  await lookAt(page, look)
  return link
}

async function lookAtAcceptance(page: Page, look: Look, link: string): Promise<void> {
  await visit(page, new URL(link).hash as `#/${string}`)
  await chooseLanguage(page, look.locale)
  await page.getByText(words.account_invitation_choose()).waitFor()
  await lookAt(page, look)
  await page.getByRole('button', { name: words.account_invitation_accept() }).click()
  await page.getByText(words.account_fault_login()).waitFor()
  await lookAt(page, look)
  await page.getByLabel(words.account_login(), { exact: true }).fill(invited.login)
  await page.getByLabel(words.account_new_password()).fill(invited.password)
  await page.getByLabel(words.account_repeat_password()).fill(invited.password)
  await page.getByRole('button', { name: words.account_invitation_accept() }).click()
  await accountMenu(page, invited.name).waitFor()
}

async function lookAtAccount(page: Page, look: Look): Promise<void> {
  await visit(page, '#/accounts')
  await page.getByRole('main').getByRole('link', { name: invited.name }).waitFor()
  await lookAt(page, look)
  await page.getByRole('main').getByRole('link', { name: administrator.name }).click()
  await page.getByText(words.accounts_own_lock()).waitFor()
  await page.getByText(words.account_device_current(), { exact: true }).waitFor()
  await lookAt(page, look)
  await visit(page, '#/accounts')
  await page.getByRole('main').getByRole('link', { name: invited.name }).click()
  await page
    .getByRole('button', { name: words.account_device_revoke_named({ name: '' }).trim() })
    .first()
    .click()
  await lookAt(page, look)
  await closeOverlay(page)
  const lock = page.getByRole('region', { name: words.accounts_access() }).getByRole('button')
  await lock.click()
  await lookAt(page, look)
  await dialog(page).getByRole('button', { name: words.accounts_lock(), exact: true }).click()
  await page.getByText(words.accounts_locked(), { exact: true }).waitFor()
  await lookAt(page, look)
}

async function lookAtSignIn(page: Page, look: Look): Promise<void> {
  await page.getByText(words.account_because_revoked()).waitFor()
  await lookAt(page, look)
  await signIn(page, invited.login, 'etwas anderes')
  await page.getByText(words.account_failure_credentials()).first().waitFor()
  await lookAt(page, look)
  await signIn(page, administrator.login, administrator.password)
  await accountMenu(page).waitFor()
}

async function lookAtSettings(page: Page, look: Look): Promise<void> {
  await visit(page, '#/settings')
  const revoke = page.getByRole('button', { name: words.account_device_revoke() })
  await revoke.waitFor()
  await lookAt(page, look)
  await revoke.click()
  await lookAt(page, look)
  await closeOverlay(page)
  await accountMenu(page).click()
  await page.getByRole('menuitem', { name: words.account_signout() }).click()
  await dialog(page).waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
}

async function lookAtOffline(page: Page, look: Look, hub: OwnHub): Promise<void> {
  await hub.cable.unplug()
  await page.getByRole('button', { name: `${words.sync_button()} ${words.sync_offline()}`, exact: true }).click()
  await dialog(page).waitFor()
  await lookAt(page, look)
  await closeOverlay(page)
  // Devices and consents were both here before.
  await expect(page.getByText(words.accounts_stale())).toHaveCount(2)
  await lookAt(page, look)
  await visit(page, '#/accounts')
  await page.getByText(words.accounts_unknown()).waitFor()
  await lookAt(page, look)
  await hub.cable.plugIn()
}
