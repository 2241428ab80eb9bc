import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout } from 'node:timers/promises'
import AxeBuilder from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { partSeconds, partsPerSegment } from '../../../shared/council/broadcast.ts'
import { makeMarked } from './testing/marked-media.suite.ts'
import { meetingKey, openRoom, runningClock, transmit, type Room } from './testing/room.suite.ts'

const isBuilt = existsSync(fileURLToPath(new URL('../../../out/renderer/watch.html', import.meta.url)))
/** Seconds that a freshly captured picture may need to the screen of a machine that is busy with other things. */
const longestDelay = 10
const slowly = { timeout: 30_000 }

/** Sends parts at the pace of a camera until the test is over; while the gate is closed none is captured. */
async function transmitOn({ capture }: Room, parts: readonly Buffer[], from: number): Promise<void> {
  let isOn = true
  onTestFinished(() => void (isOn = false))
  let place = from
  for (let tick = 1, start = Date.now(); isOn && place < parts.length; tick += 1) {
    await setTimeout(Math.max(0, start + tick * partSeconds * 1000 - Date.now()))
    if (!isOn) return
    if ((await capture.renew()).key === undefined) place = Math.ceil(place / partsPerSegment) * partsPerSegment
    else {
      const head = capture.next({ sequence: place, independent: place % partsPerSegment === 0 })
      await capture.send(head, parts[place]!)
      place += 1
    }
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

const video = <Value>(page: Page, expression: string): Promise<Value> =>
  page.evaluate(`(() => { const video = document.querySelector('video'); return ${expression} })()`)
const positionIn = (page: Page): Promise<number> => video(page, 'video.currentTime')

/** What is to be seen in the middle of the picture: the room is blue. */
const pictureIn = (page: Page): Promise<'room' | 'slate'> =>
  video(
    page,
    `(() => {
      const context = new OffscreenCanvas(1, 1).getContext('2d')
      context.drawImage(video, 0, 0, 1, 1)
      const [red, , blue] = context.getImageData(0, 0, 1, 1).data
      return blue > 120 && red < 60 ? 'room' : 'slate'
    })()`,
  )

/** Waits until so many seconds more were played. */
async function playsOn(page: Page, seconds = 1): Promise<void> {
  const before = await positionIn(page)
  await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(before + seconds)
}

it.skipIf(!findFfmpeg() || !isBuilt)(
  'a meeting is watched live, with the slate in its closed part and the room again afterwards, by keyboard',
  { timeout: 240_000 },
  async () => {
    const { init, parts } = await makeMarked('open', 300)
    const room = await openRoom(init, { clock: runningClock() })
    const before = 36
    await transmit(room, parts.slice(0, before))
    void transmitOn(room, parts, before)

    const page = await openPage()
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    const start = page.getByRole('button', { name: 'Übertragung starten' })
    await start.focus()
    await page.keyboard.press('Enter')
    const status = page.getByRole('status')
    const says = (text: string | RegExp) => status.getByText(text, { exact: true }).waitFor(slowly)
    const shows = (picture: 'room' | 'slate') => expect.poll(() => pictureIn(page), slowly).toBe(picture)

    await says('Live')
    await playsOn(page, 2)
    await shows('room')
    const delay = page.getByText(/Sekunden hinter dem Saal$/)
    const shown = async () => Number.parseFloat((await delay.textContent())!.replace(',', '.'))
    await expect.poll(shown, slowly).toBeLessThan(longestDelay)
    expect(await violationsOf(page)).toEqual([])

    await room.chairSays({ kind: 'item-closed', item: 'agenda-item:open' }, { kind: 'part-closed', reason: 'Personal' })
    await says(/^Nichtöffentlich oder unterbrochen/)
    await shows('slate')
    await playsOn(page)
    expect(await pictureIn(page)).toBe('slate')
    await room.chairSays({ kind: 'part-opened' })
    await says('Live')
    await shows('room')
    await playsOn(page)

    await page.keyboard.press('k')
    await expect.poll(() => video(page, 'video.paused'), slowly).toBe(true)
    await page.keyboard.press('m')
    expect(await video(page, 'video.muted')).toBe(true)
    expect(faults).toEqual([])
  },
)
