import { partsPerSegment } from '../../council/broadcast.ts'

/** A part as it is shown. */
export interface ShownPart {
  /** Seconds. */
  readonly duration: number
  readonly independent: boolean
  /** When its first frame was captured, and when its last had been; milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** The next part begins a segment. */
  readonly last: boolean
  /** It was taken back and is to be had no more. */
  readonly gone?: boolean
}

/** Media that plays on without a break: one encoder in one epoch, or the slate. Another one is a discontinuity. */
export interface Run {
  readonly run: number
  /** Address of its initialization segment. */
  readonly init: string
}

export interface LiveSegment extends Run {
  /** Media Sequence Number. */
  readonly sequence: number
  readonly parts: readonly ShownPart[]
  readonly sealed: boolean
}

/** What a live playlist shows of a rendition: its last segments, of which the last one may be growing. */
export interface LiveWindow {
  readonly segments: readonly LiveSegment[]
  /** Discontinuities that went out of the window, so that players never take two of them for one. */
  readonly discontinuities: number
  /** Media Sequence Number of the next segment. */
  readonly next: number
  /** Nothing comes any more. */
  readonly ended: boolean
}

/** Segments in a live playlist: 23 s, which is more than the three target durations that must stay (RFC 8216bis, 6.2.2). */
export const windowSegments = 12

/**
 * A window in which nothing was shown yet. Numbers go on from `first` and `discontinuities`, which rise from start to
 * start of a hub. The latter has to be small: hls.js 1.7 counts up to it at each reload.
 */
export const emptyWindow = (first: number, discontinuities = 0): LiveWindow => ({
  ...{ segments: [], discontinuities, next: first, ended: false },
})

/** Shows one more part. A part of another run seals what was growing. */
export function addPart(window: LiveWindow, run: Run, part: ShownPart): LiveWindow {
  const current = window.segments.at(-1)
  const goesOn = current && !current.sealed && current.run === run.run
  if (goesOn) {
    const parts = [...current.parts, part]
    const grown = { ...current, parts, sealed: part.last || parts.length >= partsPerSegment }
    return { ...window, segments: [...window.segments.slice(0, -1), grown] }
  }
  const { segments, next, ...rest } = seal(window)
  const begun: LiveSegment = { ...run, sequence: next, parts: [part], sealed: part.last }
  return slide({ ...rest, segments: [...segments, begun], next: next + 1 })
}

/** Ends the segment that was growing, with the parts it has. */
export function seal(window: LiveWindow): LiveWindow {
  const current = window.segments.at(-1)
  if (!current || current.sealed) return window
  return { ...window, segments: [...window.segments.slice(0, -1), { ...current, sealed: true }] }
}

/** Takes parts back: players leave them out. */
export function withhold(window: LiveWindow, isGone: (part: ShownPart, run: Run) => boolean): LiveWindow {
  const segments = window.segments.map((segment) =>
    segment.parts.some((part) => isGone(part, segment))
      ? { ...segment, parts: segment.parts.map((part) => (isGone(part, segment) ? { ...part, gone: true } : part)) }
      : segment,
  )
  return { ...window, segments }
}

/** Nothing comes any more. */
export const end = (window: LiveWindow): LiveWindow => ({ ...seal(window), ended: true })

/** Whether a segment plays on after the one before it in the window. */
export const isBreak = (before: Run | undefined, segment: Run): boolean =>
  before !== undefined && before.run !== segment.run

/** What comes next: in the growing segment, or as the first part of a new one. */
export function nextPart({ segments, next }: LiveWindow): { readonly sequence: number; readonly part: number } {
  const current = segments.at(-1)
  return current && !current.sealed
    ? { sequence: current.sequence, part: current.parts.length }
    : { sequence: next, part: 0 }
}

function slide(window: LiveWindow): LiveWindow {
  const { segments, discontinuities } = window
  if (segments.length <= windowSegments) return window
  const [gone, first] = segments
  // The tag of a discontinuity stands at the segment after it: once that one is the first, it goes with it (4.4.3.3).
  const lost = gone && first && isBreak(gone, first) ? 1 : 0
  return { ...window, segments: segments.slice(1), discontinuities: discontinuities + lost }
}
