/** Gives a file to the person, under a name that every system takes. */
export function saveFile(bytes: Blob, title: string, ending: string): void {
  const url = URL.createObjectURL(bytes)
  const name = title.replace(/[^\p{L}\p{N} .-]/gu, '').slice(0, 100)
  Object.assign(document.createElement('a'), { href: url, download: `${name}.${ending}` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
