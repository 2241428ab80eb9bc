import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { people, signInAs } from '../fixtures/demo-people.ts'
import { gatherCouncil } from '../fixtures/meeting/council.ts'
import { RoomBoard } from '../fixtures/room-board.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const name = 'Tafel im Sitzungssaal'
const pictures = process.env['RATSSAAL_PICTURES']

/** Both schemes are accessible; pictures for eyes. */
async function look(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    if (pictures) await page.screenshot({ path: join(pictures, `help-${what}-${colorScheme}.png`) })
    await expectAccessible(page)
  }
}

test(
  'a room’s device is set up and helped from afar by keyboard, and says what was done to it',
  { tag: '@web' },
  async ({ hub, device: { page: board }, startDevice }) => {
    test.slow()
    const { meeting } = await gatherCouncil(hub.origin)
    const { page: clerk } = await startDevice()
    await clerk.setViewportSize({ width: 1366, height: 768 })
    await board.setViewportSize({ width: 1366, height: 768 })
    const room = await RoomBoard.letIn(board, hub.origin, { name, room: meeting.location ?? '' })
    await signInAs(clerk, people.clerk)
    await visit(clerk, '#/room-devices')
    await expect(clerk.getByText(words.roomhelp_online(), { exact: true })).toBeVisible()
    await look(clerk, 'devices')

    await test.step('kiosk mode and dark hours', async () => {
      await clerk.getByRole('button', { name: words.roomdevice_set_named({ name }) }).press('Enter')
      const dialog = clerk.getByRole('dialog', { name: words.roomdevice_set_named({ name }) })
      await dialog.getByRole('switch', { name: words.roomdevice_kiosk() }).press('Space')
      await dialog.getByRole('switch', { name: words.roomdevice_dark() }).press('Space')
      const save = dialog.getByRole('button', { name: words.roomdevice_save() })
      await save.press('Enter')
      await expect(dialog.getByText(words.roomdevice_code_exit_missing())).toBeVisible()
      const code = dialog.getByLabel(words.roomdevice_code_exit(), { exact: true })
      await code.fill('12ab')
      await save.press('Enter')
      await expect(dialog.getByText(words.roomdevice_code_exit_wrong())).toBeVisible()
      await look(clerk, 'settings')
      await code.fill('731905')
      await save.press('Enter')
      await expect(dialog).toBeHidden()
      await expect(clerk.getByText(words.roomdevice_dark_badge({ from: '22:00', until: '06:00' }))).toBeVisible()
      await expect(board.getByText(words.kiosk_browser())).toBeVisible()
    })

    const dialog = clerk.getByRole('dialog', { name: words.roomhelp_title({ name }) })
    await test.step('its state, and a message that stays until it is read', async () => {
      await clerk.getByRole('button', { name: words.roomhelp_open_named({ name }) }).press('Enter')
      await expect(dialog.getByText(words.roomhelp_browser())).toBeVisible()
      await expect(dialog.getByText(words.roomhelp_not_lent())).toBeVisible()
      await expect(dialog.getByRole('button', { name: words.roomhelp_end() })).toBeDisabled()
      await look(clerk, 'dialog')
      await dialog.getByLabel(words.roomhelp_text()).fill('Bitte die Kamera ausrichten')
      await clerk.keyboard.press('Enter')
      await expect(board.getByText(/Bitte die Kamera ausrichten$/)).toBeVisible()
      await look(board, 'message')
      await board.getByRole('button', { name: words.roomhelp_read() }).press('Enter')
      await expect(board.getByText(/Bitte die Kamera ausrichten$/)).toBeHidden()
    })

    await test.step('it loads anew, and says who did it', async () => {
      await board.evaluate(() => Object.assign(window, { before: true }))
      await dialog.getByRole('button', { name: words.roomhelp_reload() }).press('Enter')
      await expect.poll(() => board.evaluate(() => 'before' in window).catch(() => true)).toBe(false)
      await expect(board.getByText(words.roomhelp_reloaded({ time: '' }).split(': ')[1] ?? '')).toBeVisible()
    })

    await test.step('whoever is signed in there is out, and is not named', async () => {
      await room.lendTo(people.mayor, meeting.name)
      await expect(dialog.getByText(words.roomhelp_lent())).toBeVisible()
      expect(await dialog.textContent()).not.toContain(people.mayor.name)
      await dialog.getByRole('button', { name: words.roomhelp_end() }).press('Enter')
      await expect(board.getByRole('button', { name: words.roomdevice_end() })).toHaveCount(0)
      await expect(board.getByText(words.roomhelp_ended({ time: '' }).split(': ')[1] ?? '')).toBeVisible()
      await expect(dialog.getByText(words.roomhelp_not_lent())).toBeVisible()
    })

    await test.step('a device without network is told to be one', async () => {
      await board.goto('about:blank')
      await expect(dialog.getByRole('button', { name: words.roomhelp_reload() })).toBeDisabled()
    })
  },
)
