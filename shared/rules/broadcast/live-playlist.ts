import { partSeconds, segmentSeconds } from '../../council/broadcast.ts'
import { isBreak, nextPart, type LiveSegment, type LiveWindow, type ShownPart } from './live-window.ts'

/** Segments whose parts are still listed: three target durations from the end (RFC 8216bis, 4.4.4.9), and the growing one. */
const segmentsWithParts = 4

/** Seconds; EXTINF rounded is never more (RFC 8216bis, 4.4.3.1). */
export const targetDuration = Math.round(segmentSeconds)
/** Seconds from the end at which players should play: at least three parts (RFC 8216bis, 4.4.3.8). */
export const partHoldBack = 3 * partSeconds

/** Where another rendition stands, so that a player can change to it without asking for its playlist first. */
export interface RenditionReport {
  /** Address of its playlist, relative to this one. */
  readonly uri: string
  readonly window: LiveWindow
}

/** Address of a segment and of a part, relative to the playlist. They never change. */
export const segmentUri = (sequence: number): string => `segment-${sequence}.m4s`
export const partUri = (sequence: number, part: number): string => `part-${sequence}-${part}.m4s`

/** The low-latency playlist (RFC 8216bis) of what a rendition shows now. */
export function livePlaylist(window: LiveWindow, reports: readonly RenditionReport[] = []): string {
  const { segments, discontinuities, ended, next } = window
  const from = segments.length - segmentsWithParts
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${targetDuration}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(partHoldBack)}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(partSeconds)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.sequence ?? next}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuities}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...segments.flatMap((segment, place) => segmentLines(segment, segments[place - 1], place >= from)),
    ...(ended ? ['#EXT-X-ENDLIST'] : [hintLine(window), ...reports.flatMap(reportLine)]),
  ]
  return `${lines.join('\n')}\n`
}

/** Six decimals, as players compare sums of them. */
export const seconds = (value: number): string => value.toFixed(6)

export const durationOf = (parts: readonly ShownPart[]): number =>
  parts.reduce((sum, { duration }) => sum + duration, 0)

function segmentLines(segment: LiveSegment, before: LiveSegment | undefined, withParts: boolean): string[] {
  const breaks = isBreak(before, segment)
  return [
    ...(breaks ? ['#EXT-X-DISCONTINUITY'] : []),
    ...(breaks || !before ? [`#EXT-X-MAP:URI="${segment.init}"`] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.parts[0]?.from ?? 0).toISOString()}`,
    ...(withParts ? segment.parts.map((part, place) => partLine(part, partUri(segment.sequence, place))) : []),
    ...(segment.sealed && segment.parts.some(({ gone }) => gone) ? ['#EXT-X-GAP'] : []),
    ...(segment.sealed ? [`#EXTINF:${seconds(durationOf(segment.parts))},`, segmentUri(segment.sequence)] : []),
  ]
}

const partLine = ({ duration, independent, gone }: ShownPart, uri: string): string =>
  [
    `#EXT-X-PART:DURATION=${seconds(duration)},URI="${uri}"`,
    ...(independent ? ['INDEPENDENT=YES'] : []),
    ...(gone ? ['GAP=YES'] : []),
  ].join()

function hintLine(window: LiveWindow): string {
  const { sequence, part } = nextPart(window)
  return `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${partUri(sequence, part)}"`
}

function reportLine({ uri, window }: RenditionReport): string[] {
  const last = window.segments.at(-1)
  if (!last) return []
  return [`#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${last.sequence},LAST-PART=${last.parts.length - 1}`]
}
