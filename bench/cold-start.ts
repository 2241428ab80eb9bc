import type { BrowserContext } from 'playwright-core'
import { inTurn, lessIsBetter, median, percentile, type Bench, type Figure } from './figure.ts'
import { openLargeTown, signIn, type LargeTown } from './large-town.ts'

const rounds = 5
const searches = [
  'vorlage',
  'sitzung',
  'ausschuss rat',
  'punkt 45',
  'vorlage 39999',
  'zustimm',
  'verwaltung',
  'gibtesnicht',
]
const everything = 180_000

/** What the home screen reads. */
const home = [
  { type: 'meeting', between: { field: 'start', from: '2026-11-01' } },
  { type: 'agenda-item', where: { meeting: 'meeting:now-000000' } },
  { type: 'paper', newest: { field: 'modified', limit: 10 } },
]
const isHome = `${JSON.stringify(home)}.map((selection) => device.entries(selection)).every((found) => found?.length > 0)`

/** A device that has everything and then loses the network. */
async function prepare(running: number, closed: number): Promise<{ town: LargeTown; context: BrowserContext }> {
  const town = await openLargeTown(running, closed)
  const context = await town.newContext()
  const page = await town.openPage('device', context)
  await signIn(page)
  await page.waitForFunction("device.data.sync.phase === 'live'", undefined, { timeout: everything })
  // What is prepared for later starts is written by then.
  await page.waitForFunction(isHome)
  town.front.leadTo(undefined)
  await page.close()
  return { town, context }
}

/** Milliseconds from opening the page to everything that home shows. */
async function coldStart({ town, context }: { town: LargeTown; context: BrowserContext }): Promise<number> {
  const begin = performance.now()
  const page = await town.openPage('device', context)
  await page.waitForFunction(isHome)
  const took = performance.now() - begin
  await page.close()
  return took
}

async function searchTimes({ town, context }: { town: LargeTown; context: BrowserContext }): Promise<number[]> {
  const page = await town.openPage('device', context)
  await page.evaluate("device.data.search('vorlage', 20)")
  const times = await page.evaluate(`(async () => {
    const times = []
    for (let round = 0; round < 10; round += 1)
      for (const text of ${JSON.stringify(searches)}) {
        const begin = performance.now()
        await device.data.search(text, 20)
        times.push(performance.now() - begin)
      }
    return times
  })()`)
  await page.close()
  return times as number[]
}

async function run(): Promise<Figure[]> {
  const [large, small] = [await prepare(10_000, 40_000), await prepare(500, 0)]
  try {
    const { ours, reference } = await inTurn(
      rounds,
      () => coldStart(large),
      () => coldStart(small),
    )
    const times = await searchTimes(large)
    const p95 = percentile(times, 0.95)
    console.log(`search of 50,000 documents: median ${median(times).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`)
    return [
      lessIsBetter('cold offline start to home, 50,000 documents against 500', {
        ...{ ours, reference, goal: 1 / 1.5, unit: ' ms' },
      }),
      lessIsBetter('search p95, against 50 ms', { ours: p95, reference: 50, goal: 1, unit: ' ms' }),
    ]
  } finally {
    await large.town.close()
    await small.town.close()
  }
}

export const bench: Bench = {
  name: 'P8',
  description: 'cold offline start with 50,000 documents against 500; search',
  run,
}
