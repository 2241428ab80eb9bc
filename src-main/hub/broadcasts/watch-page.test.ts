import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { violationsOn } from '../../../scripts/test/violations.ts'
import { chromium, type Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import { plainInit } from './testing/plain-media.suite.ts'
import { meetingKey, openRoom } from './testing/room.suite.ts'

const isBuilt = existsSync(fileURLToPath(new URL('../../../out/renderer/watch.html', import.meta.url)))

async function openPage(): Promise<Page> {
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
  onTestFinished(() => browser.close())
  return (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage()
}

it.skipIf(!isBuilt)(
  'before anything plays there is a notice, with the agenda beside it, at 320 pixels and without a cookie',
  { timeout: 120_000 },
  async () => {
    const room = await openRoom(plainInit)
    const page = await openPage()
    const foreign: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(room.hub.origin)) foreign.push(request.url())
    })
    await page.goto(`${room.hub.origin}/de/meeting/${meetingKey}/watch`)
    await page.getByRole('button', { name: 'Übertragung starten' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'agenda-item:open' }).getByText('wird behandelt').waitFor()
    expect(await page.locator('video').count()).toBe(0)
    expect(await violationsOn(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violationsOn(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    expect([foreign, await page.context().cookies()]).toEqual([[], []])
  },
)
