import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figure } from './figure.ts'
import { killRounds } from '../src-main/hub/store/durability/kill-rounds.ts'

const kills = 1000
/** A folder serves so many kills: what is checked at every opening would grow for ever. */
const killsPerFolder = 50

async function run(): Promise<Figure[]> {
  let acknowledged = 0
  let lost = 0
  for (let done = 0; done < kills; done += killsPerFolder) {
    const folder = await mkdtemp(join(tmpdir(), 'ratssaal-kill-'))
    try {
      const figures = await killRounds(folder, killsPerFolder, Math.random)
      acknowledged += figures.acknowledged
      lost += figures.lost
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return [
    {
      what: `documents lost in ${kills} kills`,
      ours: `${lost}`,
      reference: `${acknowledged}`,
      ratio: lost,
      goal: 0,
      ok: lost === 0,
    },
  ]
}

/** `kill -9` of a writing process at random moments: no acknowledged document may be lost, no file damaged. */
export const bench: Bench = { name: 'kill', description: 'no acknowledged document is lost in 1,000 kills', run }
