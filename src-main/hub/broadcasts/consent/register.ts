import { open, readFile, type FileHandle } from 'node:fs/promises'
import * as v from 'valibot'
import { consentActSchema, type ConsentAct, type ConsentSubject } from '../../../../shared/council/consent.ts'
import type { Speaker } from '../../../../shared/council/events/speech.ts'
import { StartFault } from '../../start-fault.ts'

/** Names from outside are written by different people on different days. */
const guestKey = (guest: string): string => guest.trim().replace(/\s+/g, ' ').toLocaleLowerCase('de')

const keyOf = (subject: ConsentSubject): string =>
  'person' in subject ? subject.person : `${subject.meeting} ${guestKey(subject.guest)}`

/** Whose consent counts for a speaker of a meeting. */
export const subjectOf = (meeting: string, speaker: Speaker): ConsentSubject =>
  'person' in speaker ? speaker : { guest: speaker.guest, meeting }

/**
 * Who agreed to be filmed and heard: a file of lines that only grows, in the hub’s data folder. It is no document, so no
 * audience has it and no device copies it.
 */
export class ConsentRegister {
  readonly #file: FileHandle
  readonly #acts = new Map<string, ConsentAct[]>()
  readonly #listeners = new Set<() => void>()
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens a register; a line that was not written to its end is cut off. Throws `StartFault` when it is damaged. */
  static async open(path: string): Promise<ConsentRegister> {
    const file = await open(path, 'a', 0o600)
    const text = await readFile(path, 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
    const register = new ConsentRegister(file)
    for (const [index, written] of whole.split('\n').slice(0, -1).entries()) {
      const act = readAct(written)
      if (!act) {
        await file.close()
        throw new StartFault(`Line ${index + 1} of ${path} is damaged. Restore the file from a backup.`)
      }
      register.#keep(act)
    }
    return register
  }

  /** What a speaker of a meeting agreed to, the oldest act first. */
  of(meeting: string, speaker: Speaker): readonly ConsentAct[] {
    return this.#acts.get(keyOf(subjectOf(meeting, speaker))) ?? []
  }

  /** What a person agreed to, the oldest act first. */
  ofPerson(person: string): readonly ConsentAct[] {
    return this.#acts.get(person) ?? []
  }

  /** Those from outside of whom the register of a meeting knows, by name. */
  guestsOf(meeting: string): Speaker[] {
    return [...this.#acts.values()].flatMap(([first]) =>
      first && 'guest' in first.subject && first.subject.meeting === meeting ? [{ guest: first.subject.guest }] : [],
    )
  }

  /** Adds acts. What is withdrawn holds at once; what is given once it survives a power cut, as this then settles. */
  add(acts: readonly ConsentAct[]): Promise<void> {
    this.#hold(acts.filter(({ given }) => !given))
    const lines = acts.map((act) => `${JSON.stringify(act)}\n`).join('')
    const writing = this.#writing.then(async () => {
      await this.#file.appendFile(lines)
      await this.#file.datasync()
      this.#hold(acts.filter(({ given }) => given))
    })
    // A register with a hole would tell a false story: the first fault is told to every later writer.
    this.#writing = writing
    writing.catch(() => undefined)
    return writing
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#file.close()
  }

  #hold(acts: readonly ConsentAct[]): void {
    if (acts.length === 0) return
    for (const act of acts) this.#keep(act)
    for (const listener of this.#listeners) listener()
  }

  #keep(act: ConsentAct): void {
    const key = keyOf(act.subject)
    this.#acts.set(key, [...(this.#acts.get(key) ?? []), act])
  }
}

function readAct(written: string): ConsentAct | undefined {
  try {
    return v.parse(consentActSchema, JSON.parse(written))
  } catch {
    return undefined
  }
}
