import { longestCaptionMs, type CaptionAct, type CaptionTime } from '../../council/caption.ts'
import type { Span } from '../meeting/state.ts'
import { touchesAny } from './airtime.ts'
import { follows, type RecordedPart } from './recording.ts'

/** A caption as its acts leave it. */
export interface Caption {
  readonly caption: string
  readonly time: CaptionTime
  readonly text: string
  /** Account and name of whoever wrote it first. */
  readonly by: string
  readonly name: string
  readonly corrected: boolean
  readonly takenBack: boolean
}

/** What acts make of captions, by id: of several about one caption the last holds; it is begun only once. */
export function captionsOf(acts: Iterable<CaptionAct>, before?: ReadonlyMap<string, Caption>): Map<string, Caption> {
  const captions = new Map(before)
  for (const act of acts) {
    const known = captions.get(act.caption)
    if (act.act === 'said') {
      const { caption, time, text, by, name } = act
      if (!known) captions.set(caption, { caption, time, text, by, name, corrected: false, takenBack: false })
    } else if (known && act.act === 'corrected')
      captions.set(act.caption, { ...known, text: act.text, corrected: true, takenBack: false })
    else if (known) captions.set(act.caption, { ...known, takenBack: true })
  }
  return captions
}

/** A time of which everybody may see something. */
export interface PublicTime {
  /** Times of which the picture was let through without a break, and not taken back since. */
  readonly shown: readonly CaptionTime[]
  /** Times that log or register of consent close, whatever was let through of them. */
  readonly withheld: readonly Span[]
}

/** Whether a caption lies wholly within what is public; whoever cannot tell what is public shows none. */
export const isPublic = (time: CaptionTime, { shown, withheld }: PublicTime): boolean =>
  shown.some(({ from, to }) => from <= time.from && time.to <= to) && !touchesAny(time, withheld)

/** The captions that everybody may read, the earliest first. */
export const shownCaptions = (captions: Iterable<Caption>, times: readonly PublicTime[]): Caption[] =>
  [...captions]
    .filter(({ takenBack, time }) => !takenBack && times.some((one) => isPublic(time, one)))
    .sort((a, b) => a.time.from - b.time.from || (a.caption < b.caption ? -1 : 1))

/** Times of parts that follow each other without a break, whatever came in which order. */
export function runsOf(
  parts: readonly Pick<RecordedPart, 'stream' | 'epoch' | 'sequence' | 'from' | 'to'>[],
): CaptionTime[] {
  const runs: CaptionTime[] = []
  let before: (typeof parts)[number] | undefined
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const last = runs.at(-1)
    if (last && before && follows(before, part)) runs[runs.length - 1] = { from: last.from, to: part.to }
    else runs.push({ from: part.from, to: part.to })
    before = part
  }
  return runs
}

export type CaptionRefusalReason =
  /** The gate is closed, or was at that time. */
  | 'closed'
  /** Over, and of that time nothing is public. */
  | 'not-public'
  /** It lies in the future. */
  | 'interval'
  /** There is no such caption, or another one has the id. */
  | 'unknown'

/** What the hub knows as words for everybody arrive. */
export interface CaptionArrival {
  /** Since when the gate is open; undefined: it is closed. */
  readonly since: number | undefined
  readonly ended: boolean
  readonly now: number
  /** Whether the time lies within what is public by now. */
  readonly isPublic: boolean
}

/** Milliseconds by which a captioner may hear the room before its picture, and after. */
export const offsetRange = { least: -10_000, most: 60_000 } as const

/**
 * Why new words are refused; undefined: they are taken, and shown once the picture of that time is. Nobody's words are
 * taken behind closed doors, not even for an earlier time: they may be about what is said there.
 */
export function judgeCaption(
  time: CaptionTime,
  { since, ended, now, isPublic: isShown }: CaptionArrival,
): CaptionRefusalReason | undefined {
  if (ended) return isShown ? undefined : 'not-public'
  if (since === undefined) return 'closed'
  if (time.to > now - offsetRange.least) return 'interval'
  return time.from >= since || isShown ? undefined : 'closed'
}

/**
 * The time of a line that was typed: it belongs to the moment at which its first words were heard.
 *
 * @param typed when its first letter came, and when it was sent; by the hub's clock
 * @param offset milliseconds by which its captioner hears the room after the picture; negative: before
 */
export function timeOfLine(typed: CaptionTime, offset: number): CaptionTime {
  const from = typed.from - offset
  return { from, to: Math.max(from + 1, Math.min(typed.to - offset, from + longestCaptionMs)) }
}

/** Milliseconds for which a caption stays at least, and per letter: about 17 letters a second can be read. */
const readingMs = { least: 1000, perLetter: 60 } as const
/** Captions that stand below each other. */
export const captionLines = 2

/** Until when a caption stands: as long as its words last, and no shorter than it takes to read them. */
export const standsUntil = ({ time, text }: Pick<Caption, 'time' | 'text'>): number =>
  Math.max(time.to, time.from + readingMs.least + text.length * readingMs.perLetter)

/** Which captions stand in the picture of a moment, the last two at most. `lag`: milliseconds that each came late by. */
export const captionsAt = <Shown extends Pick<Caption, 'time' | 'text'>>(
  captions: readonly Shown[],
  moment: number,
  lag = 0,
): Shown[] =>
  captions.filter((each) => each.time.from <= moment && moment < standsUntil(each) + lag).slice(-captionLines)
