import { open, rm, type FileHandle } from 'node:fs/promises'
import { ObjectStoreFault, type ObjectStore } from '../../../../shared/ports/object-store.ts'
import type { ByteSpan } from '../../../../shared/rules/broadcast/recording.ts'
import { Pieces } from './pieces.ts'

export interface RenditionBytesOptions {
  /** The file on disk. */
  readonly path: string
  /** What the names of its objects begin with; their offset follows. */
  readonly prefix: string
  readonly read: ObjectStore['read']
}

/** Bytes that are fetched at once for whoever reads span after span. */
const readAhead = 2 * 1024 * 1024

/**
 * The bytes of a recorded rendition, counted from its first one: on disk, or once they were moved in objects. What comes
 * after a move is on disk again, at its place, with a hole before it.
 */
export class RenditionBytes {
  readonly #options: RenditionBytesOptions
  readonly pieces = new Pieces()
  /** What was overwritten, in stretches: nobody may have it, wherever it still lies. */
  readonly gone: ByteSpan[] = []
  #file: FileHandle | undefined
  /** Bytes that the journal vouches for. */
  size = 0
  /** Bytes up to here are in objects alone. */
  movedUntil = 0

  constructor(options: RenditionBytesOptions) {
    this.#options = options
  }

  nameOf({ offset }: ByteSpan): string {
    return `${this.#options.prefix}${offset}`
  }

  /** Whether everything up to a place is there, or was when it was moved. */
  async holds(end: number): Promise<boolean> {
    return end <= this.movedUntil || (await (await this.#opened()).stat()).size >= end
  }

  async append(bytes: Buffer): Promise<ByteSpan> {
    const file = await this.#opened()
    const span = { offset: this.size, length: bytes.length }
    for (let done = 0; done < bytes.length;)
      done += (await file.write(bytes, done, bytes.length - done, span.offset + done)).bytesWritten
    this.size += bytes.length
    return span
  }

  /** From now on nobody gets this stretch, and its object has to become another. */
  forget(span: ByteSpan): void {
    const last = this.gone.at(-1)
    if (last && last.offset + last.length === span.offset)
      this.gone[this.gone.length - 1] = { offset: last.offset, length: last.length + span.length }
    else this.gone.push({ offset: span.offset, length: span.length })
    this.pieces.outdate(span)
  }

  /** Overwrites a stretch that is on disk. */
  async erase({ offset, length }: ByteSpan): Promise<void> {
    if (offset < this.movedUntil || offset + length > this.size) return
    const file = await this.#opened()
    await file.write(Buffer.alloc(length), 0, length, offset)
    await file.datasync()
  }

  /** Bytes from `start` to `end`, both counted in, with zeros for what is gone. */
  async *read(start: number, end: number): AsyncGenerator<Buffer> {
    let place = start
    for await (const chunk of this.#stored(start, end)) {
      blank(chunk, place, this.gone)
      place += chunk.length
      yield chunk
    }
    if (place <= end) throw new Error('A recording is shorter than its journal says.')
  }

  /** The bytes of a stretch. */
  async whole({ offset, length }: ByteSpan): Promise<Buffer> {
    const chunks: Buffer[] = []
    if (length > 0) for await (const chunk of this.read(offset, offset + length - 1)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  /** Reads one span after the other, more at once than is asked for: what it gives may have been taken back meanwhile. */
  reader(): (span: ByteSpan) => Promise<Buffer> {
    let ahead: { offset: number; bytes: Buffer } = { offset: 0, bytes: Buffer.alloc(0) }
    return async ({ offset, length }) => {
      if (offset < ahead.offset || offset + length > ahead.offset + ahead.bytes.length) {
        const more = Math.min(Math.max(length, readAhead), this.size - offset)
        ahead = { offset, bytes: await this.whole({ offset, length: more }) }
      }
      return Buffer.from(ahead.bytes.subarray(offset - ahead.offset, offset - ahead.offset + length))
    }
  }

  async sync(): Promise<void> {
    await this.#file?.datasync()
  }

  /** Cuts off what the journal does not vouch for, and what a move left behind. */
  async trim(): Promise<void> {
    if (this.size <= this.movedUntil) await this.release()
    else await (await this.#opened()).truncate(this.size)
  }

  /** Takes from the disk what has objects by now. */
  async release(): Promise<void> {
    this.movedUntil = this.size
    await this.remove()
  }

  async remove(): Promise<void> {
    await this.close()
    await rm(this.#options.path, { force: true })
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async *#stored(start: number, end: number): AsyncGenerator<Buffer> {
    let place = start
    if (place < this.movedUntil) {
      const last = Math.min(end, this.movedUntil - 1)
      yield* this.#moved(place, last)
      place = last + 1
    }
    if (place > end) return
    const file = await open(this.#options.path, 'r').catch((fault: unknown): undefined => {
      // It was moved between the look and the act.
      if (place < this.movedUntil) return undefined
      throw fault
    })
    if (!file) yield* this.#moved(place, end)
    else yield* file.createReadStream({ start: place, end }) as AsyncIterable<Buffer>
  }

  async *#moved(start: number, end: number): AsyncGenerator<Buffer> {
    for (const { piece, ...range } of this.pieces.covering(start, end)) {
      let left = range.end - range.start + 1
      for await (const chunk of await this.#options.read(this.nameOf(piece), range)) {
        left -= chunk.length
        yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
      }
      if (left !== 0) throw new ObjectStoreFault('unreachable', 'short', 'An object of a recording broke off.')
    }
  }

  /** Neither appended nor cut by itself: where something is written the journal knows. */
  async #opened(): Promise<FileHandle> {
    const { path } = this.#options
    this.#file ??= await open(path, 'r+', 0o600).catch(() => open(path, 'w+', 0o600))
    return this.#file
  }
}

/** Puts zeros where stretches of a file lie in a chunk of it that begins at `place`. */
export function blank(chunk: Buffer, place: number, stretches: readonly ByteSpan[]): void {
  for (const { offset, length } of stretches)
    if (offset < place + chunk.length && offset + length > place)
      chunk.fill(0, Math.max(0, offset - place), Math.min(chunk.length, offset + length - place))
}
