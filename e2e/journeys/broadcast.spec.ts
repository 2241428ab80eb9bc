import { targetDuration } from '../../shared/rules/broadcast/live-playlist.ts'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { broadcastPaths } from '../../shared/hub-api/broadcast.ts'
import { captionPaths } from '../../shared/hub-api/captions.ts'
import { people, signInAs } from '../fixtures/demo-people.ts'
import { filmClock, readClock } from '../fixtures/filmed-clock.ts'
import { lookAt, looks } from '../fixtures/looks.ts'
import { agendaOf } from '../fixtures/meeting/council.ts'
import { prepareCouncil } from '../fixtures/meeting/prepared-council.ts'
import { expect, test, words } from '../fixtures/test.ts'
import { Watcher } from '../fixtures/watcher.ts'
import { visit } from '../fixtures/visit.ts'

test.use({ town: 'demo' })

const run = promisify(execFile)
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- set for the camera, which reads it
declare let filmed: string
const [open, closed] = ['#107030', '#a000a0']

/** Clock and colour of every frame of what the hub recorded, as ffmpeg decodes it. */
async function framesOf(address: string, folder: string): Promise<{ clock: number; isClosed: boolean }[]> {
  const [width, height] = [320, 180]
  const raw = join(folder, 'frames')
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-i', address, '-map', '0:v:0', '-vf', `scale=${width}:${height}`],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', raw],
  ])
  const bytes = await readFile(raw)
  const size = width * height * 3
  return Array.from({ length: bytes.length / size }, (_, frame) => {
    const pixel = (x: number, y: number, colour: number): number =>
      bytes[frame * size + (y * width + x) * 3 + colour] ?? 0
    const [red, green] = [pixel(160, 90, 0), pixel(160, 90, 1)]
    return { clock: readClock(width, height, (x, y) => pixel(x, y, 1)), isClosed: red > 100 && green < 60 }
  })
}

