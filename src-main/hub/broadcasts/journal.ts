import { open, readFile, type FileHandle } from 'node:fs/promises'
import type { Rendition } from '../../../shared/council/broadcast.ts'
import type { RecordingCorrection } from '../../../shared/council/recording-correction.ts'
import type { ByteSpan, RecordedPart } from '../../../shared/rules/broadcast/recording.ts'

/** Milliseconds since 1970 by the hub's clock, and the epoch that was on. */
interface Moment {
  readonly at: number
  readonly epoch: number
  /** What it happened to, when that was the second picture alone. */
  readonly picture?: 'second'
}

/** What became of media that lies, or is to lie, in objects elsewhere. */
export type MovedEntry =
  /** All that was recorded is there, up to these bytes of each rendition, and no more on disk. */
  | { readonly kind: 'moved'; readonly until: Readonly<Record<string, number>>; readonly objects: number }
  /** So many objects hold nothing more of what was taken back. */
  | { readonly kind: 'overwritten'; readonly objects: number }
  /** What was removed for good, counted from 0, is in no object any more. */
  | { readonly kind: 'emptied'; readonly generation: number; readonly objects: number }
  /** Something of it could not be done; it is tried until it is. */
  | { readonly kind: 'stuck'; readonly reason: string }

export interface AnnouncedRendition extends Rendition {
  /** Initialization segment in base 64. */
  readonly init: string
}

/** What happened to a broadcast, in the order in which it did. */
export type JournalEntry =
  | ({
      readonly kind: 'announced'
      readonly stream: string
      readonly renditions: readonly AnnouncedRendition[]
      readonly delay: number
      /** Names of those who are to be seen in the second picture. */
      readonly interpreters?: readonly string[]
    } & Moment)
  | ({ readonly kind: 'init'; readonly rendition: string; readonly stream: string } & ByteSpan)
  | ({ readonly kind: 'part'; readonly rendition: string } & RecordedPart)
  | ({ readonly kind: 'opened' | 'slate' | 'resumed' | 'restarted' | 'ended' | 'removed' } & Moment)
  | ({ readonly kind: 'closed'; readonly because: readonly string[]; readonly direct: boolean } & Moment)
  /** Nothing was open, but who runs the meeting closed it directly, or took that back. */
  | ({ readonly kind: 'direct'; readonly closed: boolean } & Moment)
  | ({ readonly kind: 'refused'; readonly reason: string } & Moment)
  | ({ readonly kind: 'dropped'; readonly parts: number } & Moment)
  /** So many parts of the recording were overwritten, as somebody in them did not agree, or does so no more. */
  | ({ readonly kind: 'unconsented'; readonly parts: number } & Moment)
  /** What who runs the meeting corrected after the end. */
  | (RecordingCorrection & Moment)
  /** Bytes of files that were overwritten, as what they were of was not public after all. */
  | ({ readonly kind: 'withheld'; readonly parts: readonly ({ readonly rendition: string } & ByteSpan)[] } & Moment)
  /** A stretch of a rendition begins to be written to an object of its own, or is there as it was on disk. */
  | ({ readonly kind: 'piece'; readonly rendition: string; readonly stored: boolean } & ByteSpan)
  | (MovedEntry & Moment)

/** What a report tells of; the rest is where media lies. */
export type ToldEntry = Exclude<JournalEntry, { kind: 'init' | 'part' | 'piece' }>

const untold: readonly string[] = ['init', 'part', 'piece'] satisfies Exclude<JournalEntry, ToldEntry>['kind'][]

export const isTold = (entry: JournalEntry): entry is ToldEntry => !untold.includes(entry.kind)

const corrected: readonly string[] = [
  'cut',
  'cut-undone',
  'cut-final',
  'chapter',
] satisfies RecordingCorrection['kind'][]

export const isCorrection = (entry: JournalEntry): entry is RecordingCorrection & Moment =>
  corrected.includes(entry.kind)

/** What the lines of a journal say, without one that was not written to its end. */
export function entriesOf(text: string): { readonly whole: string; readonly entries: JournalEntry[] } {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const lines = whole.split('\n').filter((line) => line !== '')
  return { whole, entries: lines.map((line) => JSON.parse(line) as JournalEntry) }
}

/** A file of lines that only grows. Writes come one after the other; the first that fails is told to every later one. */
export class Journal {
  readonly #file: FileHandle
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens a journal, and reads what it holds. A line that was not written to its end is cut off. */
  static async open(path: string): Promise<{ journal: Journal; entries: JournalEntry[] }> {
    const file = await open(path, 'a', 0o600)
    const text = await readFile(path, 'utf8')
    const { whole, entries } = entriesOf(text)
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
    return { journal: new Journal(file), entries }
  }

  /** Appends an entry; `safe`: settles when it survives a power cut. */
  append(entry: JournalEntry, safe = false): Promise<void> {
    const writing = this.#writing.then(async () => {
      await this.#file.appendFile(`${JSON.stringify(entry)}\n`)
      if (safe) await this.#file.datasync()
    })
    // Whoever appends hears of the fault; a journal with a hole would tell a false story.
    this.#writing = writing
    writing.catch(() => undefined)
    return writing
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#file.close()
  }
}
