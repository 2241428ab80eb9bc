/** Every text of a board stands in the font that the app ships. */
export const boardFont = "'Inter Variable', 'Inter', sans-serif"
/** Height of a line, as a share of the size of its letters. */
export const lineHeight = 1.3

let ruler: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null | undefined

/** Width of a text in the page's units. */
function widthOf(text: string, size: number): number {
  ruler ??= new OffscreenCanvas(1, 1).getContext('2d')
  if (!ruler) return text.length * size * 0.55
  ruler.font = `${size}px ${boardFont}`
  return ruler.measureText(text).width
}

/** Breaks a text into lines of at most a width; words that are longer are broken within. */
export function linesOf(text: string, width: number, size: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(/(?<=\s)/u)) {
      if (line !== '' && widthOf((line + word).trimEnd(), size) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += word
      while (widthOf(line.trimEnd(), size) > width && line.length > 1) {
        const fit = lettersWithin(line, width, size)
        lines.push(line.slice(0, fit))
        line = line.slice(fit)
      }
    }
    return [...lines, line.trimEnd()]
  })
}

function lettersWithin(line: string, width: number, size: number): number {
  let [low, high] = [1, line.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (widthOf(line.slice(0, middle), size) <= width) low = middle
    else high = middle - 1
  }
  return low
}

/** The largest of some sizes at which a text fits a box, or the smallest. */
export function sizeToFit(text: string, width: number, height: number, sizes: readonly number[]): number {
  const fits = (size: number): boolean => linesOf(text, width, size).length * size * lineHeight <= height
  return sizes.find(fits) ?? sizes.at(-1)!
}
