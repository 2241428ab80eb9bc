import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import { pdfjsAssets } from './scripts/pdfjs-assets.ts'
import { compressedAssets, installableApp } from './scripts/web-app.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // Main and preload are self-contained: the packaged app has no node_modules.
  main: {
    build: {
      outDir: at('out/main'),
      minify: true,
      externalizeDeps: false,
      rollupOptions: { input: { main: at('src-main/shell/main.ts') } },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      minify: true,
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { preload: at('src-main/shell/preload.ts') },
        // A sandboxed page loads its preload as CommonJS only.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    base: './',
    plugins: [svelte({ configFile: at('svelte.config.js') }), pdfjsAssets(), compressedAssets(), installableApp()],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rollupOptions: {
        input: {
          council: at('src-renderer/index.html'),
          watch: at('src-renderer/watch.html'),
          screen: at('src-renderer/screen.html'),
        },
        // Who imports the routes of a feature need not load the components that its index names as well.
        treeshake: { moduleSideEffects: [{ test: /\.svelte$|\/features\/[^/]+\/index\.ts$/, sideEffects: false }] },
        output: {
          codeSplitting: {
            groups: [
              // Dozens of small files that most pages share would each cost a way to the hub.
              {
                name: 'ui',
                test: /\/src-renderer\/ui\/(?!pdf\/)|\/shared\/i18n\/|\/node_modules\/(@lucide\/|svelte\/|bits-ui\/)/,
                minShareCount: 2,
              },
            ],
          },
        },
      },
    },
  },
})
