import { formatClock, largestCount, readClock, type ClockPoint } from '../council/clock.ts'

/** A clock of somebody else that is further ahead than this, in milliseconds, is wrong: ours does not follow it. */
export const largestSkew = 5 * 60_000

/**
 * Hybrid logical clock: every tick is later than all ticks before it and than every observed point, and as near to the
 * system's time as that allows. So what an author writes after reading something sorts after it, even where the
 * system's time was set back.
 *
 * Whoever owns the clock keeps `last` where it survives a restart, before a tick leaves the device.
 */
export class HybridClock {
  readonly #device: string
  readonly #now: () => number
  #ms: number
  #count: number

  /**
   * @param device mark of this device: eight lower-case letters or digits
   * @param now the system's time, in milliseconds since 1970
   * @param last the point that the clock had reached when it was kept
   */
  constructor(device: string, now: () => number, last?: string) {
    const kept = last === undefined ? undefined : readClock(last)
    if (last !== undefined && !kept) throw new TypeError('The kept point of the clock cannot be read')
    this.#device = device
    this.#now = now
    this.#ms = kept?.ms ?? 0
    this.#count = kept?.count ?? 0
    if (!readClock(this.last)) throw new TypeError('The mark of a device is eight lower-case letters or digits')
  }

  /** The latest point that was ticked or adopted. */
  get last(): string {
    return formatClock(this.#point())
  }

  /** A new point, later than every one before. */
  tick(): string {
    const now = this.#now()
    if (now > this.#ms) this.#reach(now, 0)
    else this.#reach(this.#ms, this.#count + 1)
    return this.last
  }

  /**
   * Takes notice of a point that somebody else wrote, so that the next tick is later.
   *
   * @returns false where the text is no point, or is more than five minutes ahead of this system: nothing changes then
   */
  observe(clock: string): boolean {
    const seen = readClock(clock)
    if (!seen || seen.ms > this.#now() + largestSkew) return false
    if (seen.ms > this.#ms || (seen.ms === this.#ms && seen.count > this.#count)) this.#reach(seen.ms, seen.count)
    return true
  }

  #reach(ms: number, count: number): void {
    this.#ms = count > largestCount ? ms + 1 : ms
    this.#count = count > largestCount ? 0 : count
  }

  #point(): ClockPoint {
    return { ms: this.#ms, count: this.#count, device: this.#device }
  }
}
