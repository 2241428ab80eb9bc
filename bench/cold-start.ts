import type { BrowserContext, Page } from 'playwright-core'
import { signIn as signInByHand } from '../e2e/fixtures/set-up-town.ts'
import { buildWhatIsStale } from '../scripts/start/build.ts'
import { m } from '../shared/i18n/index.ts'
import { inTurn, lessIsBetter, median, percentile, type Bench, type Figure } from './figure.ts'
import { login, openLargeTown, signIn, type LargeTown } from './large-town.ts'

const rounds = 9
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

interface Prepared {
  readonly town: LargeTown
  readonly context: BrowserContext
}

/** A device with the app on it that has everything and then loses the network. */
async function prepare(size: { running: number; closed: number }): Promise<Prepared> {
  const town = await openLargeTown(size)
  const context = await town.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(everything)
  await page.goto(`${town.front.origin}/app/`)
  await signInByHand(page, login.login, login.password)
  await page.getByRole('button', { name: `${m.sync_button()} ${m.sync_live()}`, exact: true }).waitFor()
  await homeOf(page)
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
  await page.close()
  town.front.leadTo(undefined)
  return { town, context }
}

/** Settles when home shows what a person looks for: the next meeting with its agenda, later ones, news, papers. */
async function homeOf(page: Page): Promise<void> {
  const rowsOf = (title: string) => page.getByRole('region', { name: title }).getByRole('listitem').first()
  await page.getByText(m.meetings_items_count({ count: 9 })).waitFor()
  await rowsOf(m.meetings_coming()).waitFor()
  await rowsOf(m.meetings_news_title()).waitFor()
  await rowsOf(m.papers_recent()).waitFor()
}

/** Milliseconds from opening the app to everything that home shows. */
async function coldStart({ town, context }: Prepared): Promise<number> {
  const begin = performance.now()
  const page = await context.newPage()
  await page.goto(`${town.front.origin}/app/`, { waitUntil: 'commit' })
  await homeOf(page)
  const took = performance.now() - begin
  await page.close()
  return took
}

/** Times of searches without a network, after one that prepares. */
async function searchTimes(town: LargeTown): Promise<number[]> {
  town.front.leadTo(town.hub.origin)
  const context = await town.newContext()
  const first = await town.openPage('device', context)
  await signIn(first)
  await first.waitForFunction("device.data.sync.phase === 'live'", undefined, { timeout: everything })
  town.front.leadTo(undefined)
  await first.close()
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
  await context.close()
  return times as number[]
}

async function run(): Promise<Figure[]> {
  await buildWhatIsStale()
  const large = await prepare({ running: 10_000, closed: 40_000 })
  const small = await prepare({ running: 500, closed: 0 })
  try {
    const { ours, reference } = await inTurn(
      rounds,
      () => coldStart(large),
      () => coldStart(small),
    )
    const times = await searchTimes(large.town)
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
  description: 'cold offline start of the app with 50,000 documents against 500; search',
  run,
}
