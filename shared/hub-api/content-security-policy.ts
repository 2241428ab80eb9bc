/**
 * The policy of every page of the app, wherever it comes from: its own files alone, and one hub to speak to.
 * Three concessions: `'wasm-unsafe-eval'`, as WebAssembly decodes the images of scans in PDFs and encodes sound; workers
 * of the app's own bytes (`blob:`), which is how the encoder of sound comes; and style attributes, which are those of its
 * components.
 * Source: W3C Content Security Policy Level 3.
 *
 * @param hub Origin of the hub where it is not the page's own, such as `https://192.168.1.20:8443`.
 */
export function contentSecurityPolicy(hub?: string): string {
  const hubs = hub ? ` ${hub} ${hub.replace(/^http/, 'ws')}` : ''
  return [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `worker-src 'self' blob:`,
    `style-src 'self'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `media-src 'self' blob:`,
    `connect-src 'self'${hubs}`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
