import { compile } from '@inlang/paraglide-js'
import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(`../shared/i18n/${path}`, import.meta.url))

/** Compiles `shared/i18n/messages` into functions. */
export async function compileMessages(): Promise<void> {
  await compile({
    project: at('project.inlang'),
    outdir: at('compiled'),
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'locale-modules',
    emitReadme: false,
  })
}

if (import.meta.main) {
  await compileMessages()
  // The compiler leaves timers of half a minute behind.
  process.exit()
}
