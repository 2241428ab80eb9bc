import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import { findChromium, sandboxArguments } from '../../../../scripts/chromium.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' },
}

/** Builds the page that shows a cockpit over a real log, and serves it on a free port. */
export async function startCockpitPage(): Promise<{ origin: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'ratssaal-cockpit-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    base: './',
    plugins: [svelte({ configFile: fileURLToPath(new URL('../../../../svelte.config.js', import.meta.url)) })],
    build: {
      ...{ outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: join(folder, 'cockpit.html') } },
      // Nobody downloads it.
      ...{ minify: false, reportCompressedSize: false, chunkSizeWarningLimit: Infinity },
    },
  })
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    readFile(join(outDir, path)).then(
      (body) => answer.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body),
      () => answer.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const launchBrowser = (): Promise<Browser> => {
  const executablePath = findChromium()
  const args = [...sandboxArguments(), '--autoplay-policy=document-user-activation-required']
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
}
