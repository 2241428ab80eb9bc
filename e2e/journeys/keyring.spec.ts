import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Shell } from '../../shared/ipc/contract.ts'
import { syncButton } from '../fixtures/demo-people.ts'
import type { Device } from '../fixtures/device.ts'
import { tellNetworkIsBack } from '../fixtures/network-back.ts'
import { accountMenu, setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

const readToken = (page: Device['page']) =>
  page.evaluate(() => (window as unknown as { shell: Shell }).shell.readSecret('token'))

/** Files of a profile in which a text stands, in one of the encodings that a browser writes. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if ((['utf8', 'utf16le', 'base64'] as const).some((encoding) => bytes.includes(Buffer.from(text, encoding))))
      found.push(path)
  }
  return found
}

test.describe('secrets of the desktop app', { tag: '@desktop' }, () => {
  test('lie sealed in the keyring’s care and outlive a restart', async ({ hub, device, folder }) => {
    await setUpTown(device.page, hub.setUpCode)
    const token = await readToken(device.page)
    const page = await device.restart()
    await expect(accountMenu(page)).toBeVisible()
    await expect(syncButton(page, words.sync_live())).toBeVisible()
    expect(token).toBeTruthy()
    expect(await readToken(page)).toBe(token)
    expect(await filesWith(join(folder, 'device-1'), token ?? '')).toEqual([])
    const sealed = JSON.parse(await readFile(join(folder, 'device-1/secrets.json'), 'utf8')) as object
    expect(Object.keys(sealed).some((name) => name.startsWith('key:'))).toBe(true)
  })

  test.describe('without a keyring', () => {
    test.beforeAll(() => void (process.env['STAND_IN_KEYRING'] = 'none'))
    test.afterAll(() => void delete process.env['STAND_IN_KEYRING'])

    test('end with the app, which says so', async ({ hub, device, folder }) => {
      const { page } = device
      await setUpTown(page, hub.setUpCode)
      const token = await readToken(page)
      expect(token).toBeTruthy()
      await visit(page, '#/settings')
      await expect(page.getByText(words.shell_no_keyring())).toBeVisible()
      await expectAccessible(page)

      const next = await device.restart()
      await expect(next.getByText(words.account_because_not_kept())).toBeVisible()
      await expect(next.getByText(words.shell_no_keyring())).toBeVisible()
      await expectAccessible(next)
      expect(await filesWith(join(folder, 'device-1'), token ?? '')).toEqual([])
      expect(await readdir(join(folder, 'device-1'))).not.toContain('secrets.json')
    })

    test('and with them what was not sent, after a warning', async ({ hub, device }) => {
      const { page } = device
      await setUpTown(page, hub.setUpCode)
      await expect(syncButton(page, words.sync_live())).toBeVisible()
      await hub.cable.unplug()
      await visit(page, '#/desk/people?tab=places')
      await page.getByRole('button', { name: words.desk_new_place() }).click()
      await page.getByLabel(words.desk_room()).fill('Ratssaal 7')
      await page.getByRole('button', { name: words.desk_save() }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
      await expect(page.getByText('Ratssaal 7')).toBeVisible()
      await device.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
      const dialog = page.getByRole('dialog', { name: words.shell_quit_title() })
      await expect(dialog).toContainText(/Schlüsselbund/)
      await dialog.getByRole('button', { name: words.shell_quit_stay() }).click()
      await hub.cable.plugIn()
      await tellNetworkIsBack(page)
      await expect(syncButton(page, words.sync_live())).toBeVisible()
      await expect(page.getByText('Ratssaal 7')).toBeVisible()
    })
  })
})
