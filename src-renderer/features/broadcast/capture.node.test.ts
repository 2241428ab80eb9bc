import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filmClock, readClock } from '../../../e2e/fixtures/filmed-clock.ts'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { builtPages } from '../../../scripts/test/built-pages.ts'
import { secondRendition } from '../../../shared/council/broadcast.ts'
import type { PartHead } from '../../../shared/council/broadcast-part.ts'
import type { Announcement } from '../../../shared/hub-api/broadcast.ts'
import { startFront, type Front } from '../../data/testing/front.suite.ts'
import type { CapturePage } from './testing/capture-page.svelte.ts'

const run = promisify(execFile)
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Fields of the page, to be read inside it. */
declare const capture: CapturePage
/** The cable of the camera is pulled. */
declare function lose(): void
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- set for the camera, which reads it
declare let filmed: string

interface Sent {
  readonly head: PartHead
  readonly media: string
  readonly at: number
}

describe.skipIf(!findFfmpeg())('a camera on its way (skipped where ffmpeg is not installed)', () => {
  let folder: string
  let front: Front
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capture-'))
    front = await startFront(await builtPages(at('testing'), ['capture.html']))
    const fakes = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
    const executablePath = findChromium()
    const found = executablePath ? { executablePath } : {}
    browser = await chromium.launch({ ...found, args: [...sandboxArguments(), ...fakes] })
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
    page = await context.newPage()
    await page.addInitScript(filmClock)
    page.on('pageerror', (fault) => console.error(fault))
    page.on('console', (line) => console.log(line.text()))
    await page.goto(`${front.origin}/app/capture.html`)
  })
  afterAll(async () => {
    await browser.close()
    await front.close()
    await rm(folder, { recursive: true })
  })

  const sentBy = (): Promise<Sent[]> => page.evaluate(() => capture.sent as Sent[])
  const until = (rendition: string, count: number): Promise<void> =>
    expect
      .poll(() => page.evaluate((of) => capture.sent.filter(({ head }) => head.rendition === of).length, rendition), {
        timeout: 30_000,
      })
      .toBeGreaterThanOrEqual(count)

  it('is measured, announced and sent as parts that ffmpeg decodes, frames in order and sound beside them', async () => {
    await expect.poll(() => page.evaluate(() => capture.broadcast.stage), { timeout: 40_000 }).toBe('ready')
    await page.evaluate(() => {
      capture.broadcast.followLog(true, false)
      return capture.film(undefined)
    })
    await page.evaluate(() => capture.broadcast.start(0, new Set()))
    await until('small', 20)
    expect(await page.evaluate(() => [capture.broadcast.trouble, capture.onAir()])).toEqual([undefined, 'on'])
    const announced = await page.evaluate(() => capture.announced[0])
    expect(announced?.renditions.map(({ rendition }) => rendition)).toContain('sound')

    const parts = (await sentBy()).filter(({ head }) => head.rendition === 'small')
    expect(parts.map(({ head }) => head.sequence)).toEqual(parts.map((_, index) => index))
    expect(parts.filter(({ head }) => head.independent).map(({ head }) => head.sequence % 6)).toEqual(
      parts.filter((_, index) => index % 6 === 0).map(() => 0),
    )
    const clocks = await clocksOf(announced, parts, 'small')
    expect(clocks.length).toBeGreaterThanOrEqual(3 * 20)
    const shown = clocks.filter((time) => Math.abs(time - (Date.now() % 2 ** 32)) < 120_000)
    expect(shown.length).toBeGreaterThan(clocks.length * 0.8)
    expect(shown).toEqual([...shown].sort((a, b) => a - b))
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-count_packets', '-select_streams', 'a', '-of', 'csv=p=0'],
      ...['-show_entries', 'stream=codec_name,sample_rate,channels,nb_read_packets', join(folder, 'small.mp4')],
    ])
    const perPart = announced?.renditions[0]?.codecs.endsWith('opus') ? 16 : 15
    expect(stdout.trim()).toBe(`${perPart === 16 ? 'opus' : 'aac'},48000,1,${parts.length * perPart}`)
  })

  it('sends the sound that the room hears', async () => {
    const before = await page.evaluate(() => {
      capture.broadcast.sound.setTone(true)
      return capture.sent.filter(({ head }) => head.rendition === 'small').length
    })
    await until('small', before + 12)
    await page.evaluate(() => capture.broadcast.sound.setTone(false))
    const parts = (await sentBy()).filter(({ head }) => head.rendition === 'small').slice(before + 4, before + 12)
    await clocksOf(await page.evaluate(() => capture.announced[0]), parts, 'small')
    const { stderr } = await run('ffmpeg', [
      ...['-hide_banner', '-i', join(folder, 'small.mp4'), '-af', 'volumedetect', '-f', 'null', '-'],
    ])
    // A sine of 18 decibels below full scale has a mean of 21 below it; the microphone's beeps come on top.
    expect(Number(/mean_volume: (-?[\d.]+)/.exec(stderr)?.[1])).toBeGreaterThan(-23)
  })

  it('goes on when the camera is lost, with a slate in its place, and takes it up again', async () => {
    const state = (): Promise<string | undefined> => page.evaluate(() => capture.broadcast.pictures.list[1]?.state)
    const before = await page.evaluate(() => {
      lose()
      return capture.sent.filter(({ head }) => head.rendition === 'small').length
    })
    await expect.poll(state).toBe('lost')
    await until('small', before + 8)
    await page.evaluate(() => capture.broadcast.recover())
    await expect.poll(state).toBe('live')
    await until('small', before + 16)
    const parts = (await sentBy()).filter(({ head }) => head.rendition === 'small')
    expect(parts.map(({ head }) => head.sequence)).toEqual(parts.map((_, index) => index))
    expect(new Set(parts.map(({ head }) => head.epoch))).toEqual(new Set([1]))
    const clocks = await clocksOf(await page.evaluate(() => capture.announced[0]), parts.slice(before), 'small')
    const isRoom = (time: number): boolean => Math.abs(time - (Date.now() % 2 ** 32)) < 120_000
    expect(clocks.filter((time) => !isRoom(time)).length).toBeGreaterThan(20)
    expect(clocks.slice(-8).every(isRoom)).toBe(true)
  })

  it('sends nothing of a closed part, and resumes with what is filmed after it', async () => {
    const before = await page.evaluate(() => {
      capture.broadcast.followLog(false, true)
      return { opening: capture.sent.length, at: Date.now(), tracks: capture.broadcast.pictures.list[1]?.state }
    })
    expect(before.tracks).toBe('shut')
    await page.evaluate(() => (filmed = '#a000a0'))
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)))
    expect(await page.evaluate(() => capture.sent.length)).toBe(before.opening)
    const reopened = await page.evaluate(() => {
      filmed = '#107030'
      capture.hub.epoch += 1
      const at = Date.now()
      capture.broadcast.followLog(true, false)
      return at
    })
    const again = async (): Promise<Sent[]> =>
      (await sentBy()).filter(({ head }) => head.epoch === 2 && head.rendition === 'small')
    await expect.poll(async () => (await again()).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(12)
    const parts = await again()
    expect(parts[0]?.head.independent).toBe(true)
    const clocks = await clocksOf(await page.evaluate(() => capture.announced[0]), parts, 'small')
    expect(clocks.filter((time) => time >= reopened % 2 ** 32).length).toBeGreaterThan(20)
    const filmedInBetween = clocks.filter((time) => time > before.at % 2 ** 32 && time < reopened % 2 ** 32)
    expect(filmedInBetween).toEqual([])
  })

  it('sends the second picture without sound beside it, which stops and comes back alone, and closes with it', async () => {
    const ofSecond = async (): Promise<Sent[]> =>
      (await sentBy()).filter(({ head }) => head.rendition === secondRendition)
    const air = (): Promise<string> =>
      page.evaluate(() => capture.broadcast.second.airAt(performance.timeOrigin + performance.now()))
    await page.evaluate(() => {
      capture.broadcast.second.followLog(true, false)
      return capture.broadcast.second.choose('any', 'Camera')
    })
    await expect.poll(() => page.evaluate(() => capture.broadcast.second.stage), { timeout: 30_000 }).toBe('ready')
    await page.evaluate(() => capture.broadcast.second.start(['Ina']))
    await until(secondRendition, 8)
    expect(await air()).toBe('on')
    const announced = await page.evaluate(() => capture.announced.at(-1))
    expect(announced).toMatchObject({ interpreters: ['Ina'], renditions: [{ rendition: secondRendition }] })
    expect(announced?.renditions[0]?.codecs).not.toContain(',')

    const before = await page.evaluate(() => {
      lose()
      return { small: capture.sent.filter(({ head }) => head.rendition === 'small').length }
    })
    await expect.poll(air).toBe('camera')
    const stopped = (await ofSecond()).length
    await until('small', before.small + 8)
    expect((await ofSecond()).length).toBe(stopped)
    await page.evaluate(() => capture.broadcast.recover())
    await until(secondRendition, stopped + 8)
    const parts = await ofSecond()
    expect(parts.map(({ head }) => head.sequence)).toEqual(
      parts.map((_, index) => (index < stopped ? index : index + 1)),
    )
    expect(parts[stopped]?.head.independent).toBe(true)
    const file = join(folder, 'second.mp4')
    const media = [announced!.renditions[0]!.init, ...parts.slice(0, stopped).map((part) => part.media)]
    await writeFile(file, Buffer.concat(media.map((text) => Buffer.from(text, 'base64'))))
    const entries = 'stream=codec_type,width,height,nb_read_frames'
    const asked = ['-v', 'error', '-count_frames', '-show_entries', entries, '-of', 'csv=p=0', file]
    const [type, width, height, frames] = (await run('ffprobe', asked)).stdout.trim().split(',')
    expect([type, width, height]).toEqual(['video', '480', '360'])
    expect(Number(frames)).toBeGreaterThan(stopped * 2)

    const sent = await page.evaluate(() => {
      capture.broadcast.followLog(false, true)
      capture.broadcast.second.followLog(false, true)
      return { count: capture.sent.length, state: capture.broadcast.second.pictures.list[0]?.state }
    })
    expect(sent.state).toBe('shut')
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)))
    expect(await page.evaluate(() => capture.sent.length)).toBe(sent.count)
  })

  /** The clocks of all frames, in the order in which ffmpeg decodes them. */
  async function clocksOf(
    announced: Announcement | undefined,
    parts: readonly Sent[],
    rendition: string,
  ): Promise<number[]> {
    const init = announced?.renditions.find((one) => one.rendition === rendition)?.init ?? ''
    const path = join(folder, `${rendition}.mp4`)
    await writeFile(
      path,
      Buffer.concat([init, ...parts.map(({ media }) => media)].map((text) => Buffer.from(text, 'base64'))),
    )
    const [width, height] = [640, 360]
    const { stdout, stderr } = await run(
      'ffmpeg',
      ['-v', 'error', '-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
      { encoding: 'buffer', maxBuffer: 2 ** 28 },
    )
    expect(stderr.toString()).toBe('')
    return Array.from({ length: stdout.length / (width * height) }, (_, frame) =>
      readClock(width, height, (x, y) => stdout[frame * width * height + y * width + x] ?? 0),
    )
  }
})
