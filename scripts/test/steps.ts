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

type Command = readonly [program: string, ...args: string[]]

/**
 * Runs queues of programs side by side, at the lowest priority: they take the time that everything else leaves over.
 * What each says is told in one piece when all have ended. Returns what those said that ended badly.
 */
export async function failuresOf(queues: readonly (readonly Command[])[]): Promise<string[]> {
  const ends = (await Promise.all(queues.map(endsOf))).flat()
  for (const { words } of ends) console.log(words)
  return ends.flatMap(({ words, isWell }) => (isWell ? [] : [words]))
}

interface End {
  /** The command, and what it printed. */
  readonly words: string
  readonly isWell: boolean
}

async function endsOf(queue: readonly Command[]): Promise<End[]> {
  const ends: End[] = []
  for (const command of queue) ends.push(await endOf(command))
  return ends
}

function endOf([program, ...args]: Command): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>()
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const said: Buffer[] = []
  const ended = (status: number | null, fault = '') => {
    const words = `\n> ${[program, ...args].join(' ')}\n${Buffer.concat(said).toString()}${fault}`
    resolve({ words, isWell: status === 0 })
  }
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  child.once('error', (fault) => ended(null, fault.message))
  child.once('close', (status) => ended(status))
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

interface VitestFile {
  readonly name: string
  readonly message?: string
  readonly status?: string
  readonly assertionResults: readonly { status: string; fullName: string; failureMessages?: readonly string[] }[]
}

/** What the JSON report of Vitest says of each test that failed, and of each file that could not be run. */
export function failuresIn(report: string): string[] {
  const { testResults = [] } = JSON.parse(report) as { testResults?: readonly VitestFile[] }
  return testResults.flatMap(({ name, message = '', status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${name}\n${message}`] : []
    return failed.map((test) => `${name}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`)
  })
}

/** Runs a test runner with its output on the terminal, and counts by its report. */
export async function runTests(reportPath: string, read: ReportReader, [program, ...args]: Command): Promise<Tally> {
  const path = join(root, reportPath)
  rmSync(path, { force: true })
  console.log(`\n> ${[program, ...args].join(' ')}`)
  const { promise: endedWell, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' })
  child.once('error', (fault) => {
    console.error(fault.message)
    resolve(false)
  })
  child.once('close', (status) => resolve(status === 0))
  return tallyFrom(path, read, await endedWell)
}

const tallyFrom = (path: string, read: ReportReader, endedWell: boolean): Tally =>
  tallyOf(existsSync(path) ? readFileSync(path, 'utf8') : undefined, read, endedWell)

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
