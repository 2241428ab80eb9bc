import type { Browser, Locator, Page, ViewportSize } from 'playwright-core'
import { onTestFinished, expect } from 'vitest'
import { launchBrowser, startCockpitPage } from './page.suite.ts'

interface Facts {
  readonly phase: string
  readonly public: boolean
  readonly current?: string
  readonly floor: readonly string[]
  readonly agenda: readonly string[]
  readonly presiding?: string
}
type Body = Readonly<Record<string, unknown>>
/** What the page offers to tests. */
interface Meeting {
  show(query: string): Promise<void>
  advance(ms: number): void
  write(body: Body): Promise<unknown>
  hub(body: Body): unknown
  bodies(): Body[]
  refused(): number
  smallControls(): string[]
  squeezed(): string[]
  overflow(): { wide: number; high: number }
  focused(): string | null | undefined
  called(): string
  notice(text: string): void
  violations(scope: string): Promise<unknown[]>
  beats(): number
  facts(): Facts
}
type Global = { readonly meeting: Meeting }

export const laptop: ViewportSize = { width: 1366, height: 768 }

let browser: Browser
let server: Awaited<ReturnType<typeof startCockpitPage>>
let shared: Page
let faults: string[] = []

export async function startDriver(): Promise<void> {
  server = await startCockpitPage()
  browser = await launchBrowser()
  shared = await freshPage()
}

export async function stopDriver(): Promise<void> {
  await browser.close()
  await server.close()
}

/** A page that nobody has touched yet; everything that fails in it fails the test. */
export async function freshPage(query = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: laptop, reducedMotion: 'reduce' })
  page.setDefaultTimeout(10_000)
  page.on('pageerror', (fault) => faults.push(fault.stack ?? fault.message))
  await page.goto(`${server.origin}/cockpit.html?${query}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** The one page of all tests, with a scene from its beginning. */
export async function open(query = '', viewport: ViewportSize = laptop): Promise<Page> {
  faults = []
  onTestFinished(() => expect(faults).toEqual([]))
  await shared.setViewportSize(viewport)
  await shared.mouse.move(0, 0)
  await shared.evaluate((asked) => (globalThis as unknown as Global).meeting.show(asked), query)
  await shared.getByRole('heading', { level: 1 }).waitFor()
  return shared
}

export const facts = (page: Page): Promise<Facts> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.facts())
export const bodies = (page: Page): Promise<Body[]> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.bodies())
export const last = async (page: Page): Promise<Body | undefined> => (await bodies(page)).at(-1)
export const advance = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => (globalThis as unknown as Global).meeting.advance(by), ms)
export const refused = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.refused())
export const smallControls = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.smallControls())
export const overflow = (page: Page): Promise<{ wide: number; high: number }> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.overflow())
export const squeezed = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.squeezed())
export const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.focused())
export const calledToOrder = (page: Page): Promise<string> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.called())
export const showNotice = (page: Page, text: string): Promise<void> =>
  page.evaluate((said) => (globalThis as unknown as Global).meeting.notice(said), text)

/** The chair writes, without a button. */
export const write = async (page: Page, ...deeds: readonly Body[]): Promise<void> => {
  for (const body of deeds)
    await page.evaluate((deed) => (globalThis as unknown as Global).meeting.write(deed).then(() => undefined), body)
}
/** The hub writes. */
export const writeAsHub = (page: Page, body: Body): Promise<void> =>
  page.evaluate((deed) => void (globalThis as unknown as Global).meeting.hub(deed), body)

export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
export const menuItem = (page: Page, name: string): Locator => page.getByRole('menuitem', { name, exact: true })

/** What axe finds on the page, or in the dialog that covers it. */
export const violations = (page: Page, scope = 'body'): Promise<unknown[]> =>
  page.evaluate((within) => (globalThis as unknown as Global).meeting.violations(within), scope)

/** Beats of the sound at the end, from the first asking on. */
export const beats = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Global).meeting.beats())
