import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killRounds } from '../src-main/hub/store/durability/kill-rounds.ts'

const kills = 1000
/** A folder serves so many kills: what is checked at every opening would grow for ever. */
const killsPerFolder = 50

async function run(): Promise<{ lines: string[]; ok: boolean }> {
  const start = performance.now()
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
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  const verdict = lost === 0 ? 'ok' : 'short'
  return {
    lines: [`kill kills=${kills} acknowledged=${acknowledged} lost=${lost} seconds=${seconds} goal=0 ${verdict}`],
    ok: lost === 0,
  }
}

/** `kill -9` of a writing process at random moments: no acknowledged document may be lost, no file damaged. */
export const bench = { name: 'kill', budget: 'no acknowledged document lost in 1,000 kills', run }

if (import.meta.main) {
  const { lines, ok } = await run()
  console.log(lines.join('\n'))
  process.exitCode = ok ? 0 : 1
}
