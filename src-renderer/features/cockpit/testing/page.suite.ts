import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { findChromium, sandboxArguments } from '../../../../scripts/chromium.ts'
import { builtPages } from '../../../../scripts/test/built-pages.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const types: Readonly<Record<string, string>> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' },
}

/** Builds the page that shows a cockpit over a real log, and serves it on a free port. */
export async function startCockpitPage(): Promise<{ origin: string; close(): Promise<void> }> {
  const outDir = await builtPages(folder, ['cockpit.html'])
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
