import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
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
import { downloadsOf, type Download } from './download.ts'
import { Journal, type JournalEntry } from './journal.ts'

interface RecordedRendition {
  readonly file: FileHandle
  readonly path: string
  readonly inits: Map<string, ByteSpan>
  /** Without what was cut. */
  parts: RecordedPart[]
  /** Their bytes are still there, and nobody may read them. */
  cut: RecordedPart[]
  /** Bytes that the journal vouches for. */
  size: number
  /** Times of its parts, made when they are asked for. */
  runs?: { readonly of: readonly RecordedPart[]; readonly count: number; readonly times: readonly CaptionTime[] }
}

/** A file that everybody may read, but for some bytes of it. */
export interface PublicFile {
  readonly path: string
  readonly size: number
  /** Bytes that nobody may read at this moment. */
  readonly hidden: () => readonly ByteSpan[]
}

/**
 * What was let through, on disk: of every rendition one file, and one journal of the broadcast. Media is written before
 * the line that vouches for it, so that whatever ends the hub costs at most what was being written.
 */
export class Recording {
  readonly #folder: string
  readonly #journal: Journal
  readonly #renditions = new Map<string, RecordedRendition>()
  /** What can be watched, while it goes on and afterwards, until something comes or goes. */
  readonly #watchable = new Map<boolean, readonly HeldTime[]>()
  #cuts: readonly HeldTime[] = []
  #hadMedia = false
  #writing: Promise<void> = Promise.resolve()

  private constructor(folder: string, journal: Journal) {
    this.#folder = folder
    this.#journal = journal
  }

  /** Opens what a folder holds of a broadcast; what no line of the journal vouches for is cut off. */
  static async open(folder: string): Promise<{ recording: Recording; entries: JournalEntry[] }> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { journal, entries } = await Journal.open(join(folder, 'journal.jsonl'))
    const recording = new Recording(folder, journal)
    await recording.#recover(entries)
    return { recording, entries }
  }

  /** Says what happened; `safe`: settles when it survives a power cut. */
  note(entry: JournalEntry, safe = false): Promise<void> {
    return this.#journal.append(entry, safe)
  }

  /** Appends a part, and before the first of a stream its initialization segment. */
  append(head: PartHead, { init, media, late }: { init: Buffer; media: Buffer; late: boolean }): Promise<void> {
    return this.#next(async () => {
      const { rendition, stream, epoch, sequence, captured, duration, last } = head
      const recorded = await this.#of(rendition)
      if (!recorded.inits.has(stream)) {
        const span = await write(recorded, init)
        await this.#journal.append({ kind: 'init', rendition, stream, ...span })
        recorded.inits.set(stream, span)
      }
      const span = await write(recorded, media)
      if (last) await recorded.file.datasync()
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
      // The journal says so first: bytes that are still there after a power cut are overwritten at the next start.
      await this.#journal.append({ kind: 'withheld', ...moment, parts: gone }, true)
      for (const { rendition, ...span } of gone) await erase((await this.#of(rendition)).file, span)
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

  /** Whether there is media on disk, what was cut included. */
  get holdsMedia(): boolean {
    return [...this.#renditions.values()].some(({ parts, cut }) => parts.length + cut.length > 0)
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
    return { path: recorded.path, size: recorded.size, hidden: () => recorded.cut }
  }

  /** What is recorded of a rendition and where; undefined when there is nothing of it. */
  held(rendition: string): Readonly<Pick<RecordedRendition, 'path' | 'inits' | 'parts'>> | undefined {
    const recorded = this.#renditions.get(rendition)
    return recorded && recorded.parts.length > 0 ? recorded : undefined
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
  async downloads(rendition: string): Promise<readonly Download[]> {
    const recorded = this.#renditions.get(rendition)
    if (!recorded || recorded.parts.length === 0) return []
    return downloadsOf({
      path: recorded.path,
      inits: recorded.inits,
      parts: recorded.parts,
      isPublic: (part) => this.#renditions.get(rendition) === recorded && recorded.parts.includes(part),
    })
  }

  /** Removes all media; what the journal tells remains. */
  remove(moment: { at: number; epoch: number }): Promise<void> {
    return this.#next(async () => {
      await this.#journal.append({ kind: 'removed', ...moment }, true)
      for (const { file, path } of this.#renditions.values()) {
        await file.close()
        await rm(path, { force: true })
      }
      this.#renditions.clear()
      this.#watchable.clear()
    })
  }

  async close(): Promise<void> {
    await this.written()
    for (const { file } of this.#renditions.values()) {
      await file.datasync()
      await file.close()
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

  async #of(rendition: string): Promise<RecordedRendition> {
    const known = this.#renditions.get(rendition)
    if (known) return known
    const path = join(this.#folder, `${rendition}.mp4`)
    // Neither appended nor cut by itself: where something is written the journal knows.
    const file = await open(path, 'r+', 0o600).catch(() => open(path, 'w+', 0o600))
    const made: RecordedRendition = { file, path, inits: new Map(), parts: [], cut: [], size: 0 }
    this.#renditions.set(rendition, made)
    return made
  }

  async #recover(entries: readonly JournalEntry[]): Promise<void> {
    this.#hadMedia = entries.some((entry) => entry.kind === 'part' && pictureOf(entry.rendition) === 'main')
    const lastRemoval = entries.findLastIndex(({ kind }) => kind === 'removed')
    for (const entry of entries.slice(lastRemoval + 1))
      if (entry.kind === 'init' || entry.kind === 'part') await this.#recoverSpan(entry)
      else if (entry.kind === 'withheld') await this.#withholdAgain(entry.parts)
    for (const { file, size } of this.#renditions.values()) await file.truncate(size)
  }

  async #recoverSpan(entry: Extract<JournalEntry, { kind: 'init' | 'part' }>): Promise<void> {
    const recorded = await this.#of(entry.rendition)
    const end = entry.offset + entry.length
    if (end > (await recorded.file.stat()).size) return
    recorded.size = Math.max(recorded.size, end)
    if (entry.kind === 'init') recorded.inits.set(entry.stream, { offset: entry.offset, length: entry.length })
    else recorded.parts.push(entry)
  }

  async #withholdAgain(gone: readonly ({ readonly rendition: string } & ByteSpan)[]): Promise<void> {
    for (const { rendition, ...span } of gone) {
      const recorded = await this.#of(rendition)
      recorded.parts = recorded.parts.filter(({ offset }) => offset !== span.offset)
      if (span.offset + span.length <= recorded.size) await erase(recorded.file, span)
    }
  }
}

async function write(recorded: RecordedRendition, bytes: Buffer): Promise<ByteSpan> {
  const span = { offset: recorded.size, length: bytes.length }
  for (let done = 0; done < bytes.length;)
    done += (await recorded.file.write(bytes, done, bytes.length - done, span.offset + done)).bytesWritten
  recorded.size += bytes.length
  return span
}

async function erase(file: FileHandle, { offset, length }: ByteSpan): Promise<void> {
  await file.write(Buffer.alloc(length), 0, length, offset)
  await file.datasync()
}
