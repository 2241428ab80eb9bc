import type { Page } from '@playwright/test'
import { demo, people, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { addItem, openDeskMeeting, renameItem } from '../fixtures/desk.ts'
import { tellNetworkIsBack } from '../fixtures/network-back.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo', keepsApp: true })

test('a member reads the packet without network, and sees what a clerk changed once it is back', async ({
  hub,
  device,
  startDevice,
}) => {
  await signInAs(device.page, people.builder)
  await expect(device.page.getByText(words.meetings_next_title())).toBeVisible()
  const next = device.page.getByRole('region').filter({ hasText: words.meetings_next_title() })
  await expect(next.getByText(packetIsHere)).toBeVisible()
  await readPacket(device.page)
  await device.readyForOffline()

  await hub.cable.unplug()
  const page = await device.restart()
  await expect(syncButton(page, words.sync_offline())).toBeVisible()
  await readPacket(page)
  await page.getByRole('link', { name: words.common_nav_home() }).click()
  await page.getByRole('link', { name: words.meetings_open_agenda() }).click()

  const cable = await hub.layCable()
  const { page: clerk } = await startDevice(cable)
  await signInAs(clerk, people.clerk)
  await openDeskMeeting(clerk, demo.councilMeeting)
  await cable.unplug()
  await expect(syncButton(clerk, words.sync_offline())).toBeVisible()
  await renameItem(clerk, demo.announcements, renamed)
  await addItem(clerk, added)
  await expect(page.getByText(demo.announcements, { exact: true })).toBeVisible()

  await cable.plugIn()
  await hub.cable.plugIn()
  for (const reached of [clerk, page]) await tellNetworkIsBack(reached)
  await expect(page.getByText(renamed)).toBeVisible()
  await expect(page.getByText(added)).toBeVisible()
  await expect(page.getByText(demo.announcements, { exact: true })).toHaveCount(0)
  await expect(syncButton(clerk, words.sync_live())).toBeVisible()
})

const renamed = 'Mitteilungen der Verwaltung und des Seniorenbüros'
const added = 'Nachruf auf Ottokar Fährmann'
const packetIsHere = new RegExp(words.meetings_packet_here({ count: 99 }).replace('99', String.raw`\d+`))

/** From the home screen: next meeting, an item's paper, its document in the reader, and a search in that. */
async function readPacket(page: Page): Promise<void> {
  await page.getByRole('link', { name: words.meetings_open_agenda() }).click()
  await expect(page.getByRole('heading', { level: 1, name: demo.councilMeeting })).toBeVisible()
  await expect(page.getByRole('region', { name: words.meetings_public_part(), exact: true })).toBeVisible()
  const item = page.getByRole('listitem').filter({ hasText: demo.budget }).first()
  await item.getByText(demo.budget).first().click()
  await item.getByRole('link', { name: words.meetings_open_paper() }).click()
  await expect(page.getByRole('heading', { level: 1, name: demo.budget })).toBeVisible()
  await expect(page.getByRole('region', { name: words.papers_chain_title() })).toContainText(demo.council)
  await page
    .getByRole('region', { name: words.papers_files() })
    .getByRole('link', { name: /^Haushaltsplan/ })
    .click()

  const tools = page.getByRole('toolbar', { name: words.reader_toolbar() })
  await expect(tools.getByText(words.reader_of_pages({ pages: 300 }))).toBeVisible()
  // The reader goes on where it was left.
  const place = tools.getByRole('textbox', { name: words.reader_page() })
  const left = Number(await place.inputValue())
  await tools.getByRole('button', { name: words.reader_next_page() }).click()
  await expect(place).toHaveValue(String(left + 1))
  const percent = async () => Number(/(\d+)\s%/.exec(await tools.innerText())?.[1])
  const before = await percent()
  await tools.getByRole('button', { name: words.reader_zoom_in() }).click()
  await expect.poll(percent).toBeGreaterThan(before)
  await tools.getByRole('button', { name: words.reader_search() }).click()
  await tools.getByRole('searchbox', { name: words.reader_search_label() }).fill('Stellenplan')
  const hit = async () => Number(/(\d+) von \d+/.exec(await tools.innerText())?.[1] ?? 0)
  await expect.poll(hit, { timeout: 30_000 }).toBeGreaterThan(0)
  const first = await hit()
  await tools.getByRole('button', { name: words.reader_search_next() }).click()
  await expect.poll(hit).not.toBe(first)
}
