import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, preview } from 'vite'
import { findChromium, sandboxArguments } from '../../scripts/chromium.ts'
import { lessIsBetter, type Bench, type Figure } from '../figure.ts'
import type { DayPage } from './day-page.ts'

/** A working day. */
const minutes = 8 * 60
/** How many times as much memory as a board that was opened just now it may take. */
const goal = 1 / 2

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const ask = <Name extends keyof DayPage>(page: Page, name: Name, ...given: Parameters<DayPage[Name]>) =>
  page.evaluate(
    ([verb, values]) =>
      (globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> }).bench[verb]!(...values),
    [name, given] as [string, unknown[]],
  ) as Promise<Awaited<ReturnType<DayPage[Name]>>>

/** Megabytes that are in use once everything is collected that nobody holds. */
async function heapOf(page: Page): Promise<number> {
  const devices = await page.context().newCDPSession(page)
  await devices.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devices.send('Runtime.getHeapUsage')
  await devices.detach()
  return usedSize / 1e6
}

async function measure(browser: Browser, origin: string): Promise<Figure[]> {
  const open = async (): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(`${origin}/page.html`)
    await page.waitForFunction('globalThis.bench !== undefined')
    return page
  }
  const worked = await open()
  const update = await ask(worked, 'live', minutes)
  const fresh = await open()
  await ask(fresh, 'load', update)
  const counts = [await ask(worked, 'elements'), await ask(fresh, 'elements')]
  if (counts[0] !== counts[1] || counts[0] === 0)
    throw new Error(`The boards differ: ${counts.join(' and ')} elements.`)
  console.log(`${counts[0]} elements are left, in a document of ${(update.length / 1e6).toPrecision(3)} MB`)
  const what = `memory of a board after ${minutes / 60} hours, against the same board just opened`
  return [lessIsBetter(what, { ours: await heapOf(worked), reference: await heapOf(fresh), goal, unit: ' MB' })]
}

async function run(): Promise<Figure[]> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-board-day-'))
  const options = {
    ...({ configFile: false, logLevel: 'error', root: here('.') } as const),
    build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: here('page.html') } },
  }
  await build(options)
  const server = await preview({ ...options, preview: { host: '127.0.0.1', port: 0 } })
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
  try {
    return await measure(browser, server.resolvedUrls!.local[0]!.replace(/\/$/, ''))
  } finally {
    await browser.close()
    await server.close()
    await rm(outDir, { recursive: true })
  }
}

export const bench: Bench = {
  name: 'board-day',
  description: `two people draw, erase, move and undo at a board for ${minutes / 60} hours; what that leaves in memory`,
  run,
}
