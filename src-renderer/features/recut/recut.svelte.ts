import type { RecordingDesk } from '../../../shared/hub-api/recording.ts'
import type { Result } from '../../../shared/result.ts'
import type { RecordingFailure, RecordingLink } from '../../data/contract.ts'
import { loudnessOf, pieceLength, type Loudness } from './loudness.ts'

type Answer = Promise<Result<RecordingDesk, RecordingFailure>>

/** The recording of a meeting with its corrections, and the stretch of it that is looked at. */
export class Recut {
  readonly #link: RecordingLink
  desk = $state.raw<RecordingDesk>()
  failure = $state.raw<RecordingFailure>()
  busy = $state(false)
  /** Beginning of the stretch; milliseconds since 1970. */
  stretch = $state(0)
  loudness = $state.raw<Loudness | 'loading' | 'unable'>('loading')
  #drawing = 0

  constructor(link: RecordingLink) {
    this.#link = link
  }

  /** What is recorded with what was cut of it, from its first moment to its last. */
  get span(): { readonly from: number; readonly to: number } {
    const times = [...(this.desk?.held ?? []), ...(this.desk?.cuts ?? [])]
    if (times.length === 0) return { from: 0, to: 0 }
    return { from: Math.min(...times.map(({ from }) => from)), to: Math.max(...times.map(({ to }) => to)) }
  }

  async open(): Promise<void> {
    await this.#take(this.#link.desk())
    await this.show(this.span.from)
  }

  /** Looks at the stretch that begins at a moment. */
  async show(from: number): Promise<void> {
    const { span } = this
    this.stretch = Math.max(span.from, Math.min(from, span.to - 1))
    const drawing = ++this.#drawing
    this.loudness = 'loading'
    const loudness = await loudnessOf(this.#link, this.desk?.held ?? [], this.stretch)
    if (drawing === this.#drawing) this.loudness = loudness ?? 'unable'
  }

  cut = (from: number, to: number, reason: string): Promise<boolean> =>
    this.#correct(this.#link.cut({ from, to, reason }))
  undo = (cut: string): Promise<boolean> => this.#correct(this.#link.undo(cut))
  makeFinal = (cut: string): Promise<boolean> => this.#correct(this.#link.makeFinal(cut))
  move = (chapter: string, to: number | null): Promise<boolean> => this.#take(this.#link.move({ chapter, to }))

  async #correct(answer: Answer): Promise<boolean> {
    const isDone = await this.#take(answer)
    if (isDone) void this.show(this.stretch)
    return isDone
  }

  async #take(answer: Answer): Promise<boolean> {
    this.busy = true
    const outcome = await answer
    this.busy = false
    if (outcome.ok) this.desk = outcome.value
    this.failure = outcome.ok ? undefined : outcome.failure
    return outcome.ok
  }

  get stretchEnd(): number {
    return Math.min(this.span.to, this.stretch + pieceLength)
  }
}
