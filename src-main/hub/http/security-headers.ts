import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy } from '../../../shared/hub-api/content-security-policy.ts'

const appPolicy = contentSecurityPolicy()

/** Server-rendered pages: nothing from elsewhere, no inline script, no inline style. */
const sitePolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `media-src 'self' blob:`,
  `manifest-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

const headersUnder = (policy: string, { strictTransport }: Transport): readonly (readonly [string, string])[] => [
  ['content-security-policy', policy],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=()'],
  ...(strictTransport ? [['strict-transport-security', 'max-age=31536000'] as const] : []),
]

export interface Transport {
  /** Everybody reaches the hub by a certificate of trust. */
  readonly strictTransport: boolean
}

/** What a browser may do with everything of this hub but the app: names and values of headers. */
export const siteHeaders = (transport: Transport): readonly (readonly [string, string])[] =>
  headersUnder(sitePolicy, transport)

/** Says with every answer what a browser may do with it. */
export function setSecurityHeaders(app: FastifyInstance, transport: Transport): void {
  const [ofApp, ofSite] = [headersUnder(appPolicy, transport), siteHeaders(transport)]
  app.addHook('onRequest', async (request, reply) => {
    const isApp = /^\/app(?:[/?]|$)/.test(request.url)
    for (const [name, value] of isApp ? ofApp : ofSite) void reply.header(name, value)
  })
}
