import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findFfmpeg } from '../../../scripts/ffmpeg.ts'
import { violationsOn } from '../../../scripts/test/violations.ts'
import {
  frameRate,
  framesPerPart,
  partSeconds,
  partsPerSegment,
  secondRendition,
} from '../../../shared/council/broadcast.ts'
import { broadcastPaths } from '../../../shared/hub-api/broadcast.ts'
import { meetingId } from '../meetings/council.suite.ts'
import { clockBits, clockSquare, makeClocked } from './testing/marked-media.suite.ts'
import { meetingKey, openRoom, runningClock } from './testing/room.suite.ts'
import { openSecond, type SecondRoom } from './testing/second-picture.suite.ts'
import { isBuilt, openPage, playsOn, slowly } from './testing/watching.suite.ts'

const partMs = partSeconds * 1000
const clockWidth = clockBits * clockSquare
/** The frame that is captured together with one of the main picture is so many later in the film of the second one. */
const ahead = 2
const aheadMs = (ahead * 1000) / frameRate
/** What is promised; a machine that is busy with other things leaves single frames out, each in its own picture. */
const mostOff = 200
const stepping = { timeout: 60_000 }
/** Frames of the second picture that are compared with the main one in a row: two seconds. */
const compared = 2 * frameRate

/** What goes on in the room: both films, or one of them while the other has failed. */
interface Filming {
  main: boolean
  second: boolean
}

/** Sends both films at the pace of cameras until the test is over; each part is captured when its place says. */
async function film(
  { capture, second, clock }: SecondRoom,
  films: { readonly main: readonly Buffer[]; readonly second: readonly Buffer[] },
  { from, on }: { readonly from: number; readonly on: Filming },
): Promise<void> {
  let isOver = false
  onTestFinished(() => void (isOver = true))
  const begun = clock.now - from * partMs
  for (let place = from; !isOver && place < films.main.length; place += 1) {
    const to = begun + (place + 1) * partMs
    await setTimeout(Math.max(0, to - clock.now))
    if (isOver) return
    const rhythm = { sequence: place, independent: place % partsPerSegment === 0 }
    const [lease, secondLease] = await Promise.all([capture.renew(), second.renew()])
    const captured = { from: to - partMs, to }
    const earlier = { from: captured.from - aheadMs, to: to - aheadMs }
    if (isOver) return
    if (on.main && lease.key) await capture.send(capture.next({ ...rhythm, captured }), films.main[place]!)
    const head = { ...rhythm, captured: earlier, rendition: secondRendition }
    if (on.second && secondLease.key) await second.send(second.next(head), films.second[place]!)
  }
}

/**
 * Milliseconds by which the second picture was off the main one, for each of its next frames: the numbers that both show
 * are read from the same screen in the same turn.
 */
const offsetsIn = (page: Page): Promise<number[]> =>
  page.evaluate(`new Promise((resolve) => {
    const [main, second] = document.querySelectorAll('video')
    const context = new OffscreenCanvas(${clockWidth}, 48).getContext('2d', { willReadFrequently: true })
    const numberOf = (video) => {
      context.drawImage(video, 0, 0, ${clockWidth}, 48)
      const row = context.getImageData(0, 24, ${clockWidth}, 1).data
      let number = 0
      for (let bit = 0; bit < ${clockBits}; bit += 1) if (row[(bit + 0.5) * ${clockSquare} * 4] > 128) number += 2 ** bit
      return number
    }
    const offsets = []
    const look = () => {
      offsets.push((numberOf(second) - numberOf(main) - ${ahead}) * ${1000 / frameRate})
      if (offsets.length < ${compared}) second.requestVideoFrameCallback(look)
      else resolve(offsets)
    }
    second.requestVideoFrameCallback(look)
  })`)

/** Waits until both stay in step for two seconds; returns how far nine of ten frames were apart at most, and all. */
async function staysInStep(page: Page): Promise<{ readonly mostly: number; readonly worst: number }> {
  let measured = { mostly: Infinity, worst: Infinity }
  await expect
    .poll(async () => {
      const offsets = (await offsetsIn(page)).map(Math.abs).sort((a, b) => a - b)
      measured = { mostly: offsets[Math.floor(compared * 0.9)] ?? Infinity, worst: offsets.at(-1) ?? Infinity }
      return measured.mostly
    }, stepping)
    .toBeLessThanOrEqual(mostOff)
  return measured
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly height: number
}

