import { findChromium, windowless } from '../chromium.ts'
import { findFfmpeg } from '../ffmpeg.ts'
import { findNginx } from '../nginx.ts'
import { findSwift } from '../swift.ts'
import { runs } from './steps.ts'

/** A program that tests use, and Debian has. */
interface Program {
  /** Whether it is there, and no better one could be installed. */
  readonly isThere: () => boolean
  readonly packages: readonly string[]
  /** What is said where it can be neither found nor installed. */
  readonly missing: string
}

const chromium: Program = {
  isThere: () => findChromium() === windowless || Boolean(process.env['RATSSAAL_CHROMIUM']),
  // Without a font Chromium draws no letter.
  packages: ['chromium-headless-shell', 'fonts-liberation'],
  missing: `There is no Chromium to test with. Any of these helps:
  apt-get install chromium-headless-shell   Debian's package, without windows
  apt-get install chromium                  the whole browser
  npx playwright install chromium           Playwright's own
  RATSSAAL_CHROMIUM=/path/to/chrome         one that is there`,
}

/** Without these, the tests that need them are counted as skipped. */
const others: readonly Program[] = [
  {
    isThere: findFfmpeg,
    packages: ['ffmpeg'],
    missing: 'There is no ffmpeg: tests that decode what is transmitted are skipped. apt-get install ffmpeg helps.',
  },
  {
    isThere: () => findNginx() !== undefined,
    packages: ['nginx-light'],
    missing: 'There is no nginx: its example configuration is not tested. apt-get install nginx-light helps.',
  },
  {
    isThere: () => findSwift() !== undefined,
    // The library alone starts no service.
    packages: ['python3-swift'],
    missing:
      'There is no server that speaks S3: recordings in one are not tested. apt-get install python3-swift helps.',
  },
]

/**
 * Makes sure of the programs that tests use; as root on Debian it installs what is missing. Says how where it may not.
 *
 * @returns whether there is a browser, without which nothing is worth a start
 */
export function ensurePrograms(): boolean {
  const missing = [chromium, ...others].filter(({ isThere }) => !isThere())
  if (missing.length > 0 && process.getuid?.() === 0 && runs('apt-get', 'update'))
    for (const { packages } of missing) runs('apt-get', 'install', '--yes', '--no-install-recommends', ...packages)
  for (const { isThere, missing } of others) if (!isThere()) console.error(missing)
  const isReady = findChromium() !== undefined
  if (!isReady) console.error(chromium.missing)
  return isReady
}
