import type { Locator, Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { paths } from '../../shared/hub-api/contract.ts'
import { RemoteSession } from '../fixtures/administration.ts'
import { demo, openComingMeeting, people, signInAs, type DemoPerson } from '../fixtures/demo-people.ts'
import type { Device } from '../fixtures/device.ts'
import { tabTo } from '../fixtures/keys.ts'
import { chooseLook, closeOverlay, lookAt, looks, speak } from '../fixtures/looks.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const surface = (page: Page) => page.getByRole('application')
/** An item in the agenda of the meeting that is shown. */
const itemIn = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('listitem').filter({ hasText: name }).first()

async function openItem(page: Page, name: string | RegExp): Promise<Locator> {
  await openComingMeeting(page, demo.council)
  await itemIn(page, name).getByText(name).first().click()
  return itemIn(page, name)
}

/** Signs in, and comes to the board of an item. */
async function comeTo({ page }: Device, person: DemoPerson, name: string | RegExp): Promise<Page> {
  await signInAs(page, person)
  const item = await openItem(page, name)
  await item
    .getByRole('button', { name: words.boards_open(), exact: true })
    .or(item.getByRole('link', { name: words.boards_title(), exact: true }))
    .click()
  await expect(surface(page)).toBeVisible()
  return page
}

async function drawLine(page: Page, y: number): Promise<void> {
  await page.mouse.move(400, y)
  await page.mouse.down()
  for (const x of [440, 480, 520]) await page.mouse.move(x, y)
  await page.mouse.up()
}

/** By keyboard alone, from the board on: opens the dialog by which it is added to the record. */
async function openDialog(page: Page): Promise<Locator> {
  await tabTo(page, 'button', words.boards_menu())
  await page.keyboard.press('Enter')
  const entry = page.getByRole('menuitem', { name: words.boards_record() })
  await expect(entry).toBeVisible()
  while (!(await entry.evaluate((element) => element === document.activeElement)))
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  return page.getByRole('dialog', { name: words.boards_record_title() })
}

/** Waits until all that was drawn has arrived. */
async function expectStrokes(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: words.boards_outline() }).click()
  await expect(page.getByText(words.boards_outline_strokes({ count }))).toBeVisible()
  await closeOverlay(page)
}

/** Adds the board under a name, by keyboard; answers the digests of its files, PDF first. */
async function add(page: Page, dialog: Locator, name: string, button: string): Promise<string[]> {
  await expect(dialog.getByLabel(words.boards_record_name())).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(name)
  await tabTo(page, 'button', button)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(words.boards_record_done())).toBeVisible()
  return dialog.locator('code').allTextContents()
}

const statusOf = async (who: { fetch(path: string): Promise<Response> }, sha512: string): Promise<number> =>
  (await who.fetch(paths.file(sha512))).status

test('two members draw at a public item, and the clerk adds it: everybody reads the file, its checksum and who drew', async ({
  hub,
  device,
  startDevice,
}) => {
  const first = await comeTo(device, people.builder, demo.budget)
  const second = await comeTo(await startDevice(), people.schoolmaster, demo.budget)
  await drawLine(first, 250)
  await drawLine(second, 350)
  const clerk = (await startDevice()).page
  await signInAs(clerk, people.clerk)
  await visit(clerk, new URL(first.url()).hash as `#/${string}`)
  await expect(surface(clerk)).toBeVisible()
  await expectStrokes(clerk, 2)

  const dialog = await openDialog(clerk)
  for (const { name } of [people.builder, people.schoolmaster]) await expect(dialog.getByText(name)).toBeVisible()
  await expect(dialog.getByText(words.boards_record_public())).toBeVisible()
  await lookAt(clerk, looks[0]!)
  const digests = await add(clerk, dialog, 'Skizze zum Haushalt', words.boards_record_add_public())
  expect(digests).toHaveLength(2)
  await lookAt(clerk, looks[0]!)
  await closeOverlay(clerk)

  await visit(first, '#/')
  const item = await openItem(first, demo.budget)
  await expect(item.getByText('Skizze zum Haushalt')).toHaveCount(2)
  await expect(item.getByText(people.builder.name).first()).toBeVisible()
  await item.getByRole('link', { name: 'Skizze zum Haushalt' }).click()
  await expect(first.getByRole('region', { name: words.reader_pages_region() })).toContainText(people.schoolmaster.name)

  const site = await siteOf(hub.origin, new URL(first.url()), demo.budget)
  for (const part of [...digests, people.builder.name, people.schoolmaster.name]) expect(site).toContain(part)
  for (const digest of digests) {
    const bytes = Buffer.from(await (await fetch(hub.origin + paths.file(digest))).arrayBuffer())
    expect(createHash('sha512').update(bytes).digest('hex')).toBe(digest)
  }
})

