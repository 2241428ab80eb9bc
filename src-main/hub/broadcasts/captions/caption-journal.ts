import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import * as v from 'valibot'
import { captionActSchema, type CaptionAct } from '../../../../shared/council/caption.ts'

/**
 * What was done to the captions of a broadcast: a file of lines that only grows, beside the recording. Lines about what
 * turns out to have been closed go, as the media does.
 */
export class CaptionJournal {
  readonly #path: string
  #file: FileHandle | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, file: FileHandle | undefined) {
    this.#path = path
    this.#file = file
  }

  /** Opens a journal; a line that was not written to its end is cut off. Throws when it is damaged. */
  static async open(path: string): Promise<{ journal: CaptionJournal; acts: CaptionAct[] }> {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) return { journal: new CaptionJournal(path, undefined), acts: [] }
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    const acts = linesOf(whole).map((written, index) => {
      const act = readAct(written)
      if (!act) throw new Error(`Line ${index + 1} of ${path} is damaged. Restore the file from a backup.`)
      return act
    })
    const file = await open(path, 'a', 0o600)
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
    return { journal: new CaptionJournal(path, file), acts }
  }

  /** Adds acts; settles when they survive a power cut. */
  append(acts: readonly CaptionAct[]): Promise<void> {
    return this.#next(async () => {
      this.#file ??= await open(this.#path, 'a', 0o600)
      await this.#file.appendFile(acts.map((act) => `${JSON.stringify(act)}\n`).join(''))
      await this.#file.datasync()
    })
  }

  /** Takes everything about some captions out of the file. */
  forget(captions: ReadonlySet<string>): Promise<void> {
    return this.#next(async () => {
      const lines = linesOf(await readFile(this.#path, 'utf8'))
      const kept = lines.filter((written) => !captions.has((JSON.parse(written) as CaptionAct).caption))
      // Whatever ends the hub meanwhile, one of both files is whole.
      const fresh = await open(`${this.#path}.new`, 'w', 0o600)
      await fresh.appendFile(kept.map((written) => `${written}\n`).join(''))
      await fresh.datasync()
      await fresh.close()
      await this.#file?.close()
      await rename(`${this.#path}.new`, this.#path)
      this.#file = await open(this.#path, 'a', 0o600)
    })
  }

  /** Removes the file for good. */
  remove(): Promise<void> {
    return this.#next(async () => {
      await this.#file?.close()
      this.#file = undefined
      await rm(this.#path, { force: true })
    })
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#file?.close()
  }

  #next(write: () => Promise<void>): Promise<void> {
    const writing = this.#writing.then(write)
    // A journal with a hole would tell a false story: the first fault is told to every later writer.
    this.#writing = writing
    writing.catch(() => undefined)
    return writing
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((written) => written !== '')

function readAct(written: string): CaptionAct | undefined {
  try {
    return v.parse(captionActSchema, JSON.parse(written))
  } catch {
    return undefined
  }
}