test(
  'a meeting is transmitted; its closed part never leaves the room, and the stream resumes',
  { tag: '@web' },
  async ({ hub, device, folder }) => {
    const { council, clerk } = await prepareCouncil(hub.origin)
    const [item] = agendaOf(council).filter((entry) => entry.public)
    const key = council.meeting._id

    const desk = device.page
    await desk.addInitScript(filmClock)
    await desk.reload()
    await signInAs(desk, people.clerk)
    await visit(desk, `#/meetings/${key}/broadcast`)
    const state = desk.getByRole('region', { name: words.broadcast_air() })
    const airs = (page: Page, text: string) =>
      expect(page.getByRole('region', { name: words.broadcast_air() })).toContainText(text)

    await test.step('the desk is set up and started before the meeting', async () => {
      await desk
        .getByRole('button', { name: /fake_device/ })
        .first()
        .click()
      const sound = desk.getByRole('region', { name: words.broadcast_sound(), exact: true })
      await sound.getByRole('button', { name: /Fake Default/ }).click()
      const tone = sound.getByRole('switch', { name: words.broadcast_tone() })
      await tone.press('Space')
      await expect(tone).toBeChecked()
      await airs(desk, words.broadcast_air_off())
      const start = desk.getByRole('button', { name: words.broadcast_start(), exact: true })
      await expect(start).toBeEnabled({ timeout: 40_000 })
      await lookAt(desk, looks[0]!)
      await start.focus()
      await desk.keyboard.press('Enter')
      await airs(desk, words.broadcast_off_waiting())
    })

    await test.step('a guest’s consent is entered from the form that they signed', async () => {
      const guest = 'Dr. Quirinus Mondschein'
      const consents = desk.getByRole('region', { name: words.consent_desk_title() })
      await consents.getByRole('button', { name: words.consent_form_open() }).click()
      const form = desk.getByRole('dialog')
      await form.getByLabel(words.consent_form_name()).fill(guest)
      for (const use of [words.consent_use_live_picture(), words.consent_use_live_sound()])
        await form.getByRole('checkbox', { name: use }).check()
      await lookAt(desk, looks[1]!)
      await form.getByRole('button', { name: words.consent_form_save() }).click()
      await consents.getByText(words.consent_desk_all(), { exact: true }).click()
      const entry = consents.getByRole('listitem').filter({ hasText: guest })
      await expect(entry).toContainText(words.consent_may_live())
      await entry.getByText(words.consent_history(), { exact: true }).click()
      for (const look of looks) await lookAt(desk, look)
    })

    await test.step('it goes on air with the meeting, and with a tone', async () => {
      await clerk.write({ kind: 'meeting-opened' })
      await clerk.write({ kind: 'item-opened', item: item!._id })
      await airs(desk, words.broadcast_air_on())
      await desk.getByRole('switch', { name: words.broadcast_tone() }).press('Space')
      await lookAt(desk, looks[1]!)
    })

    const watcher = await Watcher.begin(device.context, hub.origin, key)
    await test.step('the public sees it within seconds', async () => {
      const delays = (await watcher.watch(16)).map(({ delay }) => delay).sort((a, b) => a - b)
      const median = delays[8]!
      test.info().annotations.push({ type: 'delay', description: `${median} ms from camera to picture` })
      // Players of whole segments stay three of them behind the one that is being filmed (RFC 8216, 6.3.3).
      expect(median).toBeLessThan(4 * targetDuration * 1000)
    })

    const cut = await test.step('the closed part closes camera and microphone at once', async () => {
      await expect.poll(() => partsOf(hub.origin, key), { timeout: 30_000 }).toBeGreaterThan(3)
      await clerk.write({ kind: 'item-closed', item: item!._id })
      await clerk.write({ kind: 'part-closed' })
      await airs(desk, words.broadcast_off_closed_part())
      const from = Date.now()
      await desk.evaluate((colour) => void (filmed = colour), closed)
      await expect(desk.getByText(words.broadcast_source_shut()).first()).toBeVisible()
      await expect(state).toContainText(words.broadcast_air_off())
      await desk.evaluate((colour) => void (filmed = colour), open)
      const to = Date.now()
      await clerk.write({ kind: 'part-opened' })
      await airs(desk, words.broadcast_air_on())
      const again: number[] = []
      // A player that is behind still shows what was filmed before the close.
      await expect
        .poll(async () => again.push(...(await watcher.watch(4)).map(({ clock }) => clock)) && again.at(-1)!)
        .toBeGreaterThan(to % 2 ** 32)
      expect(again.filter((clock) => clock > from % 2 ** 32 && clock < to % 2 ** 32)).toEqual([])
      await watcher.close()
      return { from, to }
    })

    await test.step('captions are typed live and read with the picture; none behind closed doors', async () => {
      const [writing, reading] = [await device.context.newPage(), await device.context.newPage()]
      await reading.goto(`${hub.origin}/de${broadcastPaths.watch(key.slice('meeting:'.length))}`)
      await reading.getByRole('button', { name: words.watch_notice_accept() }).click()
      await reading.getByRole('button', { name: words.watch_captions(), exact: true }).click()
      const read = reading.getByRole('group', { name: words.watch_captions(), exact: true })
      await expect(read).toContainText(words.watch_captions_none())

      await writing.goto(desk.url().replace(/#.*/, `#/meetings/${key}/captions`))
      const stand = writing.getByRole('region', { name: words.captions_state() })
      const lines = writing.getByRole('region', { name: words.captions_lines() })
      await expect(stand).toContainText(words.captions_open_hint())
      await expect(writing.getByRole('textbox', { name: words.captions_field() })).toBeFocused()
      await writing.keyboard.type('Der Rat kommt zu Punkt 1.')
      await writing.keyboard.press('Enter')
      await expect(read).toContainText('Der Rat kommt zu Punkt 1.', { timeout: 30_000 })
      await expect(lines).toContainText(words.captions_line_shown())
      for (const look of looks) await lookAt(writing, look)

      await clerk.write({ kind: 'part-closed' })
      await expect(stand).toContainText(words.captions_closed_log())
      await writing.keyboard.type('Das Grundstück kostet')
      await writing.keyboard.press('Enter')
      await expect(lines).toContainText(words.captions_refused_closed())
      await lookAt(writing, looks[1]!)
      await clerk.write({ kind: 'part-opened' })
      await airs(desk, words.broadcast_air_on())
      const list = await fetch(`${hub.origin}${captionPaths.list(key.slice('meeting:'.length))}`)
      expect(await list.json()).toMatchObject([{ text: 'Der Rat kommt zu Punkt 1.' }])
      for (const look of looks) await lookAt(reading, look)
      await Promise.all([writing.close({ runBeforeUnload: false }), reading.close()])
    })

    await test.step('panic closes, release opens, the end is for good', async () => {
      await desk.getByRole('button', { name: words.broadcast_panic() }).click()
      await airs(desk, words.broadcast_off_held())
      await desk.getByRole('button', { name: words.broadcast_release() }).click()
      await airs(desk, words.broadcast_air_on())
      await desk.getByRole('button', { name: words.broadcast_finish() }).click()
      await desk.getByRole('dialog').getByRole('button', { name: words.broadcast_finish() }).click()
      await expect(desk.getByText(words.broadcast_over_detail())).toBeVisible()
    })

    await test.step('a time is cut out of the recording by keyboard alone, and a mark is moved', async () => {
      await desk.getByRole('link', { name: words.recut_link() }).press('Enter')
      await expect(desk.getByRole('img', { name: words.recut_wave_label() })).toBeVisible()
      await expect(desk.getByText(words.recut_wave_loading())).toBeHidden({ timeout: 30_000 })
      await expect(desk.getByText(words.recut_wave_unable())).toBeHidden()
      const wave = desk.getByRole('img', { name: words.recut_wave_label() })
      // The tone lines up at 18 of the 60 decibels that are drawn.
      const heights = await wave
        .locator('.bar')
        .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))))
      expect(heights.filter((height) => height > 60).length).toBeGreaterThan(10)
      // What was heard before the meeting, the tone of the preview, is not in it.
      expect(heights.slice(0, 2).filter((height) => height > 60)).toEqual([])
      const place = desk.getByRole('slider')
      await place.focus()
      for (let step = 0; step < 3; step++) await desk.keyboard.press('ArrowRight')
      await desk.getByRole('button', { name: words.recut_from_here() }).press('Enter')
      await desk.getByRole('textbox', { name: words.recut_to(), exact: true }).fill('0:00:02,3')
      await desk.getByRole('button', { name: words.recut_cut(), exact: true }).press('Enter')
      await expect(desk.getByText(words.recut_reason_missing())).toBeVisible()
      await desk.getByRole('textbox', { name: words.recut_reason() }).fill('Name einer Zeugin')
      const before = await heldIn(hub.origin, key)
      await desk.keyboard.press('Enter')
      await expect(desk.getByText('Name einer Zeugin')).toBeVisible()
      const after = await heldIn(hub.origin, key)
      expect(before - after).toBeGreaterThan(1500)
      for (const look of looks) await lookAt(desk, look)
      await desk.getByRole('button', { name: new RegExp(`^${words.recut_undo()}`) }).press('Enter')
      await expect(desk.getByText(words.recut_cuts_none())).toBeVisible()
      expect(await heldIn(hub.origin, key)).toBe(before)
      await desk
        .getByRole('button', { name: /^\+1 s/ })
        .first()
        .press('Enter')
      const reset = desk.getByRole('button', { name: new RegExp(`^${words.recut_reset()}`) })
      await reset.press('Enter')
      await expect(reset).toBeHidden()
      await desk.setViewportSize({ width: 320, height: 640 })
      expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      await lookAt(desk, looks[0]!)
    })

    await test.step('every published frame is decoded: none of them is of the closed part', async () => {
      const path = broadcastPaths.recording(key.slice('meeting:'.length))
      const frames = await framesOf(`${hub.origin}${path}`, folder)
      const clocks = frames
        .map(({ clock }) => clock)
        .filter((clock) => Math.abs(clock - (Date.now() % 2 ** 32)) < 300_000)
      expect(clocks.length).toBeGreaterThan(100)
      expect(clocks).toEqual([...clocks].sort((a, b) => a - b))
      expect(frames.filter(({ isClosed }) => isClosed)).toEqual([])
      expect(clocks.filter((clock) => clock > cut.from % 2 ** 32 && clock < cut.to % 2 ** 32)).toEqual([])
    })
    clerk.leave()
  },
)

/** Milliseconds that everybody can watch again. */
async function heldIn(origin: string, meeting: string): Promise<number> {
  const state = await fetch(`${origin}${broadcastPaths.state(meeting.slice('meeting:'.length))}`)
  const { held } = (await state.json()) as { held: { from: number; to: number }[] }
  return held.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** How many parts everybody can fetch now. */
async function partsOf(origin: string, meeting: string): Promise<number> {
  const key = meeting.slice('meeting:'.length)
  const playlist = await fetch(`${origin}/broadcast/${key}/small/recording.m3u8`)
  return playlist.ok ? (await playlist.text()).split('#EXTINF').length - 1 : 0
}
