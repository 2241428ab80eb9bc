import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/**
 * Debian's Chromium without windows, itself rather than the script that starts it and would not end with it: it starts in
 * half the time of the whole browser and needs half the processor.
 */
export const windowless = '/usr/lib/chromium/chromium-headless-shell'

const places = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
]

/**
 * A Chromium to test with: `RATSSAAL_CHROMIUM`, then Debian's without windows, Playwright's own, Chrome, Debian's;
 * undefined when there is none.
 */
export function findChromium(): string | undefined {
  const named = process.env['RATSSAAL_CHROMIUM']
  if (named) {
    if (!existsSync(named)) throw new Error(`RATSSAAL_CHROMIUM names ${named}, but there is no such file`)
    return named
  }
  return [windowless, chromium.executablePath(), ...places].find((path) => path && existsSync(path))
}

/** Chromium's sandbox cannot run as root, and a closed network makes its background requests fail noisily. */
export function sandboxArguments(): string[] {
  const root = process.getuid?.() === 0
  return [
    ...(root ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ]
}

/** Cameras and microphones are Chromium's own, which film and hum; it lets pages have them without asking. */
export const fakeDevices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
