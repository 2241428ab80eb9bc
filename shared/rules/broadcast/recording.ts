import { seconds, targetDuration } from './live-playlist.ts'

/** Bytes of a file. */
export interface ByteSpan {
  readonly offset: number
  readonly length: number
}

/** A part as the recording holds it. */
export interface RecordedPart extends ByteSpan {
  readonly stream: string
  readonly epoch: number
  readonly sequence: number
  /** When it was captured; milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** Seconds. */
  readonly duration: number
  /** The next part begins a segment. */
  readonly last: boolean
  /** It came too late to be shown live. */
  readonly late: boolean
}

export interface RecordedSegment extends ByteSpan {
  readonly first: RecordedPart
  readonly newest: RecordedPart
  readonly duration: number
  readonly breaks: boolean
}

/**
 * The playlist of a rendition from the beginning, as byte ranges of its file: EVENT while it grows, VOD afterwards
 * (RFC 8216bis, 4.4.3.5). What came late finds its place in the latter, as the former may only be appended to.
 *
 * @param inits where the initialization segment of each stream lies
 */
export function recordingPlaylist(
  parts: readonly RecordedPart[],
  { file, inits, ended }: { file: string; inits: ReadonlyMap<string, ByteSpan>; ended: boolean },
): string {
  const shown = listedSegments(parts, ended)
  return playlistFromBeginning(
    shown.flatMap((segment, place) => segmentLines(segment, shown[place - 1], file, inits)),
    ended,
  )
}

/** A playlist of everything from the beginning on, around the lines of its segments. */
export const playlistFromBeginning = (segments: readonly string[], ended: boolean): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDuration}`,
    `#EXT-X-PLAYLIST-TYPE:${ended ? 'VOD' : 'EVENT'}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    ...segments,
    ...(ended ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')

/** A time of which the recording holds everything; milliseconds since 1970. */
export interface HeldTime {
  readonly from: number
  readonly to: number
}

/** Which times can be watched of a rendition, in their order: what its playlist lists, without what was taken back. */
export function heldTimes(parts: readonly RecordedPart[], ended: boolean): HeldTime[] {
  const held: HeldTime[] = []
  for (const { first, newest, breaks } of listedSegments(parts, ended)) {
    const before = held.at(-1)
    if (before && !breaks) held[held.length - 1] = { from: before.from, to: newest.to }
    else held.push({ from: first.from, to: newest.to })
  }
  return held
}

/** Milliseconds that can be watched. */
export const lengthOf = (held: readonly HeldTime[]): number => held.reduce((sum, { from, to }) => sum + to - from, 0)

/** The segments that a playlist of the recording lists. */
export function listedSegments(parts: readonly RecordedPart[], ended: boolean): readonly RecordedSegment[] {
  const segments = segmentsOf(ended ? parts.toSorted((a, b) => a.from - b.from) : parts.filter(({ late }) => !late))
  // A segment that grows is listed once it does not: what is listed never changes (6.2.1).
  return ended || segments.at(-1)?.newest.last !== false ? segments : segments.slice(0, -1)
}

function segmentLines(
  { first, offset, length, duration, breaks }: RecordedSegment,
  before: RecordedSegment | undefined,
  file: string,
  inits: ReadonlyMap<string, ByteSpan>,
): string[] {
  const init = inits.get(first.stream)
  const isNewMap = breaks || before?.first.stream !== first.stream
  return [
    ...(breaks && before ? ['#EXT-X-DISCONTINUITY'] : []),
    ...(init && isNewMap ? [`#EXT-X-MAP:URI="${file}",BYTERANGE="${init.length}@${init.offset}"`] : []),
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(first.from).toISOString()}`,
    `#EXTINF:${seconds(duration)},`,
    `#EXT-X-BYTERANGE:${length}@${offset}`,
    file,
  ]
}

function segmentsOf(parts: readonly RecordedPart[]): RecordedSegment[] {
  const segments: RecordedSegment[] = []
  for (const part of parts) {
    const current = segments.at(-1)
    const goesOn = current && follows(current.newest, part)
    if (current && goesOn && !current.newest.last && current.offset + current.length === part.offset)
      segments[segments.length - 1] = {
        ...current,
        newest: part,
        length: current.length + part.length,
        duration: current.duration + part.duration,
      }
    else
      segments.push({
        ...{ offset: part.offset, length: part.length, duration: part.duration },
        ...{ first: part, newest: part, breaks: goesOn !== true },
      })
  }
  return segments
}

type Place = Pick<RecordedPart, 'stream' | 'epoch' | 'sequence'>

/** Whether a part plays on after another one without a break. */
export const follows = (before: Place, part: Place): boolean =>
  before.stream === part.stream && before.epoch === part.epoch && before.sequence + 1 === part.sequence
