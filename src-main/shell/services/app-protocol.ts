import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { contentSecurityPolicy } from '../../../shared/hub-api/content-security-policy.ts'

const origin = 'app://desk'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Address of a screen, such as `/meetings/meeting:01J…`, inside the app. */
export const appUrl = (path: string): string => `${origin}/#${path}`

/** Address of another page of the app than that of its screens. */
export const appPageUrl = (page: string): string => `${origin}/${page}`

export const isAppUrl = (url: string): boolean => url === origin || url.startsWith(`${origin}/`)

/** Makes `app:` a secure scheme with an origin of its own. Call before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Serves the built renderer in `folder` as `app://desk`, under a policy that names the hub of the moment. */
export function serveApp(folder: string, hub: () => string | undefined): () => void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.host !== 'desk') return new Response(null, { status: 404 })
    const file = fileWithin(folder, url.pathname)
    const bytes = file && (await readFile(file).catch(() => undefined))
    if (!bytes) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy(hub()),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    })
  })
  return () => protocol.unhandle('app')
}

/** The file behind a path of the app; undefined for one that leads out of the folder. */
export function fileWithin(folder: string, pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
    const file = normalize(join(folder, path))
    return file.startsWith(normalize(folder) + sep) && !path.includes('\0') ? file : undefined
  } catch {
    return undefined
  }
}
