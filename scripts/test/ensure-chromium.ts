import { findChromium } from '../chromium.ts'
import { runs } from './steps.ts'

const howTo = `There is no Chromium to test with. Any of these helps:
  apt-get install chromium             Debian's package
  npx playwright install chromium      Playwright's own
  RATSSAAL_CHROMIUM=/path/to/chrome    one that is there`

/** Makes sure that there is a browser; as root on Debian it installs the package. Says how when it may not. */
export function ensureChromium(): boolean {
  if (findChromium()) return true
  if (process.getuid?.() === 0 && runs('apt-get', 'update')) {
    // Without a font Chromium draws no letter.
    runs('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation')
    if (findChromium()) return true
  }
  console.error(howTo)
  return false
}
