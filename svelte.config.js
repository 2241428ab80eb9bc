import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    warningFilter: (warning) => !warning.filename?.includes('node_modules'),
  },
  onwarn: (warning, handler) => {
    if (warning.code.startsWith('a11y')) throw new Error(`${warning.filename}: ${warning.message}`)
    handler?.(warning)
  },
}
