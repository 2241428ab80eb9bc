import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import { findChromium, sandboxArguments } from '../../../scripts/chromium.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** Builds the page that stands for a window; the folder is for `startFront`. */
export async function buildDevicePage(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-page-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    base: './',
    plugins: [svelte({ configFile: at('svelte.config.js') })],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: {
        input: [join(folder, 'device.html'), join(folder, 'replication.html'), join(folder, 'room.html')],
      },
    },
  })
  return outDir
}

export const launchBrowser = (): Promise<Browser> => {
  const executablePath = findChromium()
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: sandboxArguments() })
}
