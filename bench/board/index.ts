import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import { findChromium, sandboxArguments } from '../../scripts/chromium.ts'
import { startFront } from '../../src-renderer/data/testing/front.suite.ts'
import { lessIsBetter, median, percentile, type Bench, type Figure } from '../figure.ts'
import type { BenchPage, System } from './client-page.ts'
import { startServers, type Servers } from './servers.ts'

const rounds = 1
const strokes = 60
/** Milliseconds between two strokes of people at a board. */
const betweenStrokes = 40
/** y-webrtc opens a room once in a page. */
const clientsPerPage = 1
/** Milliseconds of a frame, which ours may take longer than the better of the two. */
const frame = 1000 / 60
/** Milliseconds until all clients have to know of each other. */
const meetWithin = 30_000
const systems: readonly System[] = ['ours', 'y-webrtc', 'y-websocket']

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function buildPage(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-bench-'))
  await build({
    ...{ configFile: false, logLevel: 'error', root: here('.'), base: './' },
    define: { global: 'globalThis' },
    plugins: [svelte({ configFile: here('../../svelte.config.js') })],
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: here('clients.html') } },
  })
  return outDir
}

interface Client {
  readonly page: Page
  readonly place: number
}
type Call = <Name extends keyof BenchPage>(
  page: Page,
  name: Name,
  ...args: Parameters<BenchPage[Name]>
) => Promise<ReturnType<BenchPage[Name]>>
const call: Call = (page, name, ...args) =>
  page.evaluate(
    ([verb, given]) =>
      (globalThis as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[verb]!(...given),
    [name, args] as [string, unknown[]],
  ) as never

/** 95th percentile of the milliseconds from a stroke to the document of somebody else; undefined when they never meet. */
async function strokesSeen(browser: Browser, app: string, servers: Servers, system: System, people: number) {
  const front = await startFront(app)
  const context = await browser.newContext()
  try {
    const room = system === 'ours' ? servers.board() : `room-${people}-${Math.random()}`
    const clients: Client[] = []
    while (clients.length < people) {
      const page = await context.newPage()
      await page.goto(`${front.origin}/app/clients.html`)
      await page.waitForFunction(() => 'bench' in globalThis)
      const count = Math.min(clientsPerPage, people - clients.length)
      const urls = Array.from({ length: count }, (_, place) => servers.urlFor(system, clients.length + place))
      await call(page, 'open', system, room, urls)
      for (let place = 0; place < count; place += 1) clients.push({ page, place })
    }
    const pages = [...new Set(clients.map(({ page }) => page))]
    if (!(await meet(clients, pages))) return undefined
    // Links are made by now, where they are made.
    await pause(3000)
    for (const page of pages) await call(page, 'seen')
    for (let stroke = 0; stroke < strokes; stroke += 1) {
      const { page, place } = clients[stroke % people]!
      await call(page, 'draw', place, `stroke-${stroke}`)
      await pause(betweenStrokes)
    }
    await pause(1000)
    const seen = (await Promise.all(pages.map((page) => call(page, 'seen')))).flat()
    if (seen.length !== strokes * (people - 1)) throw new Error(`${system}: ${seen.length} strokes were seen.`)
    return percentile(seen, 0.95)
  } finally {
    await context.close()
    await front.close()
  }
}

/** Everybody says their name until everybody has heard all names. */
async function meet(clients: readonly Client[], pages: readonly Page[]): Promise<boolean> {
  for (const [number, { page, place }] of clients.entries()) await call(page, 'name', place, `client-${number}`)
  for (const began = Date.now(); Date.now() - began < meetWithin; await pause(200)) {
    const named = (await Promise.all(pages.map((page) => call(page, 'named')))).flat()
    if (named.every((count) => count === clients.length)) return true
  }
  return false
}

async function run(): Promise<Figure[]> {
  const app = await buildPage()
  const servers = await startServers(30)
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
  try {
    const figures: Figure[] = []
    for (const people of [2, 8, 30]) {
      const measured = new Map<System, number[]>(systems.map((system) => [system, []]))
      for (let round = 0; round < rounds; round += 1)
        for (const system of systems) {
          const value = await strokesSeen(browser, app, servers, system, people)
          console.log(
            `P6: ${people} people, ${system}: ${value === undefined ? 'never all together' : `${value.toFixed(1)} ms`}`,
          )
          if (value !== undefined) measured.get(system)!.push(value)
        }
      const of = (system: System): number =>
        measured.get(system)!.length > 0 ? median(measured.get(system)!) : Infinity
      const reference = Math.min(of('y-webrtc'), of('y-websocket')) + frame
      const what = `stroke to another’s document with ${people} people, p95; the better of the two and a frame`
      figures.push(lessIsBetter(what, { ours: of('ours'), reference, goal: 1, unit: 'ms' }))
    }
    return figures
  } finally {
    await browser.close()
    await servers.stop()
    await rm(app, { recursive: true })
  }
}

export const bench: Bench = {
  name: 'P6',
  description: 'a stroke on a board reaches everybody who is there, against y-webrtc and y-websocket as they are',
  run,
}
