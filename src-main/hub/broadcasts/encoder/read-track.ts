import { findBoxes, readBoxes } from '../../../../shared/media/read-boxes.ts'
import type { AudioTrack, VideoTrack } from '../../../../shared/media/track.ts'

/**
 * What an encoder wrote of the picture's format in its `moov`.
 * Source: ISO/IEC 14496-15, 5.3.3: the `avcC` holds the record alone.
 */
export function videoTrackOf(moov: Buffer, size: { readonly width: number; readonly height: number }): VideoTrack {
  return { kind: 'video', codec: 'avc', ...size, description: contentOf(moov, 'avcC') }
}

/** What an encoder wrote of the sound's format. Source: ISO/IEC 14496-1, 7.2.6: descriptor 5 in the `esds`. */
export function soundTrackOf(moov: Buffer): AudioTrack {
  const esds = contentOf(moov, 'esds')
  const wide = [0x05, 0x80, 0x80, 0x80]
  const at = esds.indexOf(Buffer.from(wide))
  const from = at + wide.length
  if (at < 0) throw new Error('The encoder wrote no format of the sound.')
  return { kind: 'audio', codec: 'aac', channels: 1, description: esds.subarray(from + 1, from + 1 + esds[from]!) }
}

/** The content of a box within the description of samples, which is no box of boxes alone. */
function contentOf(moov: Buffer, type: string): Buffer {
  const [description] = findBoxes(readBoxes(moov) ?? [], 'stsd')
  const bytes = Buffer.from(description?.content ?? [])
  const at = bytes.indexOf(type, 0, 'latin1')
  if (at < 4) throw new Error(`The encoder wrote no ${type}.`)
  return bytes.subarray(at + 4, at - 4 + bytes.readUInt32BE(at - 4))
}

/** Whether a frame of the picture is one that a player can begin with. Source: ITU-T H.264, table 7-1: unit 5. */
export function isKeyFrame(frame: Buffer): boolean {
  for (let at = 0; at + 5 <= frame.length; at += 4 + frame.readUInt32BE(at))
    if ((frame[at + 4]! & 0x1f) === 5) return true
  return false
}
