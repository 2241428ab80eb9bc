import { buildWhatIsStale } from './start/build.ts'
import { ensureChromium } from './test/ensure-chromium.ts'
import { ensureFfmpeg } from './test/ensure-ffmpeg.ts'
import { failuresOf, readPlaywright, readVitest, runTests, sumOf, tallyToLine } from './test/steps.ts'

/** Everything that has to hold besides tests. A failed check counts as a failed test. */
const checks: readonly (readonly [string, ...string[]])[] = [
  ['node', 'scripts/check.ts'],
  ['eslint', '.'],
  ['depcruise', 'shared', 'src-main', 'src-renderer', 'scripts', '--config', '.dependency-cruiser.cjs'],
  ['knip'],
  ['prettier', '--check', '.'],
]

if (!ensureChromium()) process.exit(1)
ensureFfmpeg()
console.log('Types, lint, layers, unused code and format ...')
const failed = await failuresOf(checks)
const unbuilt = await buildWhatIsStale().then(
  () => 0,
  (fault: unknown) => {
    console.error(fault instanceof Error ? fault.message : fault)
    return 1
  },
)
const sum = sumOf([
  { passed: 0, failed: failed + unbuilt, skipped: 0 },
  runTests(
    'test-results/vitest.json',
    readVitest,
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/vitest.json',
  ),
  runTests('test-results/journeys.json', readPlaywright, 'playwright', 'test', '--config', 'e2e/playwright.config.ts'),
])
console.log(tallyToLine(sum))
process.exitCode = sum.failed > 0 ? 1 : 0
