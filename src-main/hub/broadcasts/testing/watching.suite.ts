import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../../scripts/chromium.ts'
import { partSeconds, partsPerSegment } from '../../../../shared/council/broadcast.ts'
import type { Room } from './room.suite.ts'

/** Whether there is a built page to watch on. */
export const isBuilt = existsSync(fileURLToPath(new URL('../../../../out/renderer/watch.html', import.meta.url)))
export const slowly = { timeout: 30_000 }

/** Sends parts at the pace of a camera until the test is over; while the gate is closed none is captured. */
export async function transmitOn(
  { capture }: Pick<Room, 'capture'>,
  parts: readonly Buffer[],
  from: number,
): Promise<void> {
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

export async function openPage(): Promise<Page> {
  const executablePath = findChromium()
  // A machine without a sound device looks for one for seconds.
  const args = [...sandboxArguments(), '--mute-audio']
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  onTestFinished(() => browser.close())
  return (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
}

/** In the page itself and without waiting for media: what plays goes on playing. */
export const video = <Value>(page: Page, expression: string): Promise<Value> =>
  page.evaluate(`(() => { const video = document.querySelector('video'); return ${expression} })()`)
export const positionIn = (page: Page): Promise<number> => video(page, 'video.currentTime')

/** What is to be seen in the middle of the picture: the room is blue. */
export const pictureIn = (page: Page): Promise<'room' | 'slate'> =>
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
export async function playsOn(page: Page, seconds = 1): Promise<void> {
  const before = await positionIn(page)
  await expect.poll(() => positionIn(page), slowly).toBeGreaterThan(before + seconds)
}
