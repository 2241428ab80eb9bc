import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'
import { pdfjsAssets } from './scripts/pdfjs-assets.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  renderer: {
    root: at('src-renderer'),
    base: './',
    plugins: [svelte({ configFile: at('svelte.config.js') }), pdfjsAssets()],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rollupOptions: { input: { council: at('src-renderer/index.html') } },
    },
  },
})
