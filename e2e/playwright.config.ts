import { defineConfig } from '@playwright/test'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HostOptions } from './fixtures/test.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const realElectron = process.env['RATSSAAL_ELECTRON']

// The npm package `electron`, which Playwright asks for the binary, resolves to this folder.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] = realElectron ? dirname(realElectron) : at('fixtures/desktop')

/** The same journeys on every host. `@real-only` marks those about what the stand-in does not have. */
export default defineConfig<HostOptions>({
  testDir: 'journeys',
  globalSetup: './fixtures/hub/demo-town.ts',
  outputDir: at('../test-results/journeys'),
  reporter: [['line'], ['json', { outputFile: at('../test-results/journeys.json') }]],
  fullyParallel: true,
  // One more than small machines have processors: who waits for a hub or a browser leaves theirs free.
  workers: 3,
  forbidOnly: Boolean(process.env['CI']),
  // How long a busy machine may take: nothing waits longer than it has to.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // A trace (`--trace retain-on-failure`) costs a third of the time of a run.
  use: { screenshot: 'only-on-failure', actionTimeout: 60_000 },
  projects: [
    { name: 'web', use: { host: 'web' }, grepInvert: /@desktop|@real-only/ },
    realElectron
      ? { name: 'electron', use: { host: 'desktop' }, grepInvert: /@web/ }
      : { name: 'desktop', use: { host: 'desktop' }, grepInvert: /@web|@real-only/ },
  ],
})
