import { constants } from 'node:zlib'
import type { Plugin } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import { VitePWA } from 'vite-plugin-pwa'
import { viteStaticCopy } from 'vite-plugin-static-copy'

/**
 * Makes the app installable where a hub serves it, and able to start without network: a manifest, icons, and a service
 * worker that keeps the app's own files and nothing else. Answers of the hub (`/api`, `/db`, `/files`) lie outside of
 * what it keeps; they are the data worker's. The desktop app never registers it.
 */
export const installableApp = (): Plugin[] => [
  ...viteStaticCopy({
    targets: [
      {
        src: '../resources/icons/{icon.svg,web-*.png,apple-touch-*.png,512x512.png}',
        dest: 'icons',
        rename: { stripBase: true },
      },
    ],
  }),
  ...VitePWA({
    registerType: 'prompt',
    // The app registers it: there is no inline script under its policy.
    injectRegister: false,
    manifest: {
      id: '/app/',
      name: 'Ratssaal',
      short_name: 'Ratssaal',
      lang: 'de',
      start_url: './',
      scope: './',
      display: 'standalone',
      theme_color: '#1f5587',
      background_color: '#f5f5f2',
      icons: [
        { src: 'icons/web-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icons/512x512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icons/web-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    workbox: {
      globPatterns: ['**/*'],
      globIgnores: ['**/*.{map,br}'],
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      // Assets carry a digest of their content in their names.
      dontCacheBustURLsMatching: /^assets\//,
      navigateFallback: 'index.html',
      // Every address of the other pages has a query of its own.
      ignoreURLParametersMatching: [/.*/],
      clientsClaim: true,
      skipWaiting: false,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  }),
]

/** Compresses assets once, where a hub would do it for every device that starts; beside them, as Brotli (RFC 7932). */
export const compressedAssets = (): Plugin =>
  compression({
    include: /\.(?:css|js|mjs|svg|ttf|wasm)$/,
    threshold: 1024,
    algorithms: [defineAlgorithm('brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })],
  })
