/** Wrong codes of which each may be followed by another at once. */
const freeTries = 4
/** Milliseconds after the first wrong code beyond them; each further one doubles it. */
const firstPause = 30_000
const longestPause = 15 * 60_000

/** How often a wrong code was typed, and until when (milliseconds since 1970) no other is looked at. */
export interface Tries {
  readonly wrong: number
  readonly until: number
}

export const noTries: Tries = { wrong: 0, until: 0 }

/** After another wrong code. A million codes of six digits take nearly thirty years. */
export function afterWrong({ wrong }: Tries, now: number): Tries {
  const over = wrong + 1 - freeTries
  const pause = over <= 0 ? 0 : Math.min(firstPause * 2 ** Math.min(over - 1, 20), longestPause)
  return { wrong: wrong + 1, until: now + pause }
}

/** Seconds until the next try; a clock that was set back makes nobody wait longer than the longest pause. */
export const secondsToWait = ({ until }: Tries, now: number): number =>
  Math.ceil(Math.min(Math.max(until - now, 0), longestPause) / 1000)
