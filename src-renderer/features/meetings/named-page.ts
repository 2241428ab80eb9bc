/** "Seite 12", "page 12", "(S. 12)"; a bare "S. 2" is a sentence of a paragraph more often than a page. */
const pageNames = /(?:\b(?:Seiten?|pages?)|\(S\.)\s*(\d{1,4})\b/i

/** The page that one of the texts names, the first that names any; undefined where none does. */
export function namedPage(texts: readonly (string | undefined)[]): number | undefined {
  const found = texts.map((text) => Number(pageNames.exec(text ?? '')?.[1] ?? 0))
  return found.find((page) => page > 0)
}
