import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { secondRendition } from '../../shared/council/broadcast.ts'
import { broadcastPaths } from '../../shared/hub-api/broadcast.ts'
import { people, signInAs } from '../fixtures/demo-people.ts'
import { filmClock, readClock } from '../fixtures/filmed-clock.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { agendaOf } from '../fixtures/meeting/council.ts'
import { prepareCouncil } from '../fixtures/meeting/prepared-council.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const run = promisify(execFile)
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- set for the cameras, which read it
declare let filmed: string
/** The cable of the camera that was opened last is pulled. */
declare function lose(): void
const [open, closed] = ['#107030', '#a000a0']
/** Milliseconds between both pictures at most, frames in a row for which that is looked at, and what a clock can be off. */
const mostOff = 200
const compared = 40
const mostPlausible = 60_000

/** By how many milliseconds the second picture is off the main one, for each of its next frames, by the clocks in both. */
const offsetsIn = (page: Page): Promise<number[]> =>
  page.evaluate((count) => {
    const [main, second] = [...document.querySelectorAll('video')]
    const context = new OffscreenCanvas(640, 480).getContext('2d', { willReadFrequently: true })!
    /** The clock is 1/18 of a film's height high; where a film is wider than the picture, bars are above and below. */
    const clockOf = (video: HTMLVideoElement): number => {
      context.drawImage(video, 0, 0, 640, 480)
      const isWide = video.videoWidth / video.videoHeight > 1.5
      const row = context.getImageData(0, isWide ? 13 : 60 + 10, 640, 1).data
      let time = 0
      for (let bit = 0; bit < 32; bit += 1) time = time * 2 + (row[Math.floor((bit + 0.5) * 20) * 4 + 1]! > 128 ? 1 : 0)
      return time
    }
    return new Promise<number[]>((resolve) => {
      const offsets: number[] = []
      const look = (): void => {
        offsets.push(clockOf(second!) - clockOf(main!))
        if (offsets.length < count) second!.requestVideoFrameCallback(look)
        else resolve(offsets)
      }
      second!.requestVideoFrameCallback(look)
    })
  }, compared)

/**
 * Waits until both are in step, by the middle of as many frames as are compared: cameras and encoders of a busy machine
 * leave frames out, each in its own picture. How far players alone are apart is measured where films are sent.
 */
async function staysInStep(page: Page, when: string): Promise<void> {
  let middle = Infinity
  const measure = async (): Promise<number> => {
    const offsets = (await offsetsIn(page)).map(Math.abs).filter((offset) => offset < mostPlausible)
    middle = offsets.toSorted((one, other) => one - other)[Math.floor(compared / 2)] ?? Infinity
    return middle
  }
  await expect.poll(measure, { timeout: 60_000 }).toBeLessThanOrEqual(mostOff)
  test.info().annotations.push({ type: 'in step', description: `${when}: ${middle} ms` })
}

/** Colour of every frame that was recorded of the second picture, and its clock. */
async function recordedFrames(address: string, folder: string): Promise<{ clock: number; isClosed: boolean }[]> {
  const [width, height] = [320, 240]
  const raw = join(folder, 'second')
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-i', address, '-vf', `scale=${width}:${height}`, '-fps_mode', 'passthrough'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', raw],
  ])
  const bytes = await readFile(raw)
  const size = width * height * 3
  return Array.from({ length: bytes.length / size }, (_, frame) => {
    const pixel = (x: number, y: number, colour: number): number =>
      bytes[frame * size + (y * width + x) * 3 + colour] ?? 0
    const clock = readClock(width, 180, (x, y) => pixel(x, y + 30, 1))
    return { clock, isClosed: pixel(160, 120, 0) > 100 && pixel(160, 120, 1) < 60 }
  })
}

