import { setTimeout } from 'node:timers/promises'
import { Player, type PlayerCount, type Source } from './player.ts'

/** Share of players that ask for hinted parts beforehand. */
const asksAhead = 0.2
/** Share of players that leave in a second, for others who come. */
const changing = 0.01
/** Seconds over which they come, and in which they settle. */
const arrival = 4

/** Seconds for which a crowd watches that is measured for some. */
export const lengthOf = (seconds: number): number => 2 * arrival + seconds

/** What a crowd cost the server that it watched, and what it got. */
export interface Watched extends PlayerCount {
  /** Seconds of CPU of the server. */
  readonly cpu: number
  /** Seconds for which it was measured. */
  readonly seconds: number
}

/**
 * Lets so many players watch for a time, some of whom leave and are followed by others.
 *
 * @param cpu seconds of CPU that the server has taken so far
 */
export async function watchTogether(
  source: Source,
  { size, seconds, cpu }: { readonly size: number; readonly seconds: number; readonly cpu: () => number },
): Promise<Watched> {
  const count: PlayerCount = { requests: 0, bytes: 0, parts: 0 }
  const faults: unknown[] = []
  let come = 0
  const join = (): Player =>
    new Player(source, come++ % Math.round(1 / asksAhead) === 0, count, (fault) => faults.push(fault))
  const players: Player[] = []
  for (const begun = Date.now(); players.length < size; await setTimeout(20))
    while (players.length < Math.min(size, (size * (Date.now() - begun)) / (arrival * 1000))) players.push(join())
  await setTimeout(arrival * 1000)

  const [begun, cpuBefore, before] = [performance.now(), cpu(), { ...count }]
  const churn = setInterval(
    () => {
      players.shift()?.leave()
      players.push(join())
    },
    1000 / (size * changing),
  )
  await setTimeout(seconds * 1000)
  clearInterval(churn)
  const [took, cpuAfter, after] = [(performance.now() - begun) / 1000, cpu(), { ...count }]
  for (const player of players) player.leave()
  if (faults.length > 0) throw new Error(`${faults.length} players could not go on`, { cause: faults[0] })
  return {
    ...{ cpu: cpuAfter - cpuBefore, seconds: took, requests: after.requests - before.requests },
    ...{ bytes: after.bytes - before.bytes, parts: after.parts - before.parts },
  }
}
