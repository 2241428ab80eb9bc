/**
 * Reads which pages somebody means, as in dialogs for printing: `1-3, 7`, in any order, each once.
 * @returns the pages from 1 in their order; undefined where a part is no page of these
 */
export function readPageList(text: string, count: number): number[] | undefined {
  const pages = new Set<number>()
  for (const part of text.split(/[,;]/).map((piece) => piece.trim())) {
    if (part === '') continue
    const [, first = '', last = first] = /^(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (first === '' || from < 1 || to < from || to > count) return undefined
    for (let page = from; page <= to; page++) pages.add(page)
  }
  return [...pages].sort((a, b) => a - b)
}

/** Pages in words that `readPageList` reads: neighbours as a range. */
export function writePageList(pages: readonly number[]): string {
  const runs: [number, number][] = []
  for (const page of pages) {
    const run = runs.at(-1)
    if (run && page === run[1] + 1) run[1] = page
    else runs.push([page, page])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}
