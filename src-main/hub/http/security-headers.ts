import type { FastifyInstance } from 'fastify'

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

const shut = { 'default-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'" }

/** Server-rendered pages: nothing from elsewhere, no inline script, no inline style. */
const sitePolicy = policy({
  ...shut,
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'media-src': "'self' blob:",
  'manifest-src': "'self'",
  'form-action': "'self'",
})

/** The app: WebAssembly decodes scans in PDFs; style attributes are those of its components. */
const appPolicy = policy({
  ...shut,
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'media-src': "'self' blob:",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
})

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
