import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parentPort, type MessagePort } from 'node:worker_threads'
import type { MissingLetters, TypesetAnswer, TypesetJob } from './typesetter.ts'

const fonts = [
  import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf'),
]

const template = readFileSync(new URL('./minutes.typ', import.meta.url), 'utf8')
/** Fonts that are named here stand before the system's, and the template allows no others. */
const compiler = NodeCompiler.create({
  workspace: fileURLToPath(new URL('.', import.meta.url)),
  fontArgs: [{ fontPaths: fonts.map((font) => fileURLToPath(font)) }],
})

parentPort?.on('message', ({ job, port }: { job: TypesetJob; port: MessagePort }) => port.postMessage(set(job)))

function set({ data, standard }: TypesetJob): TypesetAnswer {
  try {
    const { result } = compiler.compile({ mainFileContent: template, inputs: { data } })
    if (!result) return { fault: true }
    return { pdf: new Uint8Array(compiler.pdf(result, { pdfStandard: standard })) }
  } catch (fault) {
    return missingLetters(String(fault)) ?? { fault: true }
  } finally {
    // The compiler remembers everything it set otherwise.
    compiler.evictCache(0)
  }
}

/** The compiler says what it misses in words alone, as Rust writes a string within a string. */
function missingLetters(message: string): MissingLetters | undefined {
  const named = [...message.matchAll(/(?:the text|codepoint) `\\"(.+?)\\"`/gu)]
  if (named.length === 0) return undefined
  const letters = named.map(([, letter = '']) =>
    letter.replace(/\\+u\{([0-9a-f]+)\}/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16))),
  )
  return { letters: [...new Set(letters)] }
}
