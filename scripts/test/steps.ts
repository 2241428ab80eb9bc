import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { root } from '../start/build.ts'

/** Runs a program of the project with its output on the terminal; whether it ended well. */
export function runs(command: string, ...args: readonly string[]): boolean {
  console.log(`\n> ${[command, ...args].join(' ')}`)
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0
}

/**
 * Runs programs side by side, each with its output in one piece once it ended. Returns what those said that ended badly.
 *
 * @param commands the first has a processor for itself, the others share what is left: all wait for the longest
 */
export async function failuresOf(commands: readonly (readonly [string, ...string[]])[]): Promise<string[]> {
  const outcomes = await Promise.all(commands.map((command, place) => faultOf(command, place > 0)))
  return outcomes.filter((fault) => fault !== undefined)
}

function faultOf([command, ...args]: readonly [string, ...string[]], yields: boolean): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  if (yields && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  const said: Buffer[] = []
  const told = (status: number | null, fault = '') => {
    const words = `\n> ${[command, ...args].join(' ')}\n${Buffer.concat(said).toString()}${fault}`
    console.log(words)
    resolve(status === 0 ? undefined : words)
  }
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  child.once('error', (fault) => told(null, fault.message))
  child.once('close', (status) => told(status))
  return promise
}

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const sumOf = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  skipped: tallies.reduce((sum, { skipped }) => sum + skipped, 0),
})

export const tallyToLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** Reads how many tests passed from what a runner's JSON reporter wrote. */
type ReportReader = (report: Readonly<Record<string, unknown>>) => Tally

/** A runner that ended badly without a failed test (a file that does not load, a crash) counts as one failure. */
export function tallyOf(report: string | undefined, read: ReportReader, endedWell: boolean): Tally {
  const tally = report === undefined ? undefined : read(JSON.parse(report) as Record<string, unknown>)
  if (!tally) return { passed: 0, failed: 1, skipped: 0 }
  return endedWell || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}

/** Runs a test runner and counts by its report. */
export function runTests(reportPath: string, read: ReportReader, command: string, ...args: readonly string[]): Tally {
  const path = join(root, reportPath)
  rmSync(path, { force: true })
  const endedWell = runs(command, ...args)
  return tallyOf(existsSync(path) ? readFileSync(path, 'utf8') : undefined, read, endedWell)
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

export const readVitest: ReportReader = (report) => ({
  passed: number(report['numPassedTests']),
  failed: number(report['numFailedTests']),
  skipped: number(report['numPendingTests']) + number(report['numTodoTests']),
})

/** A flaky test is a failed one. */
export const readPlaywright: ReportReader = (report) => {
  const stats = (report['stats'] ?? {}) as Readonly<Record<string, unknown>>
  return {
    passed: number(stats['expected']),
    failed: number(stats['unexpected']) + number(stats['flaky']),
    skipped: number(stats['skipped']),
  }
}
