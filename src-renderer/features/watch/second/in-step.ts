/** Seconds by which the second picture may be off without being moved, off before it jumps, and off to be shown at all. */
const unnoticed = 0.02
const furthestWalk = 1
export const furthestShown = 0.5
/** By which share of its pace it goes faster or slower; nothing is heard of it. */
const mostHurry = 0.25
/** Share of its pace by which it hurries for each second that it is behind. */
const gain = 2
/** Seconds beyond what its playlist lists at which the end of it still stands. */
const endStands = 0.3

/** A piece of a playlist, as the player knows it. */
export interface Piece {
  /** When it was captured; milliseconds since 1970. */
  readonly programDateTime: number | null
  /** Seconds of the player's own time. */
  readonly start: number
  readonly duration: number
  readonly initSegment?: { readonly relurl?: string | undefined } | null
}

/** Where a moment lies in the player's own time. */
export interface MomentPlace {
  /** Seconds. */
  readonly time: number
  /** Nobody is to be seen there. */
  readonly isSlate: boolean
}

/**
 * Where a moment lies in a playlist by its PROGRAM-DATE-TIME; undefined where it has nothing of it.
 *
 * @param at milliseconds since 1970
 */
export function placeOfMoment(pieces: readonly Piece[], at: number): MomentPlace | undefined {
  const piece = pieces.findLast(({ programDateTime }) => programDateTime !== null && programDateTime <= at)
  if (!piece || piece.programDateTime === null) return undefined
  const within = (at - piece.programDateTime) / 1000
  if (within > piece.duration + (piece === pieces.at(-1) ? endStands : 0)) return undefined
  return { time: piece.start + within, isSlate: piece.initSegment?.relurl?.startsWith('init-slate') === true }
}

/** What brings a picture into step with the main one. */
export interface Step {
  /** It moves there at once. */
  readonly jump: boolean
  /** How fast it plays; 0: it stands. */
  readonly rate: number
}

/**
 * The next step of a picture that is so many seconds behind where it should be.
 *
 * @param pace how fast the main one plays; 0 when it stands, or waits for its media
 */
export function stepTowards(behind: number, pace: number): Step {
  const off = Math.abs(behind)
  if (pace === 0) return { jump: off > unnoticed, rate: 0 }
  if (off > furthestWalk) return { jump: true, rate: pace }
  if (off <= unnoticed) return { jump: false, rate: pace }
  return { jump: false, rate: pace * (1 + Math.max(-mostHurry, Math.min(mostHurry, gain * behind))) }
}
