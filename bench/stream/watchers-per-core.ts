import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { partSeconds } from '../../shared/council/broadcast.ts'
import { median, moreIsBetter, type Bench, type Figure } from '../figure.ts'
import { cpuOf } from './cpu.ts'
import { lengthOf, watchTogether, type Watched } from './crowd.ts'
import { Filler } from './filler.ts'
import { startFileServer } from './nginx.ts'
import { Playback, takeDown } from './playback.ts'
import { callCouncil, meetingKey } from './transmission.ts'

const rounds = 3
const size = 400
const seconds = 20
/** Seconds by which what is played again is longer than it is watched. */
const spare = 4
const path = `/broadcast/${meetingKey}`
/** Share of the parts that each watcher has to get: those who come and go miss some. */
const bearable = 0.95

/** Watchers of a whole core; `fixed`: share of it that goes to the transmission itself, whoever watches. */
const perCore = ({ cpu, seconds: took }: Watched, fixed = 0): number => (size * (1 - fixed)) / (cpu / took - fixed)

/** Says what a round was, of which watchers must have got what they came for. */
function tell(name: string, watched: Watched, fixed?: number): number {
  const { cpu, seconds: took, requests, bytes, parts } = watched
  const [partsEach, found] = [parts / size / took, perCore(watched, fixed)]
  if (partsEach < bearable / partSeconds)
    throw new Error(`Watchers of ${name} got ${partsEach.toFixed(2)} parts a second.`)
  console.log(
    `${name}: ${((cpu / took) * 100).toFixed(1)} % of a core for ${size} watchers, ${found.toFixed(0)} on a whole one; ` +
      `${(requests / took).toFixed(0)} requests a second, to each ${((bytes * 8) / size / took / 1e6).toFixed(2)} Mbit/s; ` +
      `load average ${loadavg()[0]?.toFixed(1)}`,
  )
  return found
}

async function run(): Promise<Figure[]> {
  const called = await callCouncil()
  const [nginx, filler] = [await startFileServer(), await Filler.begin(called)]
  try {
    const { hub } = called.council
    const hubCpu = (): number => cpuOf([hub.pid])
    const before = hubCpu()
    await setTimeout(seconds * 1000)
    const fixed = (hubCpu() - before) / seconds
    console.log(`hub: ${(fixed * 100).toFixed(1)} % of a core for the transmission, with nobody watching`)

    const measured: { ours: number[]; reference: number[] } = { ours: [], reference: [] }
    for (let round = 0; round < rounds; round += 1) {
      const [take, ours] = await Promise.all([
        takeDown(hub.address + path, lengthOf(seconds) + spare),
        watchTogether({ origin: hub.address, path }, { size, seconds, cpu: hubCpu }),
      ])
      measured.ours.push(tell('hub', ours, fixed))
      const playback = await Playback.begin(take, join(nginx.folder, path))
      const source = { origin: nginx.origin, path, reached: playback.reached }
      const reference = await watchTogether(source, { size, seconds, cpu: () => nginx.cpu() }).finally(playback.stop)
      measured.reference.push(tell('nginx', reference))
    }
    if (!filler.isOn) throw new Error('The transmission ended.')
    const compared = { ours: median(measured.ours), reference: median(measured.reference) }
    return [moreIsBetter('watchers at 720p on one core', { ...compared, goal: 0.7, unit: '' })]
  } finally {
    filler.stop()
    await nginx.stop()
    await called.dissolve()
  }
}

export const bench: Bench = {
  name: 'P4',
  description: 'watchers of a transmission per hub core, against nginx serving the same bytes to the same clients',
  run,
}
