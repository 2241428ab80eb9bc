import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CaptionTime } from '../../../shared/council/caption.ts'
import { pictureOf } from '../../../shared/council/broadcast.ts'
import type { PartHead } from '../../../shared/council/broadcast-part.ts'
import { runsOf } from '../../../shared/rules/broadcast/captions.ts'
import { splitByCuts, type RecordingCut } from '../../../shared/rules/broadcast/corrections.ts'
import {
  heldTimes,
  lengthOf,
  recordingPlaylist,
  type ByteSpan,
  type HeldTime,
  type RecordedPart,
} from '../../../shared/rules/broadcast/recording.ts'
import type { Depot } from './depot/depot.ts'
import { MovedMedia } from './depot/moved-media.ts'
import { RenditionBytes } from './depot/rendition-bytes.ts'
import { downloadsOf, type Download, type RecordedInit } from './download.ts'
import { Journal, type JournalEntry, type MovedEntry, type ToldEntry } from './journal.ts'

interface RecordedRendition {
  readonly bytes: RenditionBytes
  readonly inits: Map<string, RecordedInit>
  /** Without what was cut. */
  parts: RecordedPart[]
  /** Their bytes are still there, and nobody may read them. */
  cut: RecordedPart[]
  /** Times of its parts, made when they are asked for. */
  runs?: { readonly of: readonly RecordedPart[]; readonly count: number; readonly times: readonly CaptionTime[] }
}

/** A file that everybody may read, but for some bytes of it. */
export interface PublicFile {
  readonly size: number
  /** Its bytes from `start` to `end`, both counted in, with zeros for what was taken back. */
  readonly read: (start: number, end: number) => AsyncGenerator<Buffer>
  /** Bytes besides that nobody may read at this moment. */
  readonly hidden: () => readonly ByteSpan[]
}

/** What is recorded of a rendition. */
export interface HeldRendition {
  /** By stream. */
  readonly inits: ReadonlyMap<string, RecordedInit>
  readonly parts: readonly RecordedPart[]
  /** Makes what reads one span after the other; of what was taken back it may have read more ahead. */
  readonly reader: () => (span: ByteSpan) => Promise<Buffer>
  /** The bytes of one span. */
  readonly bytes: (span: ByteSpan) => Promise<Buffer>
}

/** What a recording is told of the broadcast that it is of. */
export interface RecordingHost {
  readonly moment: () => { readonly at: number; readonly epoch: number }
  /** Hears of what the recording itself writes down of where it lies. */
  readonly onTold: (entry: ToldEntry) => void
}

/**
 * What was let through, on disk: of every rendition one file, and one journal of the broadcast. Media is written before
 * the line that vouches for it, so that whatever ends the hub costs at most what was being written.
 */
export class Recording {
  readonly #folder: string
  readonly #journal: Journal
  readonly #depot: Depot
  readonly #moved: MovedMedia
  #host: RecordingHost | undefined
  readonly #renditions = new Map<string, RecordedRendition>()
  /** What can be watched, while it goes on and afterwards, until something comes or goes. */
  readonly #watchable = new Map<boolean, readonly HeldTime[]>()
  #cuts: readonly HeldTime[] = []
  #hadMedia = false
  #writing: Promise<void> = Promise.resolve()

