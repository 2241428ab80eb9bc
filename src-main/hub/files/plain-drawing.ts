import { open } from 'node:fs/promises'
import sax from 'sax'

// Pictures are values of attributes; how large a file may be is known before.
sax.MAX_BUFFER_LENGTH = Infinity

const namespace = 'http://www.w3.org/2000/svg'
const number = /^-?[\d.e+-]{1,40}%?$/
const colour = /^(?:#[\da-f]{3,8}|[a-z]{1,20})$/i
const word = /^[\w ,.-]{1,200}$/
const anything = /^/
/** What a drawing consists of, and what may stand there: nothing that leads elsewhere, moves or runs. */
const attributes: Readonly<Record<string, RegExp>> = {
  __proto__: null as never,
  ...{ xmlns: new RegExp(`^${namespace}$`), viewBox: /^[\d.e\s+-]{1,200}$/, role: /^img$/, 'aria-label': anything },
  ...{ x: number, y: number, width: number, height: number, d: /^[\d.,e\sMLHVCSQTAZ+-]*$/i },
  ...{ fill: colour, 'fill-opacity': number, stroke: colour, 'stroke-width': number },
  ...{ 'stroke-linecap': word, 'stroke-linejoin': word, 'font-family': word, 'font-size': number },
  ...{ transform: /^[\d.,e\s+-]*(?:(?:translate|rotate|scale)\([\d.,e\s+-]*\)\s*)*$/, preserveAspectRatio: word },
  href: /^data:image\/(?:png|jpeg);base64,[\w+/]*={0,2}$/,
}
const elements: ReadonlySet<string> = new Set('svg title desc g rect path text tspan image'.split(' '))

const isPlain = (name: string, values: Readonly<Record<string, string>>): boolean =>
  elements.has(name) &&
  Object.entries(values).every(([attribute, value]) => attributes[attribute]?.test(value) === true)

/**
 * Whether a file is SVG that is a drawing and no more: well-formed UTF-8 that holds lines, areas, words and pictures,
 * and neither scripts, styles, references nor declarations.
 */
export async function isPlainDrawing(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parser = sax.parser(true, { strictEntities: true })
  let place: 'before' | 'inside' | 'after' = 'before'
  let fault = false
  const refuse = (): void => void (fault = true)
  Object.assign(parser, { onerror: refuse, ondoctype: refuse, onprocessinginstruction: refuse, onopencdata: refuse })
  parser.onopentag = ({ name, attributes: values }) => {
    const isRoot = name === 'svg' && values['xmlns'] === namespace
    const isExpected = place === 'before' ? isRoot : place === 'inside' && name !== 'svg'
    if (!isExpected || !isPlain(name, values)) refuse()
    place = 'inside'
  }
  parser.onclosetag = (name) => {
    if (name === 'svg') place = 'after'
  }
  const handle = await open(path, 'r')
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      const part = decoder.decode(chunk as Uint8Array, { stream: true })
      // eslint-disable-next-line no-control-regex -- what XML 1.0, production 2, leaves out
      if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(part)) return false
      parser.write(part)
      if (fault) return false
    }
    decoder.decode()
    parser.close()
    return !fault && (place as string) === 'after'
  } catch (thrown) {
    if (thrown instanceof TypeError || thrown === parser.error) return false
    throw thrown
  } finally {
    await handle.close()
  }
}
