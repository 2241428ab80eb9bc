import { demo, people, signInAs } from '../fixtures/demo-people.ts'
import { deskItem, openDeskMeeting, renameItem } from '../fixtures/desk.ts'
import { accountMenu } from '../fixtures/set-up-town.ts'
import { expect, test } from '../fixtures/test.ts'

test.use({ town: 'demo' })

test('two windows share one database and one connection', async ({ hub, device }) => {
  const first = device.page
  await signInAs(first, people.clerk)
  const second = await device.openWindow()
  await expect(accountMenu(second, people.clerk.name)).toBeVisible()
  for (const page of [first, second]) await openDeskMeeting(page, demo.councilMeeting)

  await renameItem(first, demo.announcements, 'Aus dem ersten Fenster')
  await expect(deskItem(second, 'Aus dem ersten Fenster')).toBeVisible()
  await renameItem(second, 'Aus dem ersten Fenster', 'Aus dem zweiten Fenster')
  await expect(deskItem(first, 'Aus dem zweiten Fenster')).toBeVisible()
  expect(hub.cable.webSockets).toBe(1)
})
