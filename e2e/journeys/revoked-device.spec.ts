import { revokeDevices } from '../fixtures/administration.ts'
import { demo, openComingMeeting, people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { plantClosedItem } from '../fixtures/closed-matter.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo', keepsApp: true })

const closed = 'Veräußerung des Drachenfelsgeländes'

test('a lost device that an administrator blocked forgets everything that is not public', async ({
  hub,
  startDevice,
}) => {
  const { page: clerk } = await startDevice()
  await signInAs(clerk, people.clerk)
  await plantClosedItem(clerk, demo.buildingMeeting, closed)

  const cable = await hub.layCable()
  const device = await startDevice(cable)
  await signInAs(device.page, people.builder)
  await openComingMeeting(device.page, demo.building)
  await expect(device.page.getByText(closed)).toBeVisible()
  const before = await readStored(device.page, [closed, demo.announcements])
  expect(before.found).toEqual([demo.announcements])

  await device.readyForOffline()
  await cable.unplug()
  await revokeDevices(hub.origin, people.builder)
  const page = await device.restart()
  await expect(syncButton(page, words.sync_offline())).toBeVisible()
  await cable.plugIn()
  await expect(page.getByRole('heading', { name: words.account_signin_title() })).toBeVisible()
  await expect(page.getByText(words.account_because_revoked())).toBeVisible()
  await expect(page.getByText(closed)).toHaveCount(0)
  await expectAccessible(page)

  const after = await readStored(page, [closed, demo.announcements])
  expect(after.found).toEqual([demo.announcements])
  expect(after.keys).toBe(0)
  // What is left: the public copy, and what the device remembers of itself.
  expect(after.databases).toHaveLength(2)
  expect(before.databases.length).toBeGreaterThan(2)
})
