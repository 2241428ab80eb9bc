import { lessIsBetter, type Bench, type Figure } from './figure.ts'
import { openLargeTown, signIn } from './large-town.ts'

const size = { running: 10_000, closed: 40_000 }
const all = size.running + size.closed
const everything = 180_000

async function run(): Promise<Figure[]> {
  const town = await openLargeTown(size)
  try {
    // The hub prepares its packs once, whoever comes first.
    const warm = await town.openPage('device')
    await signIn(warm)
    await warm.waitForFunction("device.data.sync.phase === 'live'", undefined, { timeout: everything })
    await warm.context().close()

    const page = await town.openPage('device')
    const beforeOurs = await town.cpu()
    await signIn(page)
    await page.waitForFunction("device.data.sync.phase === 'live'", undefined, { timeout: everything })
    const hits = await page.evaluate("device.data.search('vorlage 39999', 5).then((found) => found.length)")
    if (hits !== 1) throw new Error(`the search of closed terms found ${String(hits)} papers`)
    const ours = (await town.cpu()) - beforeOurs
    await page.context().close()

    const reference = await town.openPage('replication')
    const beforeReference = await town.cpu()
    const copied = Number(await reference.evaluate("replicate('office')"))
    if (copied < all) throw new Error(`the reference copied ${copied} documents only`)
    const theirs = (await town.cpu()) - beforeReference
    const what = `CPU of the browser, ${all} documents until all can be opened and searched`
    return [lessIsBetter(what, { ours, reference: theirs, goal: 6, unit: ' s' })]
  } finally {
    await town.close()
  }
}

export const bench: Bench = {
  name: 'P1',
  description: 'first contact against unmodified PouchDB replication with its defaults',
  run,
}
