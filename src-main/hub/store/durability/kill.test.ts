import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { killRounds } from './kill-rounds.ts'

it('holds every acknowledged document after its process was killed at any moment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratssaal-kill-'))
  try {
    const figures = await killRounds(folder, 15, Math.random)
    expect(figures).toEqual({ kills: 15, acknowledged: expect.any(Number) as number, lost: 0 })
    expect(figures.acknowledged).toBeGreaterThan(15)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
