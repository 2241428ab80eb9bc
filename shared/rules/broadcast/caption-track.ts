import type { CaptionTime } from '../../council/caption.ts'
import { captionLines, standsUntil, type Caption } from './captions.ts'
import { seconds } from './live-playlist.ts'
import { listedSegments, playlistFromBeginning, type RecordedPart } from './recording.ts'
import { writeWebVtt, type Cue } from './webvtt.ts'

/** A segment of a recording, with its place on the recording's own timeline, which leaves out what was not public. */
export interface TimedSegment extends CaptionTime {
  /** Seconds from the beginning of the recording, and for which it lasts. */
  readonly start: number
  readonly duration: number
  /** What comes before has nothing to do with it: EXT-X-DISCONTINUITY. */
  readonly breaks: boolean
  readonly first: RecordedPart
}

/** The timeline of a recording, as its playlist has it. */
export function timelineOf(parts: readonly RecordedPart[], ended: boolean): TimedSegment[] {
  let start = 0
  return listedSegments(parts, ended).map(({ first, newest, duration: exact, breaks }) => {
    // As the playlist says it: players add up what they read.
    const duration = Number(seconds(exact))
    const segment = { start, duration, breaks, first, from: first.from, to: newest.to }
    start = Number(seconds(start + duration))
    return segment
  })
}

/** Address of a segment of captions, relative to their playlist. */
export const captionsUri = ({ from }: TimedSegment): string => `${Math.round(from)}.vtt`

/**
 * The playlist of captions beside a recording: its segments are those of the media, breaks included, as a player has to
 * know to which stretch of media their times belong (RFC 8216, 3.5 and 6.2.4).
 */
export const captionsPlaylist = (timeline: readonly TimedSegment[], ended: boolean): string =>
  playlistFromBeginning(
    timeline.flatMap((segment, place) => [
      ...(segment.breaks && place > 0 ? ['#EXT-X-DISCONTINUITY'] : []),
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.from).toISOString()}`,
      `#EXTINF:${seconds(segment.duration)},`,
      captionsUri(segment),
    ]),
    ended,
  )

/** Captions as cues on the recording's own timeline; none stands longer than the stretch of media in which it began. */
export const cuesOf = (captions: readonly Caption[], timeline: readonly TimedSegment[]): Cue[] =>
  captions.flatMap((each, place) => {
    const { caption, time, text } = each
    const begin = timeline.findLastIndex((segment) => segment.from <= time.from)
    const from = placeOf(timeline, time.from)
    if (from === undefined || (timeline[begin]?.to ?? 0) <= time.from) return []
    const next = captions[place + captionLines]?.time.from ?? Infinity
    const until = Math.min(standsUntil(each), Math.max(next, time.to), endOfStretch(timeline, begin))
    const to = placeOf(timeline, until) ?? from
    return to > from ? [{ id: caption, from, to, text }] : []
  })

/** A segment of captions. `mediaStart`: the time at which its media begins, in seconds of that media (RFC 8216, 3.5). */
export const captionsSegment = (cues: readonly Cue[], segment: TimedSegment, mediaStart: number): string =>
  writeWebVtt(
    cues.filter(({ from, to }) => to > segment.start && from < segment.start + segment.duration),
    { local: segment.start, mpegts: Math.round(mediaStart * 90_000) % 2 ** 33 },
  )

/** When what stands at so many seconds of the recording was captured; `end`: as the end of something before it. */
export function momentAt(timeline: readonly TimedSegment[], second: number, end = false): number | undefined {
  const segment = timeline.find(({ start, duration }) => (end ? second <= start + duration : second < start + duration))
  return segment && Math.min(segment.to, segment.from + (second - segment.start) * 1000)
}

/** Seconds from the beginning of the recording to a moment. */
function placeOf(timeline: readonly TimedSegment[], moment: number): number | undefined {
  const segment = timeline.findLast(({ from }) => from <= moment)
  return segment && Number(seconds(segment.start + Math.min(segment.duration, (moment - segment.from) / 1000)))
}

/** When the stretch of media ends in which a segment lies. */
function endOfStretch(timeline: readonly TimedSegment[], place: number): number {
  const next = timeline.findIndex(({ breaks }, index) => index > place && breaks)
  return timeline.at(next < 0 ? -1 : next - 1)?.to ?? 0
}
