import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { violationsOn } from '../../../../scripts/test/violations.ts'
import { chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../../scripts/chromium.ts'
import { findFfmpeg } from '../../../../scripts/ffmpeg.ts'
import { broadcastPaths } from '../../../../shared/hub-api/broadcast.ts'
import { meetingId } from '../../meetings/council.suite.ts'
import { makeMarked } from '../testing/marked-media.suite.ts'
import { meetingKey, openRoom, transmit } from '../testing/room.suite.ts'
import { idAt, sayNow, tellCaption } from '../testing/captioners.suite.ts'

const isBuilt = existsSync(fileURLToPath(new URL('../../../../out/renderer/watch.html', import.meta.url)))

async function openPage(): Promise<Page> {
  const executablePath = findChromium()
  const args = [...sandboxArguments(), '--mute-audio']
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  onTestFinished(() => browser.close())
  return (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
}

it.skipIf(!findFfmpeg() || !isBuilt)(
  'a recording is read along, in letters of a chosen size, and no longer than its captions may be shown',
  { timeout: 120_000 },
  async () => {
    const { init, parts } = await makeMarked('open', 48)
    const room = await openRoom(init)
    await transmit(room, parts.slice(0, 24))
    await sayNow(room, 1, 'Guten Abend, <b>meine Damen</b> und Herren.', 23)
    await transmit(room, parts.slice(24, 48))
    await sayNow(room, 2, 'Wir beginnen mit Punkt 1.', 23)
    await room.council.administrator.tell('DELETE', broadcastPaths.broadcast(meetingId))

    const page = await openPage()
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    const url = `${room.hub.origin}/de/meeting/${meetingKey}/watch`
    await page.goto(url)
    await page.getByRole('button', { name: 'Übertragung starten' }).click()
    const captions = page.getByRole('button', { name: 'Untertitel', exact: true })
    const lines = page.getByRole('group', { name: 'Untertitel', exact: true })
    await captions.focus()
    await page.keyboard.press('Enter')
    expect(await captions.getAttribute('aria-pressed')).toBe('true')
    const seek = (seconds: number) =>
      page.evaluate(
        `(() => { const video = document.querySelector('video'); video.pause(); video.currentTime = ${seconds} })()`,
      )
    await expect.poll(() => page.evaluate(`document.querySelector('video').readyState`)).toBeGreaterThan(1)
    await seek(2)
    await lines.getByText('Guten Abend, <b>meine Damen</b> und Herren.').waitFor()
    await seek(12)
    await lines.getByText('Wir beginnen mit Punkt 1.').waitFor()
    expect(await lines.getByText('Guten Abend').count()).toBe(0)

    const box = `document.querySelector('[role="group"][aria-label="Untertitel"]')`
    const sizeOf = () => page.evaluate<number>(`Number.parseFloat(getComputedStyle(${box}).fontSize)`)
    const before = await sizeOf()
    await page.getByRole('combobox', { name: 'Schriftgröße' }).selectOption('Sehr groß')
    await expect.poll(sizeOf).toBeGreaterThan(1.5 * before)
    const spoken = () => lines.locator('[aria-live]').getAttribute('aria-live')
    expect(await spoken()).toBe('off')
    await page.getByRole('checkbox', { name: 'Dem Vorleseprogramm melden' }).check()
    await expect.poll(spoken).toBe('polite')
    expect(await violationsOn(page)).toEqual([])
    expect(await page.getByRole('link', { name: 'Untertitel herunterladen (WebVTT)' }).count()).toBe(1)
    // What is chosen is kept nowhere.
    const kept = `[document.cookie, localStorage.length, sessionStorage.length]`
    expect(await page.evaluate(kept)).toEqual(['', 0, 0])

    // A video that fills the screen hides everything but what lies above it.
    await page.evaluate(`document.querySelector('video').focus()`)
    await page.keyboard.press('f')
    await expect.poll(() => page.evaluate(`document.fullscreenElement?.tagName`)).toBe('VIDEO')
    await expect.poll(() => page.evaluate(`${box}.matches(':popover-open')`)).toBe(true)
    const { y = 0, height = 0 } = (await lines.boundingBox()) ?? {}
    expect([y > 300, y + height < 800]).toEqual([true, true])
    await page.keyboard.press('f')
    await expect.poll(() => page.evaluate(`${box}.hasAttribute('popover')`)).toBe(false)

    expect(await tellCaption(room, { act: 'taken-back', caption: idAt(2) })).toBe(204)
    await lines.getByText('Zu diesem Augenblick gibt es keine Untertitel.').waitFor()
    await captions.click()
    await lines.waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  },
)
