import type { Logger } from 'pino'

/** Milliseconds after which a chore that failed is tried again. */
const againAfter = 1000

/**
 * Work that follows from what happened, each kind once at a time: asked for again while it runs, it runs once more. A
 * chore that fails is logged and tried again until it comes off, so it has to see for itself what is left to do.
 */
export class Chores {
  readonly #log: Pick<Logger, 'error'>
  readonly #running = new Map<string, { again: boolean; done: Promise<void> }>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  #isStopped = false

  constructor(log: Pick<Logger, 'error'>) {
    this.#log = log
  }

  /** @param after milliseconds to wait; of chores that wait under one key the first stays */
  run(key: string, chore: () => Promise<void>, after = 0): void {
    if (this.#isStopped || this.#timers.has(key)) return
    if (after <= 0) return this.#start(key, chore)
    const timer = setTimeout(() => {
      this.#timers.delete(key)
      this.#start(key, chore)
    }, after)
    this.#timers.set(key, timer)
  }

  /** Whether nothing runs and nothing waits. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#timers.size === 0
  }

  /** Ends what waits, and settles after what runs. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    await this.settled()
  }

  /** Settles when nothing runs; what waits for its time does not count. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done))
  }

  #start(key: string, chore: () => Promise<void>): void {
    if (this.#isStopped) return
    const running = this.#running.get(key)
    if (running) {
      running.again = true
      return
    }
    const entry = { again: false, done: Promise.resolve() }
    entry.done = chore()
      .catch((fault: unknown) => {
        this.#log.error({ err: fault, chore: key.slice(0, key.indexOf(' ')) }, 'a chore failed; trying again')
        entry.again = false
        this.#running.delete(key)
        this.run(key, chore, againAfter)
      })
      .then(() => {
        if (this.#running.get(key) === entry) this.#running.delete(key)
        if (entry.again) this.#start(key, chore)
      })
    this.#running.set(key, entry)
  }
}
