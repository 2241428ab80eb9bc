/** Compiles `shared/i18n/messages` into functions. Whoever reads the old ones meanwhile finds files missing. */
import { compile } from '@inlang/paraglide-js'
import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(`../shared/i18n/${path}`, import.meta.url))

await compile({
  project: at('project.inlang'),
  outdir: at('compiled'),
  strategy: ['globalVariable', 'baseLocale'],
  outputStructure: 'locale-modules',
  emitReadme: false,
})
// The compiler leaves timers of half a minute behind.
process.exit()
