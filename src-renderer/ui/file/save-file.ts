/** Milliseconds until the address of a saved file is taken back: by then the browser has begun to read it. */
const readWithin = 60_000
/** Characters of a name that every system takes. */
const longestName = 100

/**
 * Gives a file to the person where the browser saves files.
 *
 * @param title what it is called; what no system takes in a name is left out
 * @param ending such as `pdf`
 */
export const saveFile = (bytes: Blob, title: string, ending: string): void =>
  saveAs(bytes, `${title.replace(/[^\p{L}\p{N} .-]/gu, '').slice(0, longestName)}.${ending}`)

/** Gives a file to the person under the name that it has already. */
export function saveAs(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), readWithin)
}
