/** The place at which a pointer lets go: how many other rows lie wholly or mostly above it. */
export const placeAt = (y: number, rows: readonly { top: number; bottom: number }[], from: number): number =>
  rows.filter((row, index) => index !== from && (row.top + row.bottom) / 2 < y).length
