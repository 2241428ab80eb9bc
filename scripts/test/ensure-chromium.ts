import { findChromium, windowless } from '../chromium.ts'
import { runs } from './steps.ts'

const howTo = `There is no Chromium to test with. Any of these helps:
  apt-get install chromium-headless-shell   Debian's package, without windows
  apt-get install chromium                  the whole browser
  npx playwright install chromium           Playwright's own
  RATSSAAL_CHROMIUM=/path/to/chrome         one that is there`

/**
 * Makes sure that there is a browser, preferably one without windows; as root on Debian it installs that package. Says
 * how when it may not.
 */
export function ensureChromium(): boolean {
  const found = findChromium()
  if (found === windowless || process.env['RATSSAAL_CHROMIUM']) return true
  if (process.getuid?.() === 0 && runs('apt-get', 'update')) {
    // Without a font Chromium draws no letter.
    runs('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium-headless-shell', 'fonts-liberation')
  }
  if (findChromium()) return true
  console.error(howTo)
  return false
}
