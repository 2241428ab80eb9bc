import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'
import { builtPages } from '../../../scripts/test/built-pages.ts'

/** The pages that stand for a window; the folder is for `startFront`. */
export const devicePages = (): Promise<string> =>
  builtPages(fileURLToPath(new URL('.', import.meta.url)), ['device.html', 'replication.html', 'room.html'])

/** @param more arguments beside those that every test needs */
export const launchBrowser = (more: readonly string[] = []): Promise<Browser> => {
  const executablePath = findChromium()
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...sandboxArguments(), ...more] })
}
