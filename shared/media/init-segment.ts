import { box, fullBox, joinBytes, letters, u16, u32, zeros } from './box.ts'
import { sampleEntry } from './sample-entry.ts'
import { timescaleOf, type Track } from './track.ts'

/** Turns and shifts nothing. Source: ISO/IEC 14496-12, 8.2.2. */
const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].map(u32)
const undefinedLanguage = u16(0x55c4)

/**
 * What a player needs before the first part: the tracks and how to read them, without a sample. Tracks are numbered from
 * 1 in the order given. Source: ISO/IEC 14496-12, 8.2 to 8.8.
 */
export function writeInit(tracks: readonly Track[]): Uint8Array<ArrayBuffer> {
  const numbers = tracks.map((_, index) => index + 1)
  return joinBytes(
    box('ftyp', letters('iso6'), u32(1), letters('iso6mp41')),
    box(
      'moov',
      movieHeader(tracks.length + 1),
      ...tracks.map((track, index) => trackBox(track, index + 1)),
      box('mvex', ...numbers.map((number) => fullBox('trex', 0, 0, u32(number), u32(1), zeros(12)))),
    ),
  )
}

function movieHeader(nextTrack: number): Uint8Array {
  const [speed, volume] = [u32(0x10000), u16(0x100)]
  return fullBox(
    'mvhd',
    0,
    0,
    ...[zeros(8), u32(1000), u32(0), speed, volume, zeros(10), ...matrix, zeros(24)],
    u32(nextTrack),
  )
}

function trackBox(track: Track, number: number): Uint8Array {
  return box(
    'trak',
    trackHeader(track, number),
    box('mdia', mediaHeader(track), handler(track), mediaInformation(track)),
  )
}

function trackHeader(track: Track, number: number): Uint8Array {
  const enabledInMovie = 3
  const [width, height, volume] = track.kind === 'video' ? [track.width, track.height, 0] : [0, 0, 0x100]
  const size = [u32(width * 2 ** 16), u32(height * 2 ** 16)]
  return fullBox('tkhd', 0, enabledInMovie, zeros(8), u32(number), zeros(20), u16(volume), zeros(2), ...matrix, ...size)
}

const mediaHeader = (track: Track): Uint8Array =>
  fullBox('mdhd', 0, 0, zeros(8), u32(timescaleOf(track)), u32(0), undefinedLanguage, zeros(2))

function handler({ kind }: Track): Uint8Array {
  return fullBox('hdlr', 0, 0, zeros(4), letters(kind === 'video' ? 'vide' : 'soun'), zeros(12), letters('Ratssaal\0'))
}

function mediaInformation(track: Track): Uint8Array {
  const header = track.kind === 'video' ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4))
  const inThisFile = fullBox('url ', 0, 1)
  return box('minf', header, box('dinf', fullBox('dref', 0, 0, u32(1), inThisFile)), sampleTable(track))
}

/** The tables are empty: all samples come in fragments. */
function sampleTable(track: Track): Uint8Array {
  const empty = ['stts', 'stsc', 'stco'].map((type) => fullBox(type, 0, 0, u32(0)))
  return box('stbl', fullBox('stsd', 0, 0, u32(1), sampleEntry(track)), ...empty, fullBox('stsz', 0, 0, zeros(8)))
}
