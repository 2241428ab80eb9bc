import { expect, test } from 'vitest'
import { failuresIn, failuresOf, readPlaywright, readVitest, sumOf, tallyOf, tallyToLine } from './steps.ts'

test('sums what both runners report', () => {
  const vitest = JSON.stringify({ numPassedTests: 40, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })
  const playwright = JSON.stringify({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 3 } })
  const sum = sumOf([tallyOf(vitest, readVitest, false), tallyOf(playwright, readPlaywright, false)])
  expect(tallyToLine(sum)).toBe('47 passed, 3 failed, 6 skipped')
})

test('a runner that crashed, or ended badly without a failed test, is a failure', () => {
  expect(tallyOf(undefined, readVitest, false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOf(undefined, readVitest, true)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  const report = JSON.stringify({ numPassedTests: 5, numFailedTests: 0 })
  expect(tallyOf(report, readVitest, false)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  expect(tallyOf(report, readVitest, true)).toEqual({ passed: 5, failed: 0, skipped: 0 })
})

test('of programs side by side, those that ended badly are told by what they said', async () => {
  const failures = await failuresOf([
    [[process.execPath, '-e', 'console.log("well")'], ['a-program-that-is-nowhere']],
    [[process.execPath, '-e', 'console.log("three faults"); process.exit(3)']],
  ])
  expect(failures).toHaveLength(2)
  expect(failures[0]).toContain('a-program-that-is-nowhere')
  expect(failures[1]).toContain('three faults')
})

test('tests that failed are told with their file, and files that could not be run', () => {
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['expected 3'] }
  const testResults = [
    {
      name: 'a.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [failed, { status: 'passed', fullName: 'b' }],
    },
    { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    { name: 'd.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed', fullName: 'e' }] },
  ]
  expect(failuresIn(JSON.stringify({ testResults }))).toEqual([
    'a.test.ts: adds up\nexpected 3',
    'c.test.ts\nno such module',
  ])
})
