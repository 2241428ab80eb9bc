import type { Bench, Figure } from './figure.ts'
import { bench as board } from './board/index.ts'
import { bench as boardDay } from './board-day/index.ts'
import { bench as coldStart } from './cold-start.ts'
import { bench as firstContact } from './first-contact.ts'
import { bench as liveFeed } from './live-feed.ts'
import { bench as meeting } from './meeting/index.ts'
import { bench as minutes } from './minutes.ts'
import { bench as projector } from './meeting/projector.ts'
import { bench as partitions } from './partitions.ts'
import { bench as storeKill } from './store-kill.ts'
import { bench as encoderLoad } from './stream/encoder-load.ts'
import { bench as glassToGlass } from './stream/glass-to-glass.ts'
import { bench as watchersPerCore } from './stream/watchers-per-core.ts'
import { bench as whiteboard } from './whiteboard/index.ts'

const benches: readonly Bench[] = [
  firstContact,
  liveFeed,
  coldStart,
  meeting,
  projector,
  board,
  minutes,
  storeKill,
  partitions,
  whiteboard,
  boardDay,
  glassToGlass,
  encoderLoad,
  watchersPerCore,
]
/** Minutes after which a bench counts as hung, unless it says so itself. */
const usualLimit = 10

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no bench called ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(1)
}

const chosen = benches.filter(({ name }) => asked.length === 0 || asked.includes(name))
const timeLimit = chosen.reduce((sum, { minutes = usualLimit }) => sum + minutes, 0)
const watchdog = setTimeout(() => {
  console.error(`The benches took longer than ${timeLimit} minutes.`)
  process.exit(1)
}, timeLimit * 60_000)

const figureLine = (name: string, { ours, reference, ratio, goal, ok }: Figure, what = ''): string =>
  `${name}${what} ours=${ours} reference=${reference} ratio=${Number(ratio.toPrecision(3))} goal=${goal} ${ok ? 'ok' : 'short'}`

let allOk = true
for (const bench of chosen) {
  console.log(`${bench.name}: ${bench.description}`)
  const figures = await bench.run()
  for (const figure of figures) console.log(figureLine(bench.name, figure, ` (${figure.what})`))
  // The figure that is nearest to its goal, or furthest below it, speaks for the budget.
  const [weakest] = figures.toSorted((a, b) => Number(a.ok) - Number(b.ok) || a.ratio / a.goal - b.ratio / b.goal)
  if (!weakest) throw new Error(`${bench.name} measured nothing.`)
  console.log(figureLine(bench.name, weakest))
  allOk &&= figures.every(({ ok }) => ok)
}
clearTimeout(watchdog)
process.exit(allOk ? 0 : 1)
