import type { MeetingProgress, PublicSpeech } from '../../council/meeting-progress.ts'
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

/** Marks of everything public of a meeting's course that its recording really holds. */
export function jumpMarksOf(
  { items, speeches = [] }: Pick<MeetingProgress, 'items' | 'speeches'>,
  held: readonly HeldTime[],
): JumpMarks {
  const marked = items.flatMap(({ item, spans }) => {
    const at = heldMoment(spans, held)
    return at === undefined ? [] : [[item, at] as const]
  })
  return {
    items: new Map(marked),
    speeches: speeches.flatMap((speech) => {
      const at = heldMoment(speech.spans, held)
      return at === undefined ? [] : [{ ...speech, at }]
    }),
  }
}

const holds = (spans: Spans, moment: number): boolean =>
  spans.some(({ from, to }) => Date.parse(from) <= moment && (to === undefined || moment < Date.parse(to)))

/** The item that was on at a moment; milliseconds since 1970. */
export const itemAt = ({ items }: Pick<MeetingProgress, 'items'>, moment: number): string | undefined =>
  items.find(({ spans }) => holds(spans, moment))?.item

/** Who had the floor at a moment. */
export const speechAt = ({ speeches }: Pick<MeetingProgress, 'speeches'>, moment: number): PublicSpeech | undefined =>
  speeches?.find(({ spans }) => holds(spans, moment))
