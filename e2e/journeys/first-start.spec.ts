import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test('an administrator sets up a new town and is signed in', async ({ hub, device: { page } }) => {
  await expect(page.getByRole('heading', { name: words.account_setup_title() })).toBeVisible()
  await setUpTown(page, hub.setUpCode, expectAccessible)
  await expect(accountMenu(page)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: words.common_nav_home() })).toBeVisible()
  await expectAccessible(page)
})
