import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

test('a member finds the next meeting, goes offline, starts again and reads on', async ({ hub, device }) => {
  let page = device.page
  await page
    .getByRole('button', { name: new RegExp(words.account_demo_take({ name: '' }).trim()) })
    .last()
    .click()
  await expect(page.getByText(words.meetings_next_title())).toBeVisible()
  const next = page.getByRole('region').filter({ hasText: words.meetings_next_title() })
  const meeting = await next.getByRole('heading').innerText()
  await device.readyForOffline()
  await expectAccessible(page)

  await hub.cable.unplug()
  page = await device.restart()
  await page.getByRole('link', { name: words.meetings_open_agenda() }).click()
  await expect(page.getByRole('heading', { level: 1, name: meeting })).toBeVisible()
  await expect(page.getByRole('heading', { name: new RegExp(`^${words.meetings_public_part()}`) })).toBeVisible()
  await expectAccessible(page)
})
