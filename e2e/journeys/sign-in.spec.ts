import { accountMenu, administrator, setUpTown, signIn } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test('a second device signs in, after a wrong password with a plain word', async ({ hub, device, startDevice }) => {
  await setUpTown(device.page, hub.setUpCode)
  const { page } = await startDevice()
  await expect(page.getByRole('heading', { name: words.account_signin_title() })).toBeVisible()
  await expect(page.getByText('Musterheim')).toBeVisible()

  await signIn(page, administrator.login, 'etwas anderes')
  await expect(page.getByText(words.account_failure_credentials()).first()).toBeVisible()
  await expectAccessible(page)

  await signIn(page, administrator.login, administrator.password)
  await expect(accountMenu(page)).toBeVisible()
})
