import type { Layout } from '../capture-contract.ts'

/** In pixels of the picture. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the main source lies, and the one beside it. */
export function rectanglesOf(layout: Layout, width: number, height: number): [Rectangle, Rectangle?] {
  const whole: Rectangle = { x: 0, y: 0, width, height }
  if (layout === 'one') return [whole]
  if (layout === 'inset') {
    const margin = height * 0.04
    const [wide, high] = [width * 0.28, height * 0.28]
    return [whole, { x: width - wide - margin, y: margin, width: wide, height: high }]
  }
  const left = width * 0.62
  return [
    { ...whole, width: left },
    { x: left, y: 0, width: width - left, height },
  ]
}

/** The largest rectangle of a picture's shape in the middle of another. */
export function fitInside(width: number, height: number, { x, y, width: wide, height: high }: Rectangle): Rectangle {
  const scale = Math.min(wide / width, high / height)
  const [fittedWidth, fittedHeight] = [width * scale, height * scale]
  return { x: x + (wide - fittedWidth) / 2, y: y + (high - fittedHeight) / 2, width: fittedWidth, height: fittedHeight }
}

/** Text in lines of at most `width`; what does not fit into `most` lines ends in an ellipsis. */
export function wrapText(text: string, width: number, most: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const shown = lines.slice(0, most)
  const isWhole = lines.length <= most
  return shown.map((line, index) =>
    index < most - 1 || (isWhole && measure(line) <= width) ? line : cut(line, width, measure),
  )
}

function cut(line: string, width: number, measure: (text: string) => number): string {
  let short = line
  while (short.length > 0 && measure(`${short}…`) > width) short = short.slice(0, -1)
  return `${short.trimEnd()}…`
}
