import { syncButton } from '../fixtures/demo-people.ts'
import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ keepsApp: true })

test('the app starts again without network, and who was signed in still is', async ({ hub, device }) => {
  await setUpTown(device.page, hub.setUpCode)
  await device.readyForOffline()
  await hub.cable.unplug()

  const page = await device.restart()
  await expect(accountMenu(page)).toBeVisible()
  await expect(syncButton(page, words.sync_offline())).toBeVisible()
  await expectAccessible(page)
})
