import { devicesOf, runSeed, type FaultFigures } from '../e2e/fixtures/meeting/fault-run.ts'
import { SmallCouncil } from '../e2e/fixtures/meeting/small-council.ts'
import type { Bench, Figure } from './figure.ts'

const seeds = 1000
/** Councils that meet at the same time, each with a hub of its own. */
const lanes = 3
/** A hub serves so many meetings: what it looks through at every start would grow for ever. */
const meetingsPerHub = 100
const members = 6

type Total = Record<keyof FaultFigures, number>

/** Runs seeds until there are no more; what does not hold is said with its seed. */
async function runLane(waiting: number[], total: Total, failed: number[]): Promise<void> {
  while (waiting.length > 0) {
    const council = await SmallCouncil.gather(members)
    try {
      const devices = await devicesOf(council)
      for (let held = 0; held < meetingsPerHub; held += 1) {
        const seed = waiting.shift()
        // After a failure the next ones begin with a hub that nothing happened to.
        if (seed === undefined || !(await runOne(council, devices, { seed, total, failed }))) break
      }
    } finally {
      await council.dissolve()
    }
  }
}

/** Whether everything held. */
async function runOne(
  council: SmallCouncil,
  devices: Parameters<typeof runSeed>[1],
  { seed, total, failed }: { seed: number; total: Total; failed: number[] },
): Promise<boolean> {
  try {
    const figures = await runSeed(council, devices, seed)
    for (const [what, count] of Object.entries(figures)) total[what as keyof Total] += count
    return true
  } catch (fault) {
    failed.push(seed)
    console.error(`Seed ${seed}: ${fault instanceof Error ? fault.message : String(fault)}.`)
    console.error(`Alone: node_modules/.bin/node bench/partitions.ts ${seed}`)
    return false
  }
}

async function runAll(asked: readonly number[]): Promise<Figure[]> {
  const total: Total = {
    ...{ events: 0, refused: 0, withoutEffect: 0, receipts: 0, sealedVotes: 0 },
    ...{ hubKills: 0, crashes: 0, partitions: 0, late: 0 },
  }
  const failed: number[] = []
  const waiting = [...asked]
  await Promise.all(Array.from({ length: lanes }, () => runLane(waiting, total, failed)))
  console.log(`${asked.length} meetings: ${JSON.stringify(total)}`)
  return [
    {
      what: `meetings of ${asked.length} in which something was lost, doubled or different`,
      ours: `${failed.length}`,
      reference: `${asked.length}`,
      ratio: failed.length,
      goal: 0,
      ok: failed.length === 0,
    },
  ]
}

/** Partitions, lost memory, wrong clocks, doubled messages and killed hubs: in the end everybody knows the same. */
export const bench: Bench = {
  name: 'faults',
  description: `after whatever breaks in ${seeds} meetings, every device has the same log, state and counts`,
  run: () => runAll(Array.from({ length: seeds }, (_, index) => index + 1)),
}

if (process.argv[1] === import.meta.filename) {
  const [figure] = await runAll(process.argv.slice(2).map(Number))
  process.exit(figure?.ok ? 0 : 1)
}
