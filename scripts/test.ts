import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWhatIsStale, root } from './start/build.ts'
import { ensurePrograms } from './test/ensure-programs.ts'
import { makeMemoryFolder } from './test/memory-folder.ts'
import { failuresIn, failuresOf, readPlaywright, readVitest, runTests, sumOf, tallyToLine } from './test/steps.ts'

/** Everything that has to hold besides tests, in two queues that take equally long. A failed check counts as a failed test. */
const checks = [
  [['eslint', 'src-renderer']],
  [
    ['eslint', '.', '--ignore-pattern', 'src-renderer'],
    ['node', 'scripts/check.ts'],
    ['depcruise', 'shared', 'src-main', 'src-renderer', 'scripts', '--config', '.dependency-cruiser.cjs'],
    ['knip'],
    ['prettier', '--check', '.'],
  ],
] as const

// Hubs, runners and compilers are started over and over: each compiles its own modules but once.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/compiled')
if (!ensurePrograms()) process.exit(1)
const unbuilt = await buildWhatIsStale().then(
  () => [],
  (fault: unknown) => [fault instanceof Error ? fault.message : String(fault)],
)
const memory = makeMemoryFolder()
const checking = failuresOf(checks)
if (memory !== undefined) {
  process.env['TMPDIR'] = memory
  process.once('exit', () => rmSync(memory, { recursive: true, force: true }))
}
console.log('Types, lint, layers, unused code and format are checked beside the tests, and told when they are done.')
const report = 'test-results/vitest.json'
const tests = await runTests(report, readVitest, [
  'vitest',
  'run',
  ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
])
const journeys = await runTests('test-results/journeys.json', readPlaywright, [
  'playwright',
  ...['test', '--config', 'e2e/playwright.config.ts'],
])
const failures = [...unbuilt, ...(await checking)]
const sum = sumOf([{ passed: 0, failed: failures.length, skipped: 0 }, tests, journeys])
// Told once more where it is looked for: the runners have said much since.
const failedTests = existsSync(report) ? failuresIn(readFileSync(report, 'utf8')) : []
for (const failure of [...failures, ...failedTests]) console.log(failure)
console.log(tallyToLine(sum))
process.exitCode = sum.failed > 0 ? 1 : 0
