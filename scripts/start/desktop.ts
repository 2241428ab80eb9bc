import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build.ts'
import { during } from './progress.ts'

const electron = join(root, 'node_modules/electron')
const fetchSeconds = 45

/** The program of the desktop app, or in plain words why there is none. */
export type Desktop = { readonly binary: string } | { readonly missing: string }

/** Finds Electron's binary, and tries once to fetch it where there is none. Never fails. */
export async function findDesktop(environment: Readonly<Record<string, string | undefined>>): Promise<Desktop> {
  const unusable = whyUnusable(environment)
  if (unusable) return { missing: unusable }
  const found = installedBinary(environment)
  if (found) return { binary: found }
  if (!existsSync(join(electron, 'install.js'))) return { missing: 'the package electron is not installed' }
  const fetched = await during('Fetching the desktop app (Electron)', fetchElectron).catch(() => false)
  const binary = fetched ? installedBinary(environment) : undefined
  return binary ? { binary } : { missing: `its program could not be fetched within ${fetchSeconds} seconds` }
}

function whyUnusable(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (environment['ELECTRON_OVERRIDE_DIST_PATH']) return undefined
  if (process.platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY'])
    return 'there is no graphical display'
  // Chromium refuses to work without its sandbox, and its sandbox does not work for root.
  if (process.getuid?.() === 0) return 'it does not run as root'
  return undefined
}

function installedBinary(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const pathFile = join(electron, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = join(environment['ELECTRON_OVERRIDE_DIST_PATH'] || join(electron, 'dist'), name)
  return existsSync(binary) ? binary : undefined
}

function fetchElectron(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(electron, 'install.js')], {
      stdio: 'ignore',
      timeout: fetchSeconds * 1000,
    })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}

/** Opens the desktop app on a hub of this machine. */
export function openDesktop(binary: string, origin: string): ChildProcess {
  return spawn(binary, [root], { stdio: 'ignore', env: { ...process.env, RATSSAAL_HUB: origin } })
}

/** Quits the desktop app and waits for its end: it may ask its person about unsaved work. */
export async function endDesktop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

/** Opens an address in the browser of the system; false when there is no program for it. */
export function openBrowser(address: string): Promise<boolean> {
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }
  const [program, ...args] = openers[process.platform] ?? ['xdg-open']
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
    child.on('error', () => resolve(false))
    child.on('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
