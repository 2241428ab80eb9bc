import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { demo, people, signInAs } from '../fixtures/demo-people.ts'
import { readStored } from '../fixtures/stored-text.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const board = { width: 3840, height: 2160 } as const
const name = 'Tafel im Sitzungssaal'
const pictures = process.env['RATSSAAL_PICTURES']

/** The board's screen is accessible in both schemes, and a finger meets everything that it shows. */
async function lookAtBoard(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    if (pictures) await page.screenshot({ path: join(pictures, `board-${what}-${colorScheme}.png`) })
    await expectAccessible(page)
  }
  const sizes = await page
    .getByRole('main')
    .locator('button, a')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
  expect(sizes.length).toBeGreaterThan(0)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(48)
}

const codeOn = async (page: Page): Promise<string> =>
  (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? ''

async function findCode(page: Page, code: string): Promise<void> {
  await visit(page, '#/confirm')
  await page.getByLabel(words.roomdevice_code(), { exact: true }).fill(code)
  await page.getByRole('button', { name: words.roomdevice_confirm_find() }).click()
}

test(
  'a board belongs to a room, somebody signs in there from their own device, and nothing of them stays',
  { tag: '@web' },
  async ({ device: { page }, startDevice }) => {
    test.slow()
    const { page: clerk } = await startDevice()
    await signInAs(clerk, people.clerk)

    await page.setViewportSize(board)
    await page.getByRole('link', { name: words.roomdevice_this_is() }).click()
    await findCode(clerk, await codeOn(page))
    await clerk.getByLabel(words.roomdevice_confirm_name()).fill(name)
    const rooms = clerk.getByLabel(words.roomdevice_confirm_where(), { exact: true })
    const hall = await rooms.locator('option', { hasText: /saal/i }).first().textContent()
    await rooms.selectOption({ label: hall ?? '' })
    await expectAccessible(clerk)
    await clerk.getByRole('button', { name: words.roomdevice_confirm_let_in() }).click()

    await expect(page.getByRole('heading', { level: 1, name: hall ?? '' })).toBeVisible()
    await expect(page.getByText(words.sync_live())).toBeVisible()
    const take = page.getByRole('button', { name: words.roomdevice_take_for({ name: '' }).trim() }).first()
    await expect(take).toBeVisible()
    await lookAtBoard(page, 'room')
    const before = await readStored(page, [demo.closedAnnouncements])
    expect(before.found).toEqual([])

    await take.click()
    const code = await codeOn(page)
    await lookAtBoard(page, 'code')
    await findCode(clerk, code)
    await clerk.getByRole('button', { name: words.roomdevice_confirm_me_do() }).click()
    const end = page.getByRole('button', { name: words.roomdevice_end() })
    await expect(end).toBeVisible()
    await expect(page.getByRole('link', { name: words.roomdevice_cockpit() }).first()).toBeVisible()
    await expect.poll(async () => (await readStored(page, [])).keys).toBeGreaterThan(before.keys)
    await lookAtBoard(page, 'lent')
    await page.getByRole('link', { name: words.roomdevice_projector() }).first().click()
    await expect(page.locator('#projector')).toBeVisible()
    await visit(page, '#/')

    await end.click()
    await expect(take).toBeVisible()
    const after = await readStored(page, [demo.closedAnnouncements])
    expect({ keys: after.keys, databases: after.databases.length, found: after.found }).toEqual({
      ...{ keys: before.keys, databases: before.databases.length, found: [] },
    })

    await visit(clerk, '#/room-devices')
    await clerk.getByRole('button', { name: words.roomdevice_revoke_named({ name }) }).click()
    await expectAccessible(clerk, '[role="dialog"]')
    await clerk.getByRole('dialog').getByRole('button', { name: words.roomdevice_revoke(), exact: true }).click()
    await expect(clerk.getByText(words.roomdevice_list_none())).toBeVisible()
    await expect(page.getByText(words.account_because_revoked())).toBeVisible()
    expect((await readStored(page, [])).keys).toBe(0)
  },
)
