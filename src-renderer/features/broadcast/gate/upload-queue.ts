import type { EncodedPart } from '../capture-contract.ts'

/** What became of one try. */
export type Sent =
  | 'taken'
  /** The hub does not want it, now or later. */
  | 'refused'
  /** No answer: another try may do. */
  | 'unreachable'

export interface UploadDependencies {
  /** Rejects when the signal aborts. */
  send(part: EncodedPart, signal: AbortSignal): Promise<Sent>
  /** Whether a part may leave at this moment. */
  lets(part: EncodedPart): boolean
  /** Settles when it is worth another try. */
  pause(signal: AbortSignal): Promise<void>
  onSettled?(part: EncodedPart, outcome: 'taken' | 'refused' | 'overflowed'): void
}

/** Parts that wait at most: about a minute of one rendition. What is older when the network returns is let go. */
const longestQueue = 190

/**
 * Parts of one rendition on their way to the hub, one after the other in the order in which they were captured. Those
 * older than five seconds the hub takes for the recording alone, so that the live picture goes on with what is new.
 */
export class UploadQueue {
  readonly #needs: UploadDependencies
  #waiting: EncodedPart[] = []
  #ended = new AbortController()
  #isSending = false

  constructor(needs: UploadDependencies) {
    this.#needs = needs
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Machine time at which the oldest waiting part ended. */
  get oldest(): number | undefined {
    return this.#waiting[0]?.to
  }

  add(part: EncodedPart): void {
    this.#waiting.push(part)
    if (this.#waiting.length > longestQueue) this.#overflow()
    void this.#work()
  }

  /** Forgets everything and ends what is on its way, before it returns. */
  clear(): void {
    this.#waiting = []
    this.#ended.abort()
    this.#ended = new AbortController()
  }

  /** Lets whole segments go, so that what follows begins with a key frame. */
  #overflow(): void {
    const next = this.#waiting.findIndex(({ independent }, index) => index > 0 && independent)
    for (const part of this.#waiting.splice(0, Math.max(1, next))) this.#needs.onSettled?.(part, 'overflowed')
  }

  async #work(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    while (this.#waiting.length > 0) await this.#sendFirst(this.#ended.signal)
    this.#isSending = false
  }

  async #sendFirst(signal: AbortSignal): Promise<void> {
    const [part] = this.#waiting
    if (!part) return
    const outcome = this.#needs.lets(part)
      ? await this.#needs.send(part, signal).catch(() => 'unreachable' as const)
      : 'unreachable'
    if (signal.aborted) return
    if (outcome === 'unreachable') return this.#needs.pause(signal)
    if (this.#waiting[0] !== part) return
    this.#waiting.shift()
    this.#needs.onSettled?.(part, outcome)
  }
}
