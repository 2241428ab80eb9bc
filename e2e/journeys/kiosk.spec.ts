import type { ElectronApplication, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gatherCouncil } from '../fixtures/meeting/council.ts'
import { RoomBoard } from '../fixtures/room-board.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'

test.use({ town: 'demo' })

const code = '731905'
const otherCode = '28461937'

/** What the shell does to its windows. */
const kioskOf = (electron: ElectronApplication | undefined) => () =>
  electron?.evaluate(({ BrowserWindow, Menu }) => ({
    kiosk: BrowserWindow.getAllWindows().map((window) => window.isKiosk()),
    menu: Menu.getApplicationMenu() !== null,
  }))

/** Keys go past the stand-in's main process: they are put before its listeners. Answers with those that it swallows. */
const swallowedOf = (electron: ElectronApplication | undefined, keys: readonly string[]) =>
  electron?.evaluate(({ BrowserWindow }, all) => {
    const [window] = BrowserWindow.getAllWindows()
    return all.filter((name) => {
      const [key, control] = name.split('+').reverse()
      let swallowed = false
      const input = { type: 'keyDown', key, control: control === 'Ctrl', meta: false, alt: false, shift: false }
      window?.webContents.emit('before-input-event', { preventDefault: () => (swallowed = true) }, input)
      return swallowed
    })
  }, keys)

const keypadOn = (page: Page) => page.getByRole('dialog', { name: words.kiosk_leave() })

async function typeCode(page: Page, typed: string): Promise<void> {
  await keypadOn(page).getByLabel(words.kiosk_code(), { exact: true }).fill(typed)
  await page.keyboard.press('Enter')
}

async function tapCode(page: Page, typed: string): Promise<void> {
  for (const digit of typed) await keypadOn(page).getByRole('button', { name: digit, exact: true }).click()
  await keypadOn(page).getByRole('button', { name: words.kiosk_ok() }).click()
}

test(
  'a board in kiosk mode fills its screen, starts so again, and is left by its code alone, without a network too',
  { tag: '@desktop' },
  async ({ hub, device, folder }) => {
    test.slow()
    const { meeting } = await gatherCouncil(hub.origin)
    const board = await RoomBoard.letIn(device.page, hub.origin, { name: 'Tafel', room: meeting.location ?? '' })
    await device.openWindow()
    expect(await kioskOf(device.electron)()).toEqual({ kiosk: [false, false], menu: true })

    await board.set({ kiosk: true, code })
    await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [true], menu: false })
    expect(await swallowedOf(device.electron, ['Ctrl+w', 'Ctrl+r', 'F12', 'F11', 'Ctrl+c', 'a', 'Enter'])).toEqual([
      ...['Ctrl+w', 'Ctrl+r', 'F12', 'F11'],
    ])
    const first = device.page
    await test.step('who tries to close the window is asked for the code', async () => {
      await device.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
      await expect(keypadOn(first)).toBeVisible()
      await expectAccessible(first)
      const sizes = await keypadOn(first)
        .getByRole('group')
        .getByRole('button')
        .evaluateAll((all) =>
          all.map((each) => each.getBoundingClientRect()).map(({ width, height }) => [width, height]),
        )
      expect(sizes).toHaveLength(12)
      expect(Math.min(...sizes.flat())).toBeGreaterThanOrEqual(48)
      await first.keyboard.press('Escape')
      await expect(keypadOn(first)).toBeHidden()
      expect(await kioskOf(device.electron)()).toEqual({ kiosk: [true], menu: false })
    })

    await test.step('no link leads out', async () => {
      await device.electron?.evaluate(({ shell }) => {
        const opened: string[] = []
        Object.assign(globalThis, { opened })
        shell.openExternal = async (url) => void opened.push(url)
      })
      await first.evaluate(() => {
        const link = Object.assign(document.createElement('a'), { href: 'https://rat.example/', target: '_blank' })
        document.body.append(link)
        link.click()
        link.remove()
      })
      await first.getByRole('button', { name: words.kiosk_leave() }).click()
      await expect(keypadOn(first)).toBeVisible()
      expect(await device.electron?.evaluate(() => (globalThis as { opened?: string[] }).opened)).toEqual([])
    })

    await test.step('wrong codes are told so, then have to wait, also after a restart', async () => {
      for (let wrong = 0; wrong < 4; wrong++) {
        await typeCode(first, `00000${wrong}`)
        await expect(keypadOn(first).getByText(words.kiosk_wrong())).toBeVisible()
        await expect(keypadOn(first).getByLabel(words.kiosk_code(), { exact: true })).toHaveValue('')
      }
      await typeCode(first, '000009')
      const wait = words.kiosk_wait({ time: '' }).split('.')[0] ?? ''
      await expect(keypadOn(first).getByText(wait)).toBeVisible()
      await expect(keypadOn(first).getByRole('button', { name: words.kiosk_ok() })).toBeDisabled()
      await expectAccessible(first)

      const again = await device.restart()
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [true], menu: false })
      await again.getByRole('button', { name: words.kiosk_leave() }).click()
      await typeCode(again, code)
      await expect(keypadOn(again).getByText(wait)).toBeVisible()
      await again.keyboard.press('Escape')
    })

    const { page } = device
    await test.step('a new code counts at once; it lets out without a network, and back in', async () => {
      const kept = async () => JSON.parse(await readFile(join(folder, 'device-1', 'kiosk.json'), 'utf8')) as object
      expect(await kept()).toMatchObject({ on: true, tries: { wrong: 5 } })
      await board.set({ code: otherCode })
      await expect.poll(kept).toMatchObject({ on: true, tries: { wrong: 0 } })
      await page.getByRole('button', { name: words.kiosk_leave() }).click()
      await tapCode(page, otherCode)
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [false], menu: true })
      await page.getByRole('button', { name: words.kiosk_enter() }).click()
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [true], menu: false })
      await hub.cable.unplug()
      await expect(page.getByText(words.roomdevice_offline())).toBeVisible()
      await page.getByRole('button', { name: words.kiosk_leave() }).click()
      await tapCode(page, otherCode)
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [false], menu: true })
      await hub.cable.plugIn()
    })

    await test.step('a board that is shut out is no kiosk any more', async () => {
      await page.getByRole('button', { name: words.kiosk_enter() }).click()
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [true], menu: false })
      await board.shutOut()
      await expect(page.getByText(words.account_because_revoked())).toBeVisible()
      await expect.poll(kioskOf(device.electron)).toEqual({ kiosk: [false], menu: true })
    })
  },
)

test('a browser says what it cannot hold', { tag: '@web' }, async ({ hub, device: { page } }) => {
  const { meeting } = await gatherCouncil(hub.origin)
  const board = await RoomBoard.letIn(page, hub.origin, { name: 'Tafel', room: meeting.location ?? '' })
  await board.set({ kiosk: true, code })
  await expect(page.getByText(words.kiosk_browser())).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: words.kiosk_browser_fill() }).click()
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  await expect(page.getByText(words.kiosk_browser())).toBeHidden()
  await page.evaluate(() => document.exitFullscreen())
  await expect(page.getByText(words.kiosk_browser())).toBeVisible()
})
