import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * npm leaves packages for other platforms out of the lock file when it makes it beside an installed `node_modules`
 * (npm/cli#4828), and `npm ci` then refuses the file, here and everywhere. This puts them in again.
 */
interface LockedPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
export interface Lockfile {
  packages: Record<string, LockedPackage & Readonly<Record<string, unknown>>>
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const exactVersion = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/

/** Optional packages that the lock file names without holding them: where they belong, and what asks for them. */
export function missingPackages(lockfile: Lockfile): { path: string; version: string; parent: LockedPackage }[] {
  return Object.entries(lockfile.packages).flatMap(([place, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name]) => !ancestorsOf(place).some((folder) => `${folder}node_modules/${name}` in lockfile.packages))
      .map(([name, version]) => ({ path: `node_modules/${name}`, version, parent })),
  )
}

/** Where Node looks for a package that a package needs, the nearest first. */
function ancestorsOf(place: string): string[] {
  const parts = place.split('/node_modules/')
  const nested = parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/`)
  return place === '' ? [''] : [...nested, '']
}

/** Entries for what is missing. Platform packages are named by their platform; npm fetches only those that fit. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const packages = { ...lockfile.packages }
  for (const { path, version, parent } of missingPackages(lockfile)) {
    const os = systems.find((system) => path.includes(`-${system}`))
    const cpu = /-(x64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64|wasm32)\b/.exec(path)?.[1]
    if (!exactVersion.test(version) || !cpu)
      throw new Error(`${path} is missing in package-lock.json and is no platform package: run npm install for it`)
    packages[path] = {
      version,
      cpu: [cpu],
      ...(parent.dev ? { dev: true } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lockfile, packages: Object.fromEntries(sorted) }
}

export const lockfilePath = fileURLToPath(new URL('../package-lock.json', import.meta.url))
export const readLockfile = (): Lockfile => JSON.parse(readFileSync(lockfilePath, 'utf8')) as Lockfile

if (import.meta.main) writeFileSync(lockfilePath, `${JSON.stringify(completeLockfile(readLockfile()), null, 2)}\n`)
