/** Cuts a stream of bytes into the boxes it is made of. Source: ISO/IEC 14496-12, 4.2. */
export class BoxStream {
  #bytes: Buffer = Buffer.alloc(0)

  /** Takes the next bytes; returns the boxes that they complete. Throws where no box can be. */
  take(bytes: Buffer): Buffer[] {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
    const boxes: Buffer[] = []
    while (this.#bytes.length >= 8) {
      const size = this.#bytes.readUInt32BE(0)
      if (size < 8 || size > largestBox) throw new Error('The encoder wrote something else than boxes.')
      if (this.#bytes.length < size) break
      boxes.push(this.#bytes.subarray(0, size))
      this.#bytes = this.#bytes.subarray(size)
    }
    return boxes
  }
}

/** Bytes; a key frame of 720 lines has a tenth of it. */
const largestBox = 8_388_608
export const typeOf = (box: Buffer): string => box.toString('latin1', 4, 8)
