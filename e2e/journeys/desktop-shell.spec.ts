import { startTwice } from '../fixtures/device.ts'
import { setUpTown, accountMenu } from '../fixtures/set-up-town.ts'
import { expect, test, words } from '../fixtures/test.ts'

test.describe('the desktop app', { tag: '@desktop' }, () => {
  test('opens links of the web outside, and stays where it is', async ({ device }) => {
    const { page, electron } = device
    await electron?.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = async (url) => void opened.push(url)
    })
    const start = page.url()
    const follow = (href: string, target: string) =>
      page.evaluate(
        ([address, where]) => {
          const link = Object.assign(document.createElement('a'), { href: address, target: where })
          document.body.append(link)
          link.click()
        },
        [href, target] as const,
      )
    const opened = () => electron?.evaluate(() => (globalThis as { opened?: string[] }).opened)

    await follow('https://rat.example/leaves', '')
    await expect.poll(opened).toEqual(['https://rat.example/leaves'])
    await follow('https://rat.example/window', '_blank')
    await expect.poll(opened).toEqual(['https://rat.example/leaves', 'https://rat.example/window'])
    // Neither plain nor disguised addresses go out; the next good one shows that they were dealt with.
    await follow('http://rat.example/plain', '')
    await follow('https://user:secret@rat.example/', '_blank')
    await follow('https://rat.example/last', '_blank')
    await expect
      .poll(opened)
      .toEqual(['https://rat.example/leaves', 'https://rat.example/window', 'https://rat.example/last'])
    expect(page.url()).toBe(start)
  })

  test('runs under a policy that stops foreign code and foreign hosts', async ({ device: { page } }) => {
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      const fetched = await fetch('https://elsewhere.example/').then(
        () => 'fetched',
        () => 'refused',
      )
      return { ran: 'ran' in window, fetched, node: 'require' in window || 'process' in window }
    })
    expect(outcome).toEqual({ ran: false, fetched: 'refused', node: false })
  })

  test('refuses asks whose arguments do not fit, without a word of why to the page', async ({ device: { page } }) => {
    const answer = await page.evaluate(() =>
      (window as unknown as { shell: Record<string, (value: unknown) => Promise<unknown>> }).shell['openWindow']?.({
        kind: 'council',
        path: 'https://elsewhere.example/',
      }).catch(String),
    )
    expect(answer).toContain('openWindow: unfit arguments')
  })

  test('opens a window of an address once, and all windows share one session', async ({ hub, device }) => {
    await setUpTown(device.page, hub.setUpCode)
    const second = await device.openWindow()
    await expect(accountMenu(second)).toBeVisible()
    await device.electron?.evaluate(
      ({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('new-window')?.click(),
    )
    const open = await device.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(open).toBe(2)
  })

  test('a second start wakes the first instead', async ({ device, hub, folder }) => {
    const woken = device.electron!.evaluate(
      ({ app }) => new Promise<void>((resolve) => void app.once('second-instance', () => resolve())),
    )
    expect(await startTwice(`${folder}/device-1`, hub.origin)).toBe(0)
    await woken
    expect(await device.electron!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    await expect(device.page.getByRole('heading', { name: words.account_setup_title() })).toBeVisible()
  })
})
