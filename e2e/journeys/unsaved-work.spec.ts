import { setUpTown } from '../fixtures/set-up-town.ts'
import { expect, expectAccessible, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'
import type { Device } from '../fixtures/device.ts'

/** Closes the window as a person does; the app asks the page before. */
const closeWindow = (device: Device) =>
  device.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

const openWindows = (device: Device) =>
  device.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

/** A form with nothing in it yet. */
async function beginPerson(page: Device['page']) {
  await visit(page, '#/desk/people')
  await page.getByRole('button', { name: words.desk_new_person() }).click()
  return page.getByLabel(words.desk_family_name())
}

test.describe('unsaved work', { tag: '@desktop' }, () => {
  test('is asked about before a window closes, and stays when its person wants that', async ({ hub, device }) => {
    const { page } = device
    await setUpTown(page, hub.setUpCode)
    // The app ends with its last window; this one stays.
    await device.openWindow()
    const name = await beginPerson(page)
    await name.fill('Probst')

    await closeWindow(device)
    const dialog = page.getByRole('dialog', { name: words.shell_quit_title() })
    await expect(dialog).toContainText(words.shell_quit_drafts())
    await expectAccessible(page)
    await dialog.getByRole('button', { name: words.shell_quit_stay() }).click()
    await expect(dialog).toBeHidden()
    await expect(name).toHaveValue('Probst')
    expect(await openWindows(device)).toBe(2)

    await closeWindow(device)
    const closed = page.waitForEvent('close')
    await dialog.getByRole('button', { name: words.shell_quit_anyway() }).click()
    await closed
  })

  test('what was changed and taken back is no unsaved work', async ({ hub, device }) => {
    const { page } = device
    await setUpTown(page, hub.setUpCode)
    // The app ends with its last window; this one stays.
    await device.openWindow()
    const name = await beginPerson(page)
    await name.fill('Probst')
    await name.fill('')
    const closed = page.waitForEvent('close')
    await closeWindow(device)
    await closed
  })

  test('a window opens where it was closed', async ({ device }) => {
    const place = { x: 120, y: 80, width: 1000, height: 700 }
    await device.electron?.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
      place,
    )
    await device.restart()
    const bounds = await device.electron?.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    )
    expect(bounds).toEqual(place)
  })
})
