/** What one person may send to a room: the frames of several pens, and now and then a picture. */
const perSecond = { messages: 400, bytes: 2_000_000 }
/** Seconds of it that may come at once. */
const burst = 3

/** Counts what a sender sends against what they may (token bucket). */
export class Allowance {
  readonly #now: () => number
  #messages = perSecond.messages * burst
  #bytes = perSecond.bytes * burst
  #at: number

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now
    this.#at = now()
  }

  /** Whether a message of this many bytes may still pass. */
  takes(bytes: number): boolean {
    const now = this.#now()
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#at = now
    this.#messages = Math.min(this.#messages + seconds * perSecond.messages, perSecond.messages * burst) - 1
    this.#bytes = Math.min(this.#bytes + seconds * perSecond.bytes, perSecond.bytes * burst) - bytes
    return this.#messages >= 0 && this.#bytes >= 0
  }
}
