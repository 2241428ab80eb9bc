import type { MeetingProgress, PublicSpeech } from '../../council/meeting-progress.ts'
import { furthestMove } from '../../council/recording-correction.ts'
import type { HeldTime } from './recording.ts'

/** What is shorter is no place to begin; milliseconds. */
const shortestScene = 1000

type Spans = PublicSpeech['spans']

/** Where to begin watching; milliseconds since 1970. Nothing is a mark that the recording does not hold. */
export interface JumpMarks {
  /** By agenda item. */
  readonly items: ReadonlyMap<string, number>
  readonly speeches: readonly (PublicSpeech & { readonly at: number })[]
}

/** The first moment of some times from which on the recording holds a second or more; undefined when there is none. */
export function heldMoment(spans: Spans, held: readonly HeldTime[]): number | undefined {
  const scenes = spans.flatMap(({ from, to }) =>
    held.map((time) => ({
      from: Math.max(Date.parse(from), time.from),
      to: Math.min(to === undefined ? Infinity : Date.parse(to), time.to),
    })),
  )
  const moments = scenes.filter((scene) => scene.to - scene.from >= shortestScene).map(({ from }) => from)
  return moments.length === 0 ? undefined : Math.min(...moments)
}

/** How corrections name the mark of an item, and of a speech: by its beginning in the log. */
export const itemChapter = (item: string): string => item
export const speechChapter = ({ spans: [first] }: Pick<PublicSpeech, 'spans'>): string => `speech ${first?.from ?? ''}`

/**
 * Marks of everything public of a meeting's course that its recording really holds.
 *
 * @param moved marks that were corrected, by chapter; of those that lie far off or in nothing held the log's are given
 */
export function jumpMarksOf(
  { items, speeches = [] }: Pick<MeetingProgress, 'items' | 'speeches'>,
  held: readonly HeldTime[],
  moved: ReadonlyMap<string, number> = new Map(),
): JumpMarks {
  const momentOf = (chapter: string, spans: Spans): number | undefined => {
    const logged = heldMoment(spans, held)
    const to = moved.get(chapter)
    const isHeld = to !== undefined && held.some((time) => time.from <= to && to < time.to)
    const isNear = to !== undefined && logged !== undefined && Math.abs(to - logged) <= furthestMove
    return isHeld && isNear ? to : logged
  }
  const marked = items.flatMap(({ item, spans }) => {
    const at = momentOf(itemChapter(item), spans)
    return at === undefined ? [] : [[item, at] as const]
  })
  return {
    items: new Map(marked),
    speeches: speeches.flatMap((speech) => {
      const at = momentOf(speechChapter(speech), speech.spans)
      return at === undefined ? [] : [{ ...speech, at }]
    }),
  }
}

/** Corrected marks of what is public still. */
export function movedChapters(
  progress: Pick<MeetingProgress, 'items' | 'speeches'> | undefined,
  moved: ReadonlyMap<string, number>,
): [string, number][] {
  const known = new Set([
    ...(progress?.items ?? []).map(({ item }) => itemChapter(item)),
    ...(progress?.speeches ?? []).map((speech) => speechChapter(speech)),
  ])
  return [...moved].filter(([chapter]) => known.has(chapter))
}

const holds = (spans: Spans, moment: number): boolean =>
  spans.some(({ from, to }) => Date.parse(from) <= moment && (to === undefined || moment < Date.parse(to)))

/** The item that was on at a moment; milliseconds since 1970. */
export const itemAt = ({ items }: Pick<MeetingProgress, 'items'>, moment: number): string | undefined =>
  items.find(({ spans }) => holds(spans, moment))?.item

/** Who had the floor at a moment. */
export const speechAt = ({ speeches }: Pick<MeetingProgress, 'speeches'>, moment: number): PublicSpeech | undefined =>
  speeches?.find(({ spans }) => holds(spans, moment))
