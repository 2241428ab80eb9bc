import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { partSeconds } from '../../../shared/council/broadcast.ts'
import { makeMarked } from './testing/marked-media.suite.ts'
import { meetingKey, openRoom, type Room } from './testing/room.suite.ts'

const isBuilt = existsSync(fileURLToPath(new URL('../../../out/renderer/watch.html', import.meta.url)))
const partMs = partSeconds * 1000
/** Seconds that a freshly captured picture may need to the screen of a machine that is busy with other things. */
const longestDelay = 10

const slowly = { timeout: 40_000 }

/** Sends parts at the pace of a camera until the test is over. */
async function transmit({ capture }: Room, parts: readonly Buffer[]): Promise<void> {
  let isOn = true
  onTestFinished(() => void (isOn = false))
  const send = async (place: number): Promise<void> => {
    const lease = await capture.renew()
    if (lease.key !== undefined && isOn)
      await capture.send(capture.next({ independent: place % 6 === 0 }), parts[place]!)
  }
  const start = Date.now()
  for (let place = 0; place < parts.length && isOn; place += 1) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + (place + 1) * partMs - Date.now())))
    await send(place)
  }
}

async function openPage(): Promise<Page> {
  const executablePath = findChromium()
  // A machine without a sound device looks for one for seconds.
  const args = [...sandboxArguments(), '--mute-audio']
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  onTestFinished(() => browser.close())
  return (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
}

/** In the page itself and without waiting for media: what plays goes on playing. */
const violationsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).options({ preload: false }).setLegacyMode().analyze()).violations

const positionIn = (page: Page): Promise<number> => page.evaluate(`document.querySelector('video').currentTime`)

it.skipIf(!findFfmpeg() || !isBuilt)(
  'a meeting is watched live and from its beginning, without a cookie, by keyboard and at 320 pixels',
  { timeout: 180_000 },
  async () => {
    const clock = Object.defineProperty({ now: 0 }, 'now', { get: () => Date.now(), set: () => undefined })
    const { init, parts } = await makeMarked('open', 500)
    const room = await openRoom(init, { clock })
    const page = await openPage()
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(room.hub.origin))
        foreign.push(request.url())
    })
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    void transmit(room, parts)

    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    const start = page.getByRole('button', { name: 'Übertragung starten' })
    await start.waitFor()
    const picture = process.env['RATSSAAL_PICTURES']
    const lookAt = (name: string) => picture && page.screenshot({ path: join(picture, `${name}.png`), fullPage: true })
    await lookAt('watch-notice')
    expect(await violationsOf(page)).toEqual([])
    await start.focus()
    await page.keyboard.press('Enter')
    const status = page.getByRole('status')
    await status.getByText('Live', { exact: true }).waitFor()
    await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(2)
    const delay = page.getByText(/Sekunden hinter dem Saal$/)
    await delay.waitFor()
    const shown = async () => Number.parseFloat((await delay.textContent())!.replace(',', '.'))
    await expect.poll(shown, slowly).toBeLessThan(longestDelay)
    await page.getByRole('listitem').filter({ hasText: 'agenda-item:open' }).getByText('wird behandelt').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await lookAt('watch-live')

    await room.chairSays({ kind: 'item-closed', item: 'agenda-item:open' }, { kind: 'part-closed', reason: 'Personal' })
    await status.getByText(/^Nichtöffentlich oder unterbrochen/).waitFor()
    await lookAt('watch-closed')
    const closedAt = await positionIn(page)
    await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(closedAt + 1.5)
    await room.chairSays({ kind: 'part-opened' })
    await status.getByText('Live', { exact: true }).waitFor()
    const openedAt = await positionIn(page)
    await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(openedAt + 1.5)

    await page.getByRole('button', { name: 'Von Anfang an' }).click()
    await status.getByText('Aufzeichnung', { exact: true }).waitFor()
    await expect.poll(() => positionIn(page), slowly).toBeLessThan(3)
    await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(0.2)
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    await lookAt('watch-narrow')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violationsOf(page)).toEqual([])
    expect([foreign, faults, await page.context().cookies()]).toEqual([[], [], []])
  },
)
