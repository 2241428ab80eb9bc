import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const gibibyte = 2 ** 30
interface Room {
  readonly folder: number
  readonly memory: number
}
/** What hubs and browsers of a run leave behind is far below one; the rest is for everything else. */
const needed: Room = { folder: 4 * gibibyte, memory: 8 * gibibyte }

/**
 * Makes a folder in memory for what tests write: hubs sync every write, which a disk answers late and memory at once.
 * Undefined where there is too little room, or where programs cannot be started from it.
 */
export function makeMemoryFolder(mount = '/dev/shm', room: Room = needed): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(mount)
    if (bavail * bsize < room.folder || freemem() < room.memory) return undefined
    // Short: Chromium puts a socket into it, whose path may have 107 letters.
    const folder = mkdtempSync(join(mount, 'rs-'))
    if (startsPrograms(folder)) return folder
    rmSync(folder, { recursive: true, force: true })
    return undefined
  } catch {
    return undefined
  }
}

function startsPrograms(folder: string): boolean {
  const program = join(folder, 'program')
  writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const { status } = spawnSync(program)
  rmSync(program)
  return status === 0
}
