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
  /** Whether a part comes too late to be seen live. */
  isLate(part: EncodedPart): boolean
  /** Settles when it is worth another try. */
  pause(signal: AbortSignal): Promise<void>
  onSettled?(part: EncodedPart, outcome: 'taken' | 'refused' | 'overflowed'): void
}

/** Parts that wait at most: about a minute of one rendition. What is older when the network returns is let go. */
const longestQueue = 190

/**
 * Parts of one rendition on their way to the hub, one after the other in the order in which they were captured. After an
 * outage the live picture goes on with what is new, from a key frame on; what is too old for it goes to the recording,
 * whenever nothing new waits.
 */
export class UploadQueue {
  readonly #needs: UploadDependencies
  #waiting: EncodedPart[] = []
  /** Too old to be seen live. */
  #late: EncodedPart[] = []
  #ended = new AbortController()
  #isSending = false

  constructor(needs: UploadDependencies) {
    this.#needs = needs
  }

  get length(): number {
    return this.#late.length + this.#waiting.length
  }

  /** The part that waits longest. */
  get oldest(): EncodedPart | undefined {
    return this.#late[0] ?? this.#waiting[0]
  }

  add(part: EncodedPart): void {
    this.#waiting.push(part)
    if (this.length > longestQueue) this.#overflow()
    void this.#work()
  }

  /** Forgets everything and ends what is on its way, before it returns. */
  clear(): void {
    this.#waiting = []
    this.#late = []
    this.#ended.abort()
    this.#ended = new AbortController()
  }

  /** Lets whole segments go, so that what follows begins with a key frame. */
  #overflow(): void {
    const list = this.#late.length > 0 ? this.#late : this.#waiting
    const next = list.findIndex(({ independent }, index) => index > 0 && independent)
    for (const part of list.splice(0, next < 0 ? list.length : next)) this.#needs.onSettled?.(part, 'overflowed')
  }

  async #work(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    while (this.length > 0) await this.#sendNext(this.#ended.signal)
    this.#isSending = false
  }

  /** The list whose first part goes next. */
  #nextList(): EncodedPart[] {
    const [first] = this.#waiting
    if (first && this.#needs.isLate(first)) {
      const live = this.#waiting.findIndex((part) => part.independent && !this.#needs.isLate(part))
      if (live > 0) this.#late.push(...this.#waiting.splice(0, live))
    }
    const waits = this.#waiting[0] && !this.#needs.isLate(this.#waiting[0])
    return waits || this.#late.length === 0 ? this.#waiting : this.#late
  }

  async #sendNext(signal: AbortSignal): Promise<void> {
    const list = this.#nextList()
    const [part] = list
    if (!part) return
    const outcome = this.#needs.lets(part) ? await this.#needs.send(part, signal).catch(unreachable) : unreachable()
    if (signal.aborted) return
    if (outcome === 'unreachable') return this.#needs.pause(signal)
    if (list[0] !== part) return
    list.shift()
    this.#needs.onSettled?.(part, outcome)
  }
}

const unreachable = (): Sent => 'unreachable'
