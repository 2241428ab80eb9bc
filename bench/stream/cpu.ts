import { readFileSync } from 'node:fs'

/** Linux counts the processor's time in hundredths of a second (`getconf CLK_TCK`). */
const ticksPerSecond = 100

/** Seconds of CPU, user and system, that processes have taken so far (proc(5), `stat`, fields 14 and 15). */
export const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + secondsOf(pid), 0)

function secondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is a name that may hold anything, in parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Processes that a process has started. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
