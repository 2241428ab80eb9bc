/** Boxes of the ISO base media file format. Source: ISO/IEC 14496-12, 4.2. */

/** A number of 1 to 4 bytes, big endian. */
export function uint(bytes: 1 | 2 | 3 | 4, value: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) & 0xff)
}

export const u8 = (value: number): Uint8Array => uint(1, value)
export const u16 = (value: number): Uint8Array => uint(2, value)
export const u32 = (value: number): Uint8Array => uint(4, value)

/** A number of 8 bytes; exact up to 2^53. */
export const u64 = (value: number): Uint8Array => joinBytes(u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32))

export const zeros = (count: number): Uint8Array => new Uint8Array(count)

/** Latin letters as bytes, such as the four of a box's type. */
export const letters = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Several runs of bytes as one. */
export function joinBytes(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** A box: size, type, content. */
export function box(type: string, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = content.reduce((sum, piece) => sum + piece.length, 8)
  return joinBytes(u32(size), letters(type), ...content)
}

/** A box that begins with a version and flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Uint8Array[]): Uint8Array =>
  box(type, u8(version), uint(3, flags), ...content)
