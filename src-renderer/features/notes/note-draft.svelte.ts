import type { Data, NoteFailure } from '../../data/contract.ts'

type NoteData = Pick<Data, 'notes' | 'saveNote' | 'sync'>

/** How safe a note is, from the least. */
export type NoteStanding = 'locked' | 'failed' | 'unsaved' | 'refused' | 'here' | 'sending' | 'kept' | 'none'

/** Milliseconds of rest after which what was typed is kept. */
const rest = 500

/** A note while somebody writes it: kept as soon as the pen rests, and never given up while it could not be kept. */
export class NoteDraft {
  failure = $state.raw<NoteFailure | 'failed' | undefined>()
  readonly #data: NoteData
  readonly #about: string
  /** What is typed and not kept yet. */
  #typed = $state.raw<string | undefined>()
  /** The text that the typing began from. */
  #before = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> | undefined

  constructor(data: NoteData, about: string) {
    this.#data = data
    this.#about = about
  }

  get text(): string {
    return this.#typed ?? this.#kept
  }

  get standing(): NoteStanding {
    const { notes, sync } = this.#data
    const note = notes.texts.get(this.#about)
    if (this.failure) return 'failed'
    if (notes.phase === 'locked') return 'locked'
    if (this.#typed !== undefined) return 'unsaved'
    if (note?.refusal) return 'refused'
    if (note?.pending) return sync.phase === 'offline' ? 'here' : 'sending'
    return note && note.text !== '' ? 'kept' : 'none'
  }

  write(text: string): void {
    if (this.#typed === undefined) this.#before = this.#kept
    this.#typed = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), rest)
  }

  /** Keeps what is typed, at once. */
  async save(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#saving
    const text = this.#typed
    if (text === undefined) return
    this.#saving = this.#keep(text)
    await this.#saving
  }

  async #keep(text: string): Promise<void> {
    this.failure = await this.#data.saveNote(this.#about, text, this.#before).then(
      (outcome) => (outcome.ok ? undefined : outcome.failure),
      () => 'failed' as const,
    )
    if (this.failure) return
    this.#before = text
    if (this.#typed === text) this.#typed = undefined
  }

  get #kept(): string {
    return this.#data.notes.texts.get(this.#about)?.text ?? ''
  }
}
