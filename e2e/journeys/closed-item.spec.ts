import type { Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { paths } from '../../shared/hub-api/contract.ts'
import { RemoteSession } from '../fixtures/administration.ts'
import { crawl } from '../fixtures/crawl.ts'
import { plantClosedItem } from '../fixtures/closed-matter.ts'
import { demo, openComingMeeting, people, searchAll, signInAs, syncButton } from '../fixtures/demo-people.ts'
import { openItem } from '../fixtures/desk.ts'
import { printPage } from '../fixtures/print-page.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const closedItem = 'Veräußerung des Drachenfelsgeländes'
const closedPaper = 'Kaufvertrag Lindenhof mit Kaufpreis'
const closedFile = 'Gutachten Zwergenwiese'
const secrets = [closedItem, closedPaper, closedFile]

test('a closed item with its paper and file is there for the members of its body alone', async ({
  host,
  hub,
  device,
  startDevice,
}) => {
  const clerk = device.page
  await signInAs(clerk, people.clerk)
  await writeClosedPaper(clerk)
  await plantClosedItem(clerk, demo.buildingMeeting, closedItem)
  await putPaperUnder(clerk)
  await expect(syncButton(clerk, words.sync_live())).toBeVisible()

  const { page: member } = await startDevice()
  await signInAs(member, people.builder)
  await openComingMeeting(member, demo.building)
  const closedPart = member.getByRole('region', { name: words.meetings_closed_part() })
  const item = closedPart.getByRole('listitem').filter({ hasText: closedItem }).first()
  await expect(item).toContainText(words.papers_closed())
  await item.getByText(closedItem).click()
  await expect(item.getByRole('link', { name: closedPaper })).toBeVisible()
  await item.getByRole('link', { name: closedFile }).click()
  await expect(member.getByRole('region', { name: words.reader_pages_region() })).toContainText(closedText)

  const { page: other } = await startDevice()
  await signInAs(other, people.schoolmaster)
  await openComingMeeting(other, demo.building)
  for (const secret of secrets) await expect(other.getByText(secret)).toHaveCount(0)
  for (const word of ['Drachenfelsgeländes', 'Lindenhof', 'Zwergenwiese']) {
    await searchAll(other, word)
    await expect(other.getByText(words.common_search_nothing())).toBeVisible()
  }
  expect((await readStored(other, [...secrets, demo.announcements])).found).toEqual([demo.announcements])

  // The site is the hub's alone: walked once.
  if (host === 'web') await expectNowherePublic(hub.origin)

  const path = paths.file(createHash('sha512').update(pdf).digest('hex'))
  const [insider, outsider] = await Promise.all(
    [people.builder, people.schoolmaster].map((person) => RemoteSession.signIn(hub.origin, person)),
  )
  expect((await insider?.fetch(path))?.status).toBe(200)
  expect((await outsider?.fetch(path))?.status).toBe(404)
  expect((await fetch(hub.origin + path)).status).toBe(404)
})

async function expectNowherePublic(origin: string): Promise<void> {
  const reached = await crawl(origin, ['/', '/oparl/v1.1/system'])
  const texts = [...reached.values()]
  expect(texts.filter((text) => text.includes(demo.announcements)).length).toBeGreaterThan(2)
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([])
}

const closedText = 'Der Verkehrswert beträgt 815.000 Euro.'
const pdf = await printPage(closedText)

async function writeClosedPaper(page: Page): Promise<void> {
  await page.getByRole('link', { name: words.desk_nav_meetings() }).click()
  await page.getByRole('link', { name: words.desk_new_paper() }).click()
  await page.getByLabel(words.desk_paper_name()).fill(closedPaper)
  await page.getByRole('checkbox', { name: words.desk_paper_public() }).uncheck()
  await page.getByRole('button', { name: words.desk_save(), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: closedPaper }).waitFor()
  await page
    .getByLabel(words.desk_add_file())
    .setInputFiles({ name: `${closedFile}.pdf`, mimeType: 'application/pdf', buffer: pdf })
  await page.getByRole('link', { name: closedFile }).waitFor()
  await page.getByRole('button', { name: words.desk_publish() }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.desk_publish() }).click()
  await page.getByText(words.desk_state_published()).first().waitFor()
}

async function putPaperUnder(page: Page): Promise<void> {
  const dialog = await openItem(page, closedItem)
  await dialog.getByLabel(words.desk_find_paper()).fill(closedPaper)
  await dialog.getByRole('button', { name: words.desk_choose_this({ name: closedPaper }) }).click()
  await dialog.getByRole('button', { name: words.desk_attach(), exact: true }).click()
  await dialog.getByRole('button', { name: words.desk_take_off({ name: closedPaper }) }).waitFor()
  await dialog.getByRole('button', { name: words.desk_cancel() }).click()
}