/** Where the main picture and the second one are. */
const boxes = (page: Page): Promise<Box[]> =>
  page.evaluate(`[...document.querySelectorAll('video')].map((video) => video.getBoundingClientRect().toJSON())`)

it.skipIf(!findFfmpeg() || !isBuilt)(
  'sign language stands beside the picture or in its corner, in step with it live, further back and in the recording',
  { timeout: 300_000 },
  async () => {
    const count = 2 ** clockBits / framesPerPart
    const [main, second] = await Promise.all([makeClocked(count), makeClocked(count, { silent: true })])
    const room = await openSecond(await openRoom(main.init, { clock: runningClock() }), second.init)
    const on: Filming = { main: true, second: true }
    room.pass(2)
    const filming = film(room, { main: main.parts, second: second.parts }, { from: 0, on })
    // Whatever is on its way as the test ends finds no hub any more.
    filming.catch(() => undefined)

    const page = await openPage()
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    await expect.poll(async () => (await room.watcher.playlist()).split('#EXTINF').length, slowly).toBeGreaterThan(2)
    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    await page.getByRole('button', { name: 'Übertragung starten' }).press('Enter')
    const sign = page.getByRole('group', { name: 'Gebärdensprache' })
    const says = (words: RegExp) => sign.getByRole('status').getByText(words).waitFor(slowly)
    await playsOn(page)
    expect(await sign.count()).toBe(0)

    await page.keyboard.press('g')
    await sign.waitFor()
    const measured: Record<string, object> = { live: await staysInStep(page) }
    expect(await violationsOn(page)).toEqual([])

    const beside = await boxes(page)
    expect(beside[1]!.left).toBeGreaterThanOrEqual(beside[0]!.right)
    await page.getByLabel('Platz').selectOption('Oben rechts')
    const corner = await boxes(page)
    expect(corner[1]!.right).toBeLessThan(corner[0]!.right)
    expect(corner[1]!.top).toBeLessThan(corner[0]!.top + corner[0]!.height / 4)
    await page.locator('video').first().focus()
    await page.keyboard.press('+')
    expect((await boxes(page))[1]!.width).toBeGreaterThan(corner[1]!.width)
    await page.keyboard.press('p')
    expect((await boxes(page))[1]!.left).toBeLessThan(corner[0]!.left + corner[0]!.width / 4)
    await page.setViewportSize({ width: 320, height: 640 })
    const narrow = await boxes(page)
    expect(narrow[1]!.top).toBeGreaterThanOrEqual(narrow[0]!.bottom)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect(await violationsOn(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })

    // The interpreter's camera is gone: the room goes on, and the second picture comes back by itself.
    on.second = false
    await says(/^Gerade keine Gebärdensprache/)
    await playsOn(page)
    on.second = true
    measured['after it came back'] = await staysInStep(page)

    await page.keyboard.press('j')
    measured['further back'] = await staysInStep(page)
    await page.keyboard.press('k')
    await expect.poll(() => page.evaluate(`document.querySelectorAll('video')[1].paused`), slowly).toBe(true)
    await page.keyboard.press('k')

    await room.chairSays({ kind: 'part-closed', reason: 'Personal' })
    await page.keyboard.press('l')
    await says(/^Gerade keine Gebärdensprache/)
    await room.chairSays({ kind: 'part-opened' })
    measured['after the closed part'] = await staysInStep(page)

    await page.getByRole('button', { name: 'Von Anfang an' }).click()
    measured['recording'] = await staysInStep(page)
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))
    await page.reload()
    await page.getByRole('button', { name: 'Übertragung starten' }).press('Enter')
    // What was chosen was kept for the visit alone, and nowhere.
    expect(await sign.count()).toBe(0)
    expect([await page.context().cookies(), await page.evaluate('localStorage.length')]).toEqual([[], 0])
    await page.getByRole('button', { name: 'Gebärdensprache' }).click()
    measured['recording after the end'] = await staysInStep(page)
    console.log('milliseconds between both pictures:', measured)
    expect(faults).toEqual([])
  },
)
