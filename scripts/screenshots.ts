import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { paths, type Town } from '../shared/hub-api/contract.ts'
import { findChromium, sandboxArguments } from './chromium.ts'
import { root } from './start/build.ts'

/** Pictures of the demo town for README.md: light and dark, on a desktop and on a phone. */
const folder = join(root, 'docs/screenshots')
const schemes = ['light', 'dark'] as const
const widths = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const

/** Screens by what is to be seen on the way there. */
const screens = { home: '#/', calendar: '#/calendar', organizations: '#/organizations', people: '#/people' } as const

async function startDemo(data: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const args = ['scripts/start.ts', '--no-desktop', '--port', '0', '--data', data]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout) {
    output += String(chunk)
    if (output.includes('Ctrl-C stops it')) break
  }
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
  if (!origin) throw new Error(`The demo hub did not start:\n${output}`)
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await once(child, 'exit')
  }
  return { origin, stop }
}

async function takeScreens(browser: Browser, origin: string, width: keyof typeof widths): Promise<void> {
  const town = (await (await fetch(origin + paths.town)).json()) as Town
  const member = town.demo?.find(({ roles }) => roles.includes('member'))
  if (!member) throw new Error('The demo town has no member')
  const context = await browser.newContext({ viewport: widths[width], locale: 'de-DE' })
  const page = await context.newPage()
  const shoot = async (name: string): Promise<void> => {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ animations: 'disabled', path: join(folder, `${name}-${width}-${colorScheme}.png`) })
    }
  }
  await page.goto(`${origin}/`)
  await shoot('site')
  await page.goto(`${origin}/app/`)
  await page.getByLabel('Benutzername').fill(member.login)
  await page.getByLabel('Passwort', { exact: true }).fill(member.password)
  await page.getByLabel('Passwort', { exact: true }).press('Enter')
  const next = page.getByRole('main').locator('a[href*="meeting:"]').first()
  await next.waitFor()
  await page.getByText(/^Alle \d+ Unterlagen/).waitFor({ timeout: 60_000 })
  for (const [name, hash] of Object.entries(screens)) {
    await page.goto(`${origin}/app/${hash}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await shoot(name)
  }
  await page.goto(`${origin}/app/${screens.home}`)
  await next.click()
  await page.getByRole('list').first().waitFor()
  await shoot('meeting')
  await page.getByText('Haushaltssatzung').first().click()
  await page.getByRole('link', { name: /^Haushaltsplan/ }).first().click()
  await page.locator('[data-page-number="1"][data-loaded="true"]').waitFor()
  await shoot('reader')
  await context.close()
}

mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'ratssaal-screenshots-'))
const { origin, stop } = await startDemo(data)
const executablePath = findChromium()
const browser = await chromium.launch({ args: sandboxArguments(), ...(executablePath ? { executablePath } : {}) })
try {
  for (const width of ['desktop', 'phone'] as const) await takeScreens(browser, origin, width)
} finally {
  await browser.close()
  await stop()
  rmSync(data, { recursive: true, force: true })
}
