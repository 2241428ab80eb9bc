import { createHash } from 'node:crypto'
import { ObjectStoreFault, type ObjectStore } from '../../../../shared/ports/object-store.ts'
import type { JournalEntry, MovedEntry } from '../journal.ts'
import type { Piece } from './pieces.ts'
import type { RenditionBytes } from './rendition-bytes.ts'

export interface MovedMediaOptions {
  /** What the names of all its objects begin with. */
  readonly key: string
  /** Bytes of an object at most. */
  readonly pieceBytes: number
  /** What is recorded now, by rendition. */
  readonly renditions: () => readonly (readonly [string, RenditionBytes])[]
  /** Whether any of it is still to be read. */
  readonly holdsMedia: () => boolean
  /** Settles when the entry survives a power cut. */
  readonly append: (entry: JournalEntry) => Promise<void>
  readonly tell: (entry: MovedEntry) => Promise<void>
  /** One after the other with everything else that is written. */
  readonly next: (work: () => Promise<void>) => Promise<void>
}

/**
 * What lies in objects of one recording, and what is still to be done with them. Every step is told by the journal before
 * or after it, so that it can be begun again from the journal alone; objects have names that follow from it.
 */
export class MovedMedia {
  readonly #options: MovedMediaOptions
  /** How often everything was removed before: names are never used again. */
  #generation = 0
  /** Names of the objects of this generation. */
  #names = new Set<string>()
  /** By generation, names of objects that are still to be removed. */
  readonly #leftovers = new Map<number, ReadonlySet<string>>()
  #hasEnded = false
  #failed = ''

  constructor(options: MovedMediaOptions) {
    this.#options = options
  }