test(
  'sign language is sent beside the room, in step with it; what befalls it alone stops nothing, a close stops both',
  { tag: '@web' },
  async ({ hub, device, folder }) => {
    const { council, clerk } = await prepareCouncil(hub.origin)
    const [item] = agendaOf(council).filter((entry) => entry.public)
    const key = council.meeting._id.slice('meeting:'.length)

    const desk = device.page
    await desk.addInitScript(filmClock)
    await desk.reload()
    await signInAs(desk, people.clerk)
    await visit(desk, `#/meetings/${council.meeting._id}/broadcast`)
    const airs = (text: string) => expect(desk.getByRole('region', { name: words.broadcast_air() })).toContainText(text)
    const card = desk.getByRole('region', { name: words.broadcast_second() })

    await test.step('both pictures are started by keyboard, the second one with who interprets', async () => {
      await expect(card).toContainText(words.broadcast_second_none())
      await desk
        .getByRole('button', { name: /fake_device/ })
        .first()
        .press('Enter')
      const start = desk.getByRole('button', { name: words.broadcast_start(), exact: true })
      await expect(start).toBeEnabled({ timeout: 40_000 })
      await start.press('Enter')
      await airs(words.broadcast_off_waiting())
      await card.getByRole('button', { name: /fake_device/ }).press('Enter')
      await expect(card).toContainText(words.broadcast_second_ready())
      await card.getByRole('textbox', { name: words.broadcast_second_names() }).fill('Ina Hand, Otto Wort')
      for (const look of looks) await lookAt(desk, look)
      await card.getByRole('button', { name: words.broadcast_second_start() }).press('Enter')
      await expect(card).toContainText(words.broadcast_second_waiting())
      await clerk.write({ kind: 'meeting-opened' })
      await clerk.write({ kind: 'item-opened', item: item!._id })
      await airs(words.broadcast_air_on())
      await expect(card).toContainText(words.broadcast_second_on())
    })

    const page = await device.context.newPage()
    const sign = page.getByRole('group', { name: words.watch_sign() })
    await test.step('the public shows it beside the room and moves it by keyboard; both are in step', async () => {
      await page.goto(`${hub.origin}/de${broadcastPaths.watch(key)}`)
      await page.getByRole('button', { name: words.watch_notice_accept() }).press('Enter')
      await page.keyboard.press('g')
      await staysInStep(page, 'live')
      await lookAt(page, looks[0]!)
      await page.locator('video').first().focus()
      for (const press of ['p', 'p', '+']) await page.keyboard.press(press)
      await expect(page.getByLabel(words.watch_sign_place())).toHaveValue('top-right')
      await expect(page.getByLabel(words.watch_sign_size())).toHaveValue('large')
      await lookAt(page, looks[1]!)
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await page.setViewportSize({ width: 1366, height: 768 })
    })

    await test.step('its camera is lost: the room goes on, a word stands in its place, and it comes back by itself', async () => {
      await desk.evaluate(() => lose())
      await expect(card).toContainText(words.broadcast_second_camera())
      await expect(sign).toContainText(words.watch_sign_absent_live())
      await airs(words.broadcast_air_on())
      await desk.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')))
      await expect(card).toContainText(words.broadcast_second_on())
      await staysInStep(page, 'after the camera came back')
    })

    const cut = await test.step('the closed part closes both cameras at once', async () => {
      await clerk.write({ kind: 'item-closed', item: item!._id })
      await clerk.write({ kind: 'part-closed' })
      await airs(words.broadcast_off_closed_part())
      await expect(card).toContainText(words.broadcast_second_waiting())
      const from = Date.now()
      await desk.evaluate((colour) => void (filmed = colour), closed)
      await expect(sign).toContainText(words.watch_sign_absent_live())
      await desk.evaluate((colour) => void (filmed = colour), open)
      const to = Date.now()
      await clerk.write({ kind: 'part-opened' })
      await airs(words.broadcast_air_on())
      await expect(card).toContainText(words.broadcast_second_on())
      await staysInStep(page, 'after the closed part')
      return { from: from % 2 ** 32, to: to % 2 ** 32 }
    })

    await test.step('it is to be seen again with the recording, and holds nothing of the closed part', async () => {
      await desk.getByRole('button', { name: words.broadcast_finish() }).click()
      await desk.getByRole('dialog').getByRole('button', { name: words.broadcast_finish() }).click()
      await expect(desk.getByText(words.broadcast_over_detail())).toBeVisible()
      await page.getByRole('button', { name: words.watch_go_start() }).click()
      await staysInStep(page, 'in the recording')
      const path = broadcastPaths.rendition(key, secondRendition, 'recording')
      const frames = await recordedFrames(`${hub.origin}${path}`, folder)
      const clocks = frames.map(({ clock }) => clock)
      expect(clocks.length).toBeGreaterThan(100)
      expect(clocks.filter((clock) => Math.abs(clock - (Date.now() % 2 ** 32)) > 300_000)).toEqual([])
      expect(clocks).toEqual([...clocks].sort((a, b) => a - b))
      expect(frames.filter(({ isClosed }) => isClosed)).toEqual([])
      expect(clocks.filter((clock) => clock > cut.from && clock < cut.to)).toEqual([])
    })
    clerk.leave()
  },
)
