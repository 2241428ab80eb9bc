import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { during } from './progress.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'out/built-from')
const sources = [
  'src-renderer',
  'src-main/shell',
  'shared',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
]
/** What the build must have left behind. */
const products = ['shared/i18n/compiled/messages.js', 'out/renderer/index.html']

/** The build failed; what it printed is in the message. */
export class BuildFault extends Error {
  override readonly name = 'BuildFault'
}

/** Compiles messages and builds the app, when anything they are made of is another than at the last build. */
export async function buildWhatIsStale(): Promise<void> {
  const digest = digestOfSources()
  if (products.every((path) => existsSync(join(root, path))) && readStamp() === digest) return
  await during('Compiling messages', () => run(['scripts/messages.ts']))
  await during('Building the app', () => run(['node_modules/electron-vite/bin/electron-vite.js', 'build']))
  writeFileSync(stampFile, digest)
}

const readStamp = (): string | undefined => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined)

function digestOfSources(): string {
  const digest = createHash('sha256')
  for (const source of sources)
    for (const path of filesIn(source))
      digest
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0')
  return digest.digest('hex')
}

/** Files below a path in a stable order, without what a build makes. */
function filesIn(path: string): string[] {
  if (!existsSync(join(root, path))) return []
  if (/\.\w+$/.test(path)) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[\\/]compiled([\\/]|$)|[\\/]cache([\\/]|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
}

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new BuildFault(`node ${args.join(' ')} ended with ${code}:\n${output.trim()}\nRun npm ci, then try again.`),
        )
    })
  })
}