  private constructor(folder: string, journal: Journal, depot: Depot) {
    this.#folder = folder
    this.#journal = journal
    this.#depot = depot
    this.#moved = new MovedMedia({
      key: basename(folder),
      pieceBytes: depot.pieceBytes,
      renditions: () => [...this.#renditions].map(([rendition, { bytes }]) => [rendition, bytes]),
      holdsMedia: () => this.holdsMedia,
      append: (entry) => this.#journal.append(entry, true),
      tell: (entry) => this.#tell(entry),
      next: (work) => this.#next(work),
    })
  }

  /** Opens what a folder holds of a broadcast; what no line of the journal vouches for is cut off. */
  static async open(folder: string, depot: Depot): Promise<{ recording: Recording; entries: JournalEntry[] }> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { journal, entries } = await Journal.open(join(folder, 'journal.jsonl'))
    const recording = new Recording(folder, journal, depot)
    await recording.#recover(entries)
    return { recording, entries }
  }

  /** From here on it may be moved. */
  attach(host: RecordingHost): void {
    this.#host = host
    this.#depot.wake(this.#moved)
  }

  /** Says what happened; `safe`: settles when it survives a power cut. */
  note(entry: JournalEntry, safe = false): Promise<void> {
    this.#moved.see(entry)
    const noted = this.#journal.append(entry, safe)
    if (entry.kind === 'ended') void this.written().then(() => this.#depot.wake(this.#moved))
    return noted
  }

  /** Appends a part, and before the first of a stream its initialization segment. */
  append(head: PartHead, { init, media, late }: { init: Buffer; media: Buffer; late: boolean }): Promise<void> {
    return this.#next(async () => {
      const { rendition, stream, epoch, sequence, captured, duration, last } = head
      const recorded = this.#of(rendition)
      if (!recorded.inits.has(stream)) {
        const span = await recorded.bytes.append(init)
        await this.#journal.append({ kind: 'init', rendition, stream, ...span })
        recorded.inits.set(stream, { ...span, bytes: init })
      }
      const span = await recorded.bytes.append(media)
      if (last) await recorded.bytes.sync()
      const part: RecordedPart = { ...{ stream, epoch, sequence, ...captured, duration, last, late }, ...span }
      await this.#journal.append({ kind: 'part', rendition, ...part }, last)
      recorded.parts.push(part)
      this.#hadMedia ||= pictureOf(rendition) === 'main'
      this.#watchable.clear()
      if (this.#cuts.length > 0) this.#split(recorded)
    })
  }

  /** Settles when everything that was appended up to now is there to be watched, or failed to be. */
  written(): Promise<void> {
    return this.#writing.catch(() => undefined)
  }

  /** Overwrites what was captured at these times; returns the number of parts. */
  async withhold(
    touches: (part: RecordedPart, rendition: string) => boolean,
    moment: { at: number; epoch: number; picture?: 'second' },
  ): Promise<number> {
    let count = 0
    await this.#next(async () => {
      const gone = [...this.#renditions].flatMap(([rendition, { parts, cut }]) =>
        [...parts, ...cut]
          .filter((part) => touches(part, rendition))
          .map(({ offset, length }) => ({ rendition, offset, length })),
      )
      count = gone.length
      if (count === 0) return
      for (const [rendition, recorded] of this.#renditions) {
        recorded.parts = recorded.parts.filter((part) => !touches(part, rendition))
        recorded.cut = recorded.cut.filter((part) => !touches(part, rendition))
      }
      this.#watchable.clear()
      for (const { rendition, ...span } of gone) this.#renditions.get(rendition)?.bytes.forget(span)
      // The journal says so first: bytes that are still there after a power cut are overwritten at the next start.
      await this.#journal.append({ kind: 'withheld', ...moment, parts: gone }, true)
      for (const { rendition, ...span } of gone) await this.#of(rendition).bytes.erase(span)
      this.#depot.wake(this.#moved)
    })
    return count
  }

  /** Takes times out of everything that can be read, or brings them back; returns what is out of it now. */
  setCuts(cuts: readonly HeldTime[]): CaptionTime[] {
    this.#cuts = cuts
    for (const recorded of this.#renditions.values()) this.#split(recorded)
    return [...this.#renditions.values()].flatMap(({ cut }) => runsOf(cut))
  }

  /** Overwrites what final cuts took out, once what is being written is there. */
  async eraseCuts(cuts: readonly RecordingCut[], moment: { at: number; epoch: number }): Promise<void> {
    await this.written()
    const final = cuts.filter((cut) => cut.final)
    const gone = new Set([...this.#renditions.values()].flatMap((recorded) => splitByCuts(recorded.cut, final).cut))
    await this.withhold((part) => gone.has(part), moment)
  }

  /** Whether there is media, what was cut included, or anything in objects. */
  get holdsMedia(): boolean {
    return [...this.#renditions.values()].some(
      ({ parts, cut, bytes }) => parts.length + cut.length + bytes.pieces.count > 0,
    )
  }

  /** Whether anything was recorded ever of the main picture. */
  get hadMedia(): boolean {
    return this.#hadMedia
  }

  /** Whether nothing of the main picture can be watched. */
  get isEmpty(): boolean {
    return this.#main.every(({ parts }) => parts.length === 0)
  }

  /** The times that can be watched, of the rendition of the main picture that holds most. */
  watchable(ended: boolean): readonly HeldTime[] {
    const known = this.#watchable.get(ended)
    if (known) return known
    const each = this.#main.map(({ parts }) => heldTimes(parts, ended))
    const most = each.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0] ?? []
    this.#watchable.set(ended, most)
    return most
  }

  /** The playlist of a rendition from the beginning; undefined when there is nothing of it. */
  playlist(rendition: string, ended: boolean): string | undefined {
    const recorded = this.#renditions.get(rendition)
    if (!recorded || recorded.parts.length === 0) return undefined
    return recordingPlaylist(recorded.parts, { file: 'recording.mp4', inits: recorded.inits, ended })
  }

  /** The file of a rendition with as many bytes as may be read; undefined when there is none. */
  file(rendition: string): PublicFile | undefined {
    const recorded = this.#renditions.get(rendition)
    if (!recorded || recorded.parts.length === 0) return undefined
    const { bytes } = recorded
    return { size: bytes.size, read: (start, end) => bytes.read(start, end), hidden: () => recorded.cut }
  }

  /** What is recorded of a rendition, and how it is read; undefined when there is nothing of it. */
  held(rendition: string): HeldRendition | undefined {
    const recorded = this.#renditions.get(rendition)
    if (!recorded || recorded.parts.length === 0) return undefined
    const { bytes, inits, parts } = recorded
    return { inits, parts, reader: () => bytes.reader(), bytes: (span) => bytes.whole(span) }
  }

  /** Times of which any rendition of the main picture holds everything. */
  get times(): readonly CaptionTime[] {
    return this.#main.flatMap((recorded) => {
      const { runs, parts } = recorded
      if (runs?.of !== parts || runs.count !== parts.length)
        recorded.runs = { of: parts, count: parts.length, times: runsOf(parts) }
      return recorded.runs?.times ?? []
    })
  }

  /** What can be downloaded of a rendition: a file for each run of parts whose encoders had the same settings. */
  downloads(rendition: string): readonly Download[] {
    const [recorded, held] = [this.#renditions.get(rendition), this.held(rendition)]
    if (!recorded || !held) return []
    return downloadsOf({
      ...held,
      isPublic: (part) => this.#renditions.get(rendition) === recorded && recorded.parts.includes(part),
    })
  }

  /** Removes all media; what the journal tells remains. */
  remove(moment: { at: number; epoch: number }): Promise<void> {
    return this.#next(async () => {
      const removed = [...this.#renditions.values()]
      this.#renditions.clear()
      this.#watchable.clear()
      await this.note({ kind: 'removed', ...moment }, true)
      for (const { bytes } of removed) await bytes.remove()
      this.#depot.wake(this.#moved)
    })
  }

  async close(): Promise<void> {
    await this.written()
    for (const { bytes } of this.#renditions.values()) {
      await bytes.sync()
      await bytes.close()
    }
    await this.#journal.close()
  }

  get #main(): RecordedRendition[] {
    return [...this.#renditions].flatMap(([rendition, recorded]) => (pictureOf(rendition) === 'main' ? [recorded] : []))
  }

  #split(recorded: RecordedRendition): void {
    const all = [...recorded.parts, ...recorded.cut].sort((a, b) => a.offset - b.offset)
    const { kept, cut } = splitByCuts(all, this.#cuts)
    Object.assign(recorded, { parts: kept, cut })
    this.#watchable.clear()
  }

  /** One write after the other; after one that failed the next is tried anew. */
  #next(work: () => Promise<void>): Promise<void> {
    const writing = this.#writing.catch(() => undefined).then(work)
    this.#writing = writing
    return writing
  }

  async #tell(entry: MovedEntry): Promise<void> {
    if (!this.#host) throw new Error('Nobody told the recording of its broadcast.')
    const told = { ...entry, ...this.#host.moment() }
    await this.note(told, true)
    this.#host.onTold(told)
  }

  #of(rendition: string): RecordedRendition {
    const known = this.#renditions.get(rendition)
    if (known) return known
    const bytes = new RenditionBytes({
      path: join(this.#folder, `${rendition}.mp4`),
      prefix: this.#moved.prefixOf(rendition),
      read: (name, range) => this.#depot.read(name, range),
    })
    const made: RecordedRendition = { bytes, inits: new Map(), parts: [], cut: [] }
    this.#renditions.set(rendition, made)
    return made
  }

  async #recover(entries: readonly JournalEntry[]): Promise<void> {
    this.#hadMedia = entries.some((entry) => entry.kind === 'part' && pictureOf(entry.rendition) === 'main')
    for (const entry of entries) this.#moved.see(entry)
    const lastRemoval = entries.findLastIndex(({ kind }) => kind === 'removed')
    const kept = entries.slice(lastRemoval + 1)
    const moved = kept.findLast((entry) => entry.kind === 'moved')
    for (const [rendition, until] of Object.entries(moved?.until ?? {})) this.#of(rendition).bytes.movedUntil = until
    const announced = initsOf(entries)
    for (const entry of kept)
      if (entry.kind === 'init' || entry.kind === 'part') await this.#recoverSpan(entry, announced)
      else if (entry.kind === 'piece') this.#of(entry.rendition).bytes.pieces.set(entry, entry.stored)
      else if (entry.kind === 'withheld') await this.#withholdAgain(entry.parts)
    for (const { bytes } of this.#renditions.values()) await bytes.trim()
  }

  async #recoverSpan(
    entry: Extract<JournalEntry, { kind: 'init' | 'part' }>,
    announced: ReadonlyMap<string, Buffer>,
  ): Promise<void> {
    const { rendition, stream, offset, length } = entry
    const { bytes, inits, parts } = this.#of(rendition)
    if (!(await bytes.holds(offset + length))) return
    bytes.size = Math.max(bytes.size, offset + length)
    if (entry.kind === 'part') parts.push(entry)
    else inits.set(stream, { offset, length, bytes: announced.get(`${stream}/${rendition}`) ?? Buffer.alloc(0) })
  }

  async #withholdAgain(gone: readonly ({ readonly rendition: string } & ByteSpan)[]): Promise<void> {
    for (const { rendition, ...span } of gone) {
      const recorded = this.#of(rendition)
      recorded.parts = recorded.parts.filter(({ offset }) => offset !== span.offset)
      recorded.bytes.forget(span)
      await recorded.bytes.erase(span)
    }
  }
}

/** Initialization segments that were announced, by stream and rendition. */
const initsOf = (entries: readonly JournalEntry[]): ReadonlyMap<string, Buffer> =>
  new Map(
    entries.flatMap((entry) =>
      entry.kind === 'announced'
        ? entry.renditions.map(
            ({ rendition, init }) => [`${entry.stream}/${rendition}`, Buffer.from(init, 'base64')] as const,
          )
        : [],
    ),
  )
