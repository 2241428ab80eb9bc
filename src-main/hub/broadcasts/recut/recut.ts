import { ulid } from 'ulid'
import type { MeetingProgress } from '../../../../shared/council/meeting-progress.ts'
import { furthestMove } from '../../../../shared/council/recording-correction.ts'
import type {
  Chapter,
  ChapterRequest,
  CorrectionRefusalReason,
  CutRequest,
  RecordingDesk,
} from '../../../../shared/hub-api/recording.ts'
import { touchesAny } from '../../../../shared/rules/broadcast/airtime.ts'
import { itemChapter, jumpMarksOf, speechChapter } from '../../../../shared/rules/broadcast/jump-marks.ts'
import type { HeldTime, RecordedPart } from '../../../../shared/rules/broadcast/recording.ts'
import type { Broadcast } from '../broadcast.ts'
import { downloadsOf, type Download } from '../download.ts'

/** Who corrects: the account, and the name that it has. */
export interface Editor {
  readonly by: string
  readonly name: string
}

interface Recorded {
  readonly broadcast: Broadcast
  /** What everybody may know of how the meeting went. */
  readonly progress: MeetingProgress | undefined
  readonly nameOf: (item: string) => string | undefined
}

/** The recording as those see it who correct it. */
export function deskOf(recorded: Recorded): RecordingDesk {
  const { broadcast } = recorded
  return {
    ended: broadcast.hasEnded,
    held: broadcast.recording.watchable(broadcast.hasEnded),
    cuts: broadcast.corrections.cuts,
    chapters: chaptersOf(recorded),
  }
}

/** Marks of what everybody may know, in the order of the recording. */
function chaptersOf({ broadcast, progress, nameOf }: Recorded): Chapter[] {
  if (!progress) return []
  const held = broadcast.recording.watchable(broadcast.hasEnded)
  const [logged, moved] = [undefined, broadcast.corrections.chapters].map((chapters) =>
    jumpMarksOf(progress, held, chapters),
  )
  const items = [...(moved?.items ?? [])].flatMap(([item, at]): Chapter[] => {
    const name = nameOf(item)
    if (name === undefined) return []
    return [{ chapter: itemChapter(item), kind: 'item', name, at, logged: logged?.items.get(item) ?? at }]
  })
  const speeches = (moved?.speeches ?? []).map((speech, place): Chapter => {
    const before = logged?.speeches[place]?.at ?? speech.at
    return { chapter: speechChapter(speech), kind: 'speech', name: speech.name, at: speech.at, logged: before }
  })
  return [...items, ...speeches].sort((a, b) => a.at - b.at)
}

/** Takes a time out of the recording; returns why not. */
export async function cutOut(
  { broadcast }: Recorded,
  { from, to, reason }: CutRequest,
  editor: Editor,
): Promise<CorrectionRefusalReason | undefined> {
  if (!broadcast.hasEnded) return 'running'
  if (!touchesAny({ from, to }, broadcast.recording.watchable(true))) return 'nothing'
  await broadcast.correct({ kind: 'cut', cut: `cut:${ulid()}`, from, to, reason, ...signed(broadcast, editor) })
  return undefined
}

/** Takes a cut back, or makes it final; returns why not. */
export async function settleCut(
  { broadcast }: Recorded,
  { cut, kind }: { readonly cut: string; readonly kind: 'cut-undone' | 'cut-final' },
  editor: Editor,
): Promise<CorrectionRefusalReason | undefined> {
  const known = broadcast.corrections.cuts.find((one) => one.cut === cut)
  if (!known) return 'unknown'
  if (known.final) return 'final'
  await broadcast.correct({ kind, cut, ...signed(broadcast, editor) })
  return undefined
}

/** Moves a mark, or puts it back to where the log has it; returns why not. */
export async function moveChapter(
  recorded: Recorded,
  { chapter, to }: ChapterRequest,
  editor: Editor,
): Promise<CorrectionRefusalReason | undefined> {
  const { broadcast } = recorded
  if (!broadcast.hasEnded) return 'running'
  const known = chaptersOf(recorded).find((one) => one.chapter === chapter)
  if (!known) return 'unknown'
  if (to !== null && Math.abs(to - known.logged) > furthestMove) return 'far'
  const held = broadcast.recording.watchable(true)
  if (to !== null && !held.some((time) => time.from <= to && to < time.to)) return 'nothing'
  await broadcast.correct({ kind: 'chapter', chapter, to, ...signed(broadcast, editor) })
  return undefined
}

/** The media of a time in which nothing is missing, of the rendition with the fewest bytes; undefined: there is none. */
export function pieceOf({ recording, air }: Broadcast, time: HeldTime): Download | undefined {
  const [smallest] = air.renditions.toSorted((a, b) => a.bandwidth - b.bandwidth)
  const held = smallest && recording.held(smallest.rendition)
  if (!held) return undefined
  const parts: readonly RecordedPart[] = held.parts.filter((part) => touchesAny(part, [time]))
  const isPublic = (part: RecordedPart): boolean => recording.held(smallest.rendition)?.parts.includes(part) === true
  return downloadsOf({ ...held, parts, isPublic })[0]
}

const signed = ({ status }: Broadcast, editor: Editor) => ({ ...editor, at: status.now })
