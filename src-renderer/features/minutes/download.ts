/** Saves a file where the browser saves files; the address goes once it has begun to. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  Object.assign(document.createElement('a'), { href: url, download: name.replace(/[^\p{L}\p{N} .-]/gu, '') }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Saves a spreadsheet; the mark at its beginning tells programs that it is UTF-8. */
export const downloadCsv = (csv: string, name: string): void =>
  download(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
