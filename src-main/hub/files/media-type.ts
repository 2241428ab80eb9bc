import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { isPlainDrawing } from './plain-drawing.ts'

const text = ['text/plain', 'text/csv']
const office = [
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]
/** Drawings that bring nothing along; what else SVG can be, with scripts, stays outside. */
const drawing = 'image/svg+xml'
/** What browsers show without running anything that it brings along; SVG is not among them, whatever it is. */
const shown = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'image/gif']

/** Types that the hub accepts and serves; everything else stays outside. */
export const acceptedTypes: ReadonlySet<string> = new Set([...shown, ...office, ...text, drawing])

/** Whether a browser may show the type in its own window; the others are downloads. */
export const isShownInline = (type: string): boolean => shown.includes(type)

/**
 * The type of a file by its content; undefined when it is none of the accepted. Plain text and comma separated values
 * look alike: both are `text/plain` here.
 */
export async function detectMediaType(path: string): Promise<string | undefined> {
  const detected = await fileTypeFromFile(path)
  if (detected) return acceptedTypes.has(detected.mime) ? detected.mime : undefined
  if (await isPlainText(path)) return 'text/plain'
  return (await isPlainDrawing(path)) ? drawing : undefined
}

/** Whether a file is UTF-8 without control characters and no markup that a browser could take for a page. */
async function isPlainText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const handle = await open(path, 'r')
  let isFirst = true
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      const part = decoder.decode(chunk as Uint8Array, { stream: true })
      // eslint-disable-next-line no-control-regex -- control characters are what tells text from bytes
      if (/[\u0000-\u0008\u000e-\u001f]/.test(part)) return false
      if (isFirst && part.trimStart().startsWith('<')) return false
      isFirst = false
    }
    decoder.decode()
    return !isFirst
  } catch (thrown) {
    if (thrown instanceof TypeError) return false
    throw thrown
  } finally {
    await handle.close()
  }
}