/** The page of an item on the public site, by the meeting of which the app remembers it. */
async function siteOf(origin: string, app: URL, name: RegExp): Promise<string> {
  const meeting = new URLSearchParams(app.hash.split('?')[1]).get('meeting')!.slice('meeting:'.length)
  const page = await (await fetch(`${origin}/de/meeting/${meeting}`)).text()
  const link = [...page.matchAll(/<a[^>]*href="(\/de\/agenda-item\/[^"]+)"[^>]*>([^<]*)</g)]
  const address = link.find(([, , text]) => name.test(text!))?.[1]
  expect(address).toBeDefined()
  return (await fetch(origin + address!)).text()
}

test(
  'of a closed item the file is for its body alone, and members add nothing to the record',
  { tag: '@web' },
  async ({ hub, device, startDevice }) => {
    const member = await comeTo(device, people.builder, demo.closedAnnouncements)
    await drawLine(member, 250)
    const clerk = (await startDevice()).page
    await signInAs(clerk, people.clerk)
    await chooseLook(clerk, looks[1]!)
    await visit(clerk, new URL(member.url()).hash as `#/${string}`)
    await expect(surface(clerk)).toBeVisible()
    await expectStrokes(clerk, 1)
    const dialog = await openDialog(clerk)
    await expect(dialog.getByText(words.boards_record_bodies())).toBeVisible()
    await lookAt(clerk, looks[1]!)
    const digests = await add(clerk, dialog, 'Geheime Skizze', words.boards_record_add_closed())
    await lookAt(clerk, looks[1]!)

    speak('de')
    await member.getByRole('button', { name: words.boards_menu(), exact: true }).click()
    await expect(member.getByRole('menuitem', { name: words.boards_settings() })).toBeVisible()
    await expect(member.getByRole('menuitem', { name: words.boards_record() })).toHaveCount(0)
    await member.keyboard.press('Escape')
    await visit(member, '#/')
    const item = await openItem(member, demo.closedAnnouncements)
    await expect(item.getByText('Geheime Skizze')).toHaveCount(2)

    const [insider, outsider] = await Promise.all(
      [people.builder, people.staff].map((person) => RemoteSession.signIn(hub.origin, person)),
    )
    const everybody = { fetch: (path: string) => fetch(hub.origin + path) }
    for (const digest of digests) {
      expect(await statusOf(insider!, digest)).toBe(200)
      expect(await statusOf(outsider!, digest)).toBe(200)
      expect(await statusOf(everybody, digest)).toBe(404)
    }
    const bodies = (await (await fetch(`${hub.origin}/oparl/v1.1/bodies`)).json()) as { data: { file: string }[] }
    const [body] = bodies.data
    const meeting = new URL(member.url()).hash.split('/')[2]!.split('?')[0]!
    for (const address of [body!.file, `${hub.origin}/de/meeting/${meeting.replace(/^meeting:/, '')}`]) {
      const text = await (await fetch(address)).text()
      for (const word of ['Geheime Skizze', ...digests]) expect(text).not.toContain(word)
    }
  },
)
