import type { ByteSpan } from '../../../../shared/rules/broadcast/recording.ts'

/** A stretch of a rendition's bytes that has an object of its own. */
export interface Piece extends ByteSpan {
  /** Whether its object holds these bytes as they are to be; false while that is not known. */
  isStored: boolean
}

/** The objects of one rendition: they follow each other without a gap, from its first byte on. */
export class Pieces {
  readonly #list: Piece[] = []

  get count(): number {
    return this.#list.length
  }

  /** Bytes up to here have objects. */
  get end(): number {
    const last = this.#list.at(-1)
    return last ? last.offset + last.length : 0
  }

  /** The first one whose object is not as it is to be. */
  get unstored(): Piece | undefined {
    return this.#list.find(({ isStored }) => !isStored)
  }

  /** Takes in what a journal says of an object, which may be the next one. */
  set({ offset, length }: ByteSpan, isStored: boolean): Piece {
    const known = this.#list.find((piece) => piece.offset === offset)
    if (known) return Object.assign(known, { isStored })
    const piece = { offset, length, isStored }
    this.#list.push(piece)
    return piece
  }

  /** What was in this stretch is something else now. */
  outdate({ offset, length }: ByteSpan): void {
    for (const piece of this.#list)
      if (piece.offset < offset + length && offset < piece.offset + piece.length) piece.isStored = false
  }

  /** The parts of the objects that hold the bytes from `start` to `end`, both counted in, in order. */
  covering(start: number, end: number): { readonly piece: Piece; readonly start: number; readonly end: number }[] {
    return this.#list.flatMap((piece) => {
      const { offset, length } = piece
      if (offset > end || offset + length <= start) return []
      return [{ piece, start: Math.max(start - offset, 0), end: Math.min(end - offset, length - 1) }]
    })
  }
}
