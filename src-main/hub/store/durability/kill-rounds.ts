import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Audience } from '../../../../shared/rules/audience.ts'
import { openSqliteStore } from '../index.ts'

/** What the writing process says after a batch is safe. */
export interface Acknowledgement {
  readonly audience: Audience
  readonly revs: readonly { readonly id: string; readonly rev: string }[]
}

export interface KillFigures {
  kills: number
  acknowledged: number
  /** Acknowledged revisions that the reopened store does not hold; anything but 0 is a defect. */
  lost: number
}

/**
 * Kills a writing process at random moments with SIGKILL, opens its store again (which checks the file) and counts the
 * acknowledged revisions that it does not hold. Throws `StoreError` when the store is damaged.
 * `random` gives numbers from 0 to 1.
 */
export async function killRounds(folder: string, kills: number, random: () => number): Promise<KillFigures> {
  const figures: KillFigures = { kills: 0, acknowledged: 0, lost: 0 }
  for (let round = 0; round < kills; round += 1) {
    const acknowledgements = await writeUntilKilled(folder, round, 1 + Math.floor(random() * 30), random() * 3)
    const store = await openSqliteStore({ folder })
    for (const { audience, revs } of acknowledgements) {
      const held = await store.open(audience)
      const lacking = await held.revsDiff(Object.fromEntries(revs.map(({ id, rev }) => [id, [rev]])))
      const gone = await Promise.all(revs.map(async ({ id }) => !lacking[id] && (await held.get(id)) === undefined))
      figures.lost += Object.keys(lacking).length + gone.filter(Boolean).length
      figures.acknowledged += revs.length
    }
    await store.close()
    figures.kills += 1
  }
  return figures
}

/** Lets the writer acknowledge the given number of batches, waits a little more, in milliseconds, and kills it. */
async function writeUntilKilled(
  folder: string,
  round: number,
  batches: number,
  more: number,
): Promise<Acknowledgement[]> {
  const script = fileURLToPath(new URL('writer.ts', import.meta.url))
  const writer = spawn(process.execPath, [script, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(writer, 'close')
  const acknowledgements: Acknowledgement[] = []
  for await (const line of createInterface(writer.stdout)) {
    // The last line may have been cut off by the kill: then it was not acknowledged.
    if (!line.endsWith('}')) continue
    acknowledgements.push(JSON.parse(line) as Acknowledgement)
    if (acknowledgements.length === batches) void setTimeout(more).then(() => writer.kill('SIGKILL'))
  }
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null]
  if (signal !== 'SIGKILL') throw new Error('the writing process ended by itself')
  return acknowledgements
}
