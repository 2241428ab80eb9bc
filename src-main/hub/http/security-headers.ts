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

/** What a browser may do with answers of this hub. `strictTransport`: everybody reaches it by a certificate of trust. */
export function setSecurityHeaders(app: FastifyInstance, { strictTransport }: { strictTransport: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    const isApp = /^\/app(?:[/?]|$)/.test(request.url)
    reply
      .header('content-security-policy', isApp ? appPolicy : sitePolicy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('cross-origin-opener-policy', 'same-origin')
      .header('permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=()')
    if (strictTransport) reply.header('strict-transport-security', 'max-age=31536000')
  })
}
