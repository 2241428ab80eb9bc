import { expect, test } from 'vitest'
import { completeLockfile, missingPackages, readLockfile } from './lockfile.ts'

test('the lock file holds the packages of every platform, as `npm ci` asks', () => {
  expect(missingPackages(readLockfile()).map(({ path }) => path)).toEqual([])
})

test('a platform package that npm left out is put in again, for its platform alone', () => {
  const parent = { version: '2.0.0', dev: true, optionalDependencies: { 'tool-win32-arm64': '2.0.0' } }
  const { packages } = completeLockfile({ packages: { 'node_modules/tool': parent } })
  expect(packages['node_modules/tool-win32-arm64']).toEqual({
    version: '2.0.0',
    cpu: ['arm64'],
    dev: true,
    optional: true,
    os: ['win32'],
  })
})

test('what is no platform package is for npm to find', () => {
  const lockfile = { packages: { '': { optionalDependencies: { tool: '^2.0.0' } } } }
  expect(() => completeLockfile(lockfile)).toThrow('node_modules/tool')
})
