import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'

const built = new Map<string, Promise<string>>()

/**
 * Builds pages that tests open in a browser; all test files of a process share them. They are gone with the process.
 *
 * @param folder absolute path of the folder in which the pages are
 * @param pages their names in it, with `.html`
 * @returns the folder with what was built
 */
export function builtPages(folder: string, pages: readonly string[]): Promise<string> {
  const key = [folder, ...pages].join('\n')
  const known = built.get(key) ?? buildPages(folder, pages)
  built.set(key, known)
  return known
}

async function buildPages(folder: string, pages: readonly string[]): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-page-'))
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    base: './',
    plugins: [svelte({ configFile: fileURLToPath(new URL('../../svelte.config.js', import.meta.url)) })],
    worker: { format: 'es' },
    build: {
      ...{ outDir, emptyOutDir: true, target: 'es2022' },
      // Nobody downloads it.
      ...{ reportCompressedSize: false, chunkSizeWarningLimit: Infinity },
      rollupOptions: { input: pages.map((page) => join(folder, page)) },
    },
  })
  return outDir
}
