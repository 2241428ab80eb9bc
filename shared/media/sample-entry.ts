import { box, joinBytes, letters, u16, u32, u8, uint, zeros } from './box.ts'
import { sampleRate } from './cadence.ts'
import type { AudioTrack, Track, VideoTrack } from './track.ts'

/** How the samples of a track are to be read: the one entry of its `stsd`. */
export function sampleEntry(track: Track): Uint8Array {
  if (track.kind === 'video') return avcEntry(track)
  return track.codec === 'aac' ? audioEntry('mp4a', track, esds(track)) : audioEntry('Opus', track, dOps(track))
}

/** Six reserved bytes, then which data reference: the file itself. */
const entryHead = joinBytes(zeros(6), u16(1))
const dotsPerInch72 = u32(0x0048_0000)

/** Source: ISO/IEC 14496-12, 12.1.3, and 14496-15, 5.4.2. */
function avcEntry({ width, height, description }: VideoTrack): Uint8Array {
  const name = 'AVC Coding'
  return box(
    'avc1',
    ...[entryHead, zeros(16), u16(width), u16(height), dotsPerInch72, dotsPerInch72, zeros(4), u16(1)],
    ...[u8(name.length), letters(name), zeros(31 - name.length), u16(24), u16(0xffff)],
    box('avcC', description),
  )
}

/** Source: ISO/IEC 14496-12, 12.2.3. */
function audioEntry(type: string, { channels }: AudioTrack, config: Uint8Array): Uint8Array {
  return box(type, entryHead, zeros(8), u16(channels), u16(16), zeros(4), u32(sampleRate * 2 ** 16), config)
}

/** Descriptors of MPEG-4. Source: ISO/IEC 14496-1, 7.2.6, and 14496-14, 5.6. */
function esds({ description }: AudioTrack): Uint8Array {
  const descriptor = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
    const body = joinBytes(...content)
    return joinBytes(u8(tag), u8(body.length), body)
  }
  const [aac, audioStream, unknownRates] = [u8(0x40), u8(0x15), joinBytes(uint(3, 0), u32(0), u32(0))]
  const decoder = descriptor(4, aac, audioStream, unknownRates, descriptor(5, description))
  return box('esds', zeros(4), descriptor(3, u16(1), u8(0), decoder, descriptor(6, u8(2))))
}

/**
 * The header of Ogg Opus with its numbers turned round, without its magic word.
 * Source: Encapsulation of Opus in ISO Base Media File Format, 4.3.2.
 */
function dOps({ channels, description }: AudioTrack): Uint8Array {
  const header = new DataView(description.buffer, description.byteOffset, description.byteLength)
  const preSkip = header.getUint16(10, true)
  const gain = header.getUint16(16, true)
  return box('dOps', u8(0), u8(channels), u16(preSkip), u32(sampleRate), u16(gain), u8(0))
}
