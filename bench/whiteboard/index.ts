import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { build, preview, type PreviewServer } from 'vite'
import { findChromium, sandboxArguments } from '../../scripts/chromium.ts'
import { lessIsBetter, median, percentile, type Bench, type Figure } from '../figure.ts'

const engines = ['ours', 'excalidraw', 'tldraw'] as const
type Engine = (typeof engines)[number]

const sizes = (process.env['RATSSAAL_STROKES'] ?? '2000,10000').split(',').map(Number)
const window = { width: 1920, height: 1080 }
const frames = 120
const strokes = 8
/** Zoom at which all of the grid is in the window. */
const farZoom = 0.12

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What one browser showed; all but `heap` (megabytes) in milliseconds. */
interface Measured {
  readonly load: number
  readonly pan: number
  readonly ink: number
  readonly heap: number
}

/** The pages of all boards, as a server gives them. */
async function serve(): Promise<{ server: PreviewServer; stop: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-whiteboard-'))
  const input = Object.fromEntries(engines.map((engine) => [engine, here(`pages/${engine}.html`)]))
  const options = {
    ...({ configFile: false, logLevel: 'error', root: here('pages') } as const),
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.IS_PREACT': '"false"' },
    resolve: { dedupe: ['react', 'react-dom'] },
    build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input } },
  }
  await build(options)
  const server = await preview({ ...options, preview: { host: '127.0.0.1', port: 0 } })
  return {
    server,
    stop: async () => {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

const ask = <Value>(page: Page, name: string, ...given: unknown[]): Promise<Value> =>
  page.evaluate(
    ([verb, values]) =>
      (globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> }).bench[verb]!(...values),
    [name, given] as [string, unknown[]],
  ) as Promise<Value>

/** Draws short strokes with a pen; milliseconds from the first movement to the end of its frame. */
async function inkDelays(page: Page, devices: CDPSession): Promise<number[]> {
  const delays: number[] = []
  for (let stroke = 0; stroke < strokes; stroke++) {
    const y = 300 + stroke * 40
    const send = (type: string, x: number, buttons: number): Promise<unknown> =>
      devices.send('Input.dispatchMouseEvent', {
        ...{ type: type as 'mouseMoved', x, y, button: 'left', buttons, clickCount: 1, pointerType: 'pen', force: 0.5 },
      })
    await send('mousePressed', 600, 1)
    for (let step = 1; step <= 6; step++) await send('mouseMoved', 600 + step * 20, 1)
    delays.push(await ask<number>(page, 'ink'))
    await send('mouseReleased', 720, 0)
  }
  return delays
}

/** One board in a browser of its own. */
async function measure(origin: string, engine: Engine, count: number): Promise<Measured> {
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
  try {
    const page = await browser.newPage({ viewport: window })
    await page.goto(`${origin}/${engine}.html`)
    await page.waitForFunction('globalThis.bench !== undefined')
    const load = await ask<number>(page, 'load', count)
    const times = await ask<number[]>(page, 'pan', farZoom, frames)
    await ask(page, 'pen')
    const devices = await page.context().newCDPSession(page)
    const delays = await inkDelays(page, devices)
    await devices.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devices.send('Runtime.getHeapUsage')
    return { load, pan: percentile(times, 0.95), ink: median(delays), heap: usedSize / 1e6 }
  } finally {
    await browser.close()
  }
}

async function run(): Promise<Figure[]> {
  if (!existsSync(here('node_modules')))
    throw new Error('Install what ours is measured against first: npm install --prefix bench/whiteboard')
  const { server, stop } = await serve()
  const origin = server.resolvedUrls!.local[0]!.replace(/\/$/, '')
  const figures: Figure[] = []
  try {
    for (const count of sizes) {
      const measured = new Map<Engine, Measured>()
      for (const engine of engines) {
        measured.set(engine, await measure(origin, engine, count))
        console.log(`${engine}, ${count} strokes: ${JSON.stringify(measured.get(engine))}`)
      }
      figures.push(...figuresOf(count, measured))
    }
  } finally {
    await stop()
  }
  return figures
}

/** Half of the better of the two others, or less, in each. */
function figuresOf(count: number, measured: ReadonlyMap<Engine, Measured>): Figure[] {
  const of = (engine: Engine, what: keyof Measured): number => measured.get(engine)![what]
  const words = { load: 'load', pan: 'pan and zoom p95', ink: 'pen to ink', heap: 'heap' } as const
  return (Object.keys(words) as (keyof Measured)[]).map((what) =>
    lessIsBetter(`${words[what]}, ${count} strokes`, {
      ours: of('ours', what),
      reference: Math.min(of('excalidraw', what), of('tldraw', what)),
      ...{ goal: 2, unit: what === 'heap' ? ' MB' : ' ms' },
    }),
  )
}

export const bench: Bench = {
  name: 'P5',
  description: 'a board at 1080p against Excalidraw and tldraw: load, camera, pen to ink, memory',
  run,
}
