import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Role } from '../shared/council/role.ts'
import { paths, type Town } from '../shared/hub-api/contract.ts'
import { findChromium, sandboxArguments } from './chromium.ts'
import { root } from './start/build.ts'

/** Pictures of the demo town for README.md: light and dark, on a desktop and on a phone. */
const folder = join(root, 'docs/screenshots')
const schemes = ['light', 'dark'] as const
const widths = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
type Width = keyof typeof widths

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

/** A browser in which somebody of the demo town is signed in, with everything on the device. */
async function openAs(browser: Browser, origin: string, width: Width, role: Role): Promise<Page> {
  const town = (await (await fetch(origin + paths.town)).json()) as Town
  const login = town.demo?.find(({ roles }) => roles.includes(role))
  if (!login) throw new Error(`The demo town has nobody with the role ${role}`)
  const context = await browser.newContext({ viewport: widths[width], locale: 'de-DE' })
  const page = await context.newPage()
  await page.goto(`${origin}/app/`)
  await page.getByLabel('Benutzername').fill(login.login)
  await page.getByLabel('Passwort', { exact: true }).fill(login.password)
  await page.getByLabel('Passwort', { exact: true }).press('Enter')
  await page.getByRole('button', { name: /Aktuell$/ }).waitFor({ timeout: 60_000 })
  return page
}

async function shoot(page: Page, name: string, width: Width): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ animations: 'disabled', path: join(folder, `${name}-${width}-${colorScheme}.png`) })
  }
}

async function show(page: Page, hash: string): Promise<void> {
  await page.goto(new URL(hash, page.url()).href)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** What everybody and the members see. */
async function takeMembersScreens(browser: Browser, origin: string, width: Width): Promise<void> {
  const page = await openAs(browser, origin, width, 'member')
  const site = await page.context().newPage()
  await site.goto(`${origin}/`)
  await shoot(site, 'site', width)
  await site.close()
  const next = page.getByRole('main').locator('a[href*="meeting:"]').first()
  await next.waitFor()
  await page.getByText(/^Alle \d+ Unterlagen/).waitFor({ timeout: 60_000 })
  for (const [name, hash] of Object.entries(screens)) {
    await show(page, hash)
    await shoot(page, name, width)
  }
  await show(page, screens.home)
  await next.click()
  await page.getByRole('list').first().waitFor()
  await shoot(page, 'meeting', width)
  await page.getByText('Haushaltssatzung').first().click()
  await page
    .getByRole('link', { name: /^Haushaltsplan/ })
    .first()
    .click()
  await page.locator('[data-page-number="1"][data-loaded="true"]').waitFor()
  await shoot(page, 'reader', width)
  await page.context().close()
}

/** The desks of clerk and administrator. */
async function takeOfficeScreens(browser: Browser, origin: string, width: Width): Promise<void> {
  const clerk = await openAs(browser, origin, width, 'clerk')
  await show(clerk, '#/desk')
  await clerk.getByRole('main').getByRole('listitem').first().waitFor()
  await shoot(clerk, 'desk', width)
  await clerk.context().close()
  const administrator = await openAs(browser, origin, width, 'administrator')
  await show(administrator, '#/accounts')
  await administrator.getByRole('main').getByRole('listitem').first().waitFor()
  await shoot(administrator, 'accounts', width)
  await administrator.context().close()
}

/** The coming meeting of the council, opened: the chair's cockpit and a member's seat. */
async function takeMeetingScreens(browser: Browser, origin: string): Promise<void> {
  const clerk = await openAs(browser, origin, 'desktop', 'clerk')
  await show(clerk, '#/desk')
  await clerk
    .getByRole('link', { name: /Sitzung des Stadtrats/ })
    .first()
    .click()
  await clerk.getByRole('heading', { level: 1, name: /Sitzung des Stadtrats/ }).waitFor()
  const meeting = clerk.url().split('/').at(-1) ?? ''
  await show(clerk, `#/meetings/${meeting}/prepare`)
  await clerk.getByRole('button', { name: 'Festschreiben' }).click()
  await clerk
    .getByRole('status')
    .filter({ hasText: /festgeschrieben/ })
    .waitFor()
  await clerk.context().close()
  const chair = await openAs(browser, origin, 'desktop', 'chair')
  await show(chair, `#/meetings/${meeting}/cockpit`)
  for (const seat of await chair.getByRole('button', { name: /ist im Saal$/ }).all()) await seat.click()
  await chair.getByText('Beschlussfähig', { exact: true }).waitFor()
  await chair.getByRole('button', { name: 'Sitzung eröffnen' }).first().click()
  await chair
    .getByRole('button', { name: /^TOP 1 aufrufen/ })
    .first()
    .click()
  await chair.getByText('aufgerufen', { exact: true }).waitFor()
  await shoot(chair, 'cockpit', 'desktop')
  await chair.context().close()
  const member = await openAs(browser, origin, 'phone', 'member')
  await show(member, `#/meetings/${meeting}/room`)
  await member.getByRole('heading', { name: /^TOP 1/ }).waitFor()
  await shoot(member, 'seat', 'phone')
  await member.context().close()
}

mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'ratssaal-screenshots-'))
const { origin, stop } = await startDemo(data)
const executablePath = findChromium()
const browser = await chromium.launch({ args: sandboxArguments(), ...(executablePath ? { executablePath } : {}) })
try {
  for (const width of ['desktop', 'phone'] as const) {
    await takeMembersScreens(browser, origin, width)
    await takeOfficeScreens(browser, origin, width)
  }
  await takeMeetingScreens(browser, origin)
} finally {
  await browser.close()
  await stop()
  rmSync(data, { recursive: true, force: true })
}