  /** Hears of every entry of the journal, in order. */
  see(entry: JournalEntry): void {
    if (entry.kind === 'ended') this.#hasEnded = true
    else if (entry.kind === 'announced' && entry.picture !== 'second') this.#hasEnded = false
    else if (entry.kind === 'piece') this.#names.add(`${this.prefixOf(entry.rendition)}${entry.offset}`)
    else if (entry.kind === 'emptied') this.#leftovers.delete(entry.generation)
    else if (entry.kind === 'removed') {
      if (this.#names.size > 0) this.#leftovers.set(this.#generation, this.#names)
      this.#generation += 1
      this.#names = new Set()
    }
  }

  /** Names the recording in the log. */
  get key(): string {
    return this.#options.key
  }

  prefixOf(rendition: string): string {
    return `${this.#root(this.#generation)}${rendition}/`
  }

  /** Whether nothing can be told or done without the store. */
  get needsStore(): boolean {
    return this.#names.size > 0 || this.#leftovers.size > 0
  }

  /** Does everything that is to be done; after a fault it can be asked for again. */
  async settle(store: ObjectStore): Promise<void> {
    for (const [generation, names] of this.#leftovers) await this.#empty(store, generation, names)
    await this.#renew(store)
    while (this.#hasEnded && this.#options.holdsMedia() && this.#isOnDisk) {
      await store.check()
      // What an object holds is on disk for good before anything is told of it.
      for (const [, bytes] of this.#options.renditions()) await bytes.sync()
      for (let next = this.#next(); this.#hasEnded && next; next = this.#next()) await this.#store(store, ...next)
      await this.#renew(store)
      await this.#release()
    }
    this.#failed = ''
  }

  /** Tells once of each reason for which something could not be done. */
  async failed(reason: string): Promise<void> {
    if (this.#failed === reason) return
    this.#failed = reason
    await this.#options.tell({ kind: 'stuck', reason })
  }

  get #isOnDisk(): boolean {
    return this.#options.renditions().some(([, { size, movedUntil }]) => size > movedUntil)
  }

  #root(generation: number): string {
    return `${this.#options.key}/${generation}/`
  }

  /** Removes the objects of what was removed: those that the journal names, and whatever else the store does. */
  async #empty(store: ObjectStore, generation: number, known: ReadonlySet<string>): Promise<void> {
    const names = new Set(known)
    for await (const name of store.names(this.#root(generation))) names.add(name)
    for (const name of names) await store.remove(name)
    await this.#options.tell({ kind: 'emptied', generation, objects: names.size })
  }

  /** Makes objects anew that hold what was overwritten since. */
  async #renew(store: ObjectStore): Promise<void> {
    let objects = 0
    for (;;) {
      const found = this.#options.renditions().flatMap(([rendition, bytes]) => {
        const piece = bytes.pieces.unstored
        return piece ? [{ rendition, bytes, piece }] : []
      })[0]
      if (!found) break
      if (found.piece.offset < found.bytes.movedUntil) objects += 1
      await this.#store(store, found.rendition, found.bytes, found.piece)
    }
    if (objects > 0) await this.#options.tell({ kind: 'overwritten', objects })
  }

  /** The next stretch that has no object yet. */
  #next(): [rendition: string, bytes: RenditionBytes, piece: Piece] | undefined {
    for (const [rendition, bytes] of this.#options.renditions()) {
      const { end: offset } = bytes.pieces
      const length = Math.min(this.#options.pieceBytes, bytes.size - offset)
      if (length > 0) return [rendition, bytes, { offset, length, isStored: false }]
    }
    return undefined
  }

  /** Stores a stretch until its object is what it is to be, read back and compared. */
  async #store(store: ObjectStore, rendition: string, bytes: RenditionBytes, { offset, length }: Piece): Promise<void> {
    const span = { offset, length }
    const name = bytes.nameOf(span)
    const begun = await this.#told(rendition, bytes, { ...span, isStored: false })
    while (begun && this.#isCurrent(rendition, bytes)) {
      // Whatever is taken back from here on says so by making it false again.
      begun.isStored = true
      try {
        const whole = await bytes.whole(span)
        await store.put(name, whole)
        await compare(store, name, whole)
      } catch (fault) {
        begun.isStored = false
        throw fault
      }
      const isUnchanged: boolean = begun.isStored
      begun.isStored = false
      if (isUnchanged && (await this.#told(rendition, bytes, { ...span, isStored: true }))) return
    }
  }

  /** Writes down what is known of an object, unless all of it was removed meanwhile. */
  async #told(rendition: string, bytes: RenditionBytes, piece: Piece): Promise<Piece | undefined> {
    if (!this.#isCurrent(rendition, bytes)) return undefined
    const { isStored: stored, ...span } = piece
    const entry = { kind: 'piece', rendition, stored, ...span } as const
    const known = bytes.pieces.set(span, stored)
    this.see(entry)
    // In one turn with the look: whatever is taken back later has a later line.
    await this.#options.append(entry)
    return known
  }

  #isCurrent(rendition: string, bytes: RenditionBytes): boolean {
    return this.#options.renditions().some(([name, each]) => name === rendition && each === bytes)
  }

  /** Takes from the disk what has objects, all of it at once. */
  #release(): Promise<void> {
    return this.#options.next(async () => {
      const renditions = this.#options.renditions()
      const isWhole = renditions.every(([, { pieces, size }]) => pieces.end >= size && !pieces.unstored)
      if (!isWhole || !this.#hasEnded) return
      const until = Object.fromEntries(renditions.map(([rendition, { size }]) => [rendition, size]))
      const objects = renditions.reduce((sum, [, { pieces }]) => sum + pieces.count, 0)
      await this.#options.tell({ kind: 'moved', until, objects })
      for (const [, bytes] of renditions) await bytes.release()
    })
  }
}

async function compare(store: ObjectStore, name: string, whole: Buffer): Promise<void> {
  const digest = createHash('sha256')
  for await (const chunk of await store.read(name, { start: 0, end: whole.length - 1 })) digest.update(chunk)
  if (!digest.digest().equals(createHash('sha256').update(whole).digest()))
    throw new ObjectStoreFault(
      'refused',
      'unfit',
      'An object is not what was stored. Look what stands before the store.',
    )
}
