import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test('an administrator sets up a new town and is signed in', async ({ hub, device: { page } }) => {
  await expect(page.getByRole('heading', { name: words.account_setup_title() })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(words.account_setup_code(), { exact: true }).fill(hub.setUpCode ?? '')
  await page.getByRole('button', { name: words.common_next() }).click()

  await page.getByLabel(words.account_setup_town()).fill('Musterheim')
  await page.getByRole('button', { name: words.common_next() }).click()

  await page.getByLabel(words.account_name()).fill('Ada Amt')
  await page.getByLabel(words.account_login(), { exact: true }).fill('ada.amt')
  await page.getByLabel(words.account_new_password()).fill('ein langer Satz genügt')
  await page.getByLabel(words.account_repeat_password()).fill('ein langer Satz genügt')
  await expectAccessible(page)
  await page.getByRole('button', { name: words.account_setup_finish() }).click()

  await expect(page.getByRole('button', { name: words.account_menu({ name: 'Ada Amt' }) })).toBeVisible()
  await expectAccessible(page)
})
