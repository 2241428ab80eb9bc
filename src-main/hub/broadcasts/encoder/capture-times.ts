import { ClockOffset } from '../../../../shared/media/clock-offset.ts'

/** Milliseconds that ffmpeg itself may need from the arrival of a frame to its part, beyond the fastest that was seen. */
const encodingMs = 1000
/**
 * Milliseconds for which a source must come no quicker than before, until something of it is shown: a server may send
 * first what it kept, and while it catches up, nobody knows how far it is behind.
 */
const settlingMs = 2000
/** Milliseconds by which what is quicker than before may be so by chance. */
const chanceMs = 20

export interface CaptureInterval {
  readonly from: number
  readonly to: number
}

/**
 * Says when media was captured that tells of its order alone. The quickest that anything took from its place in the
 * stream to its arrival is what everything is measured by: what a server had kept, or a network held up, is as old as it
 * is, however it comes. The source's clock may be slower than the hub's, though, so the end is measured by the quickest of
 * late. An interval is the widest that may be true: it ends where it would with no way at all, and begins by the source's
 * lag earlier. So a gate that opened sees nothing of before, and one that closed late misses nothing.
 */
export class CaptureTimes {
  readonly #lagMs: number
  readonly #settlingMs: number
  #quickest = Infinity
  /** The quickest way by which it was seen to catch up last, and when. */
  #caughtUp = { way: Infinity, at: 0 }
  #isSettled = false
  readonly #recent = new ClockOffset()

  /** @param lagMs by which the source may lag behind the room; undefined: it shows no room, as a file does */
  constructor(lagMs: number | undefined) {
    this.#lagMs = lagMs === undefined ? 0 : lagMs + encodingMs
    this.#settlingMs = lagMs === undefined ? 0 : settlingMs
  }

  /**
   * Media from one place of the stream to another is here now; all in milliseconds. Undefined while nobody can tell yet
   * when it was captured, as the source catches up; and at the beginning, for as long as the source may lag: a machine
   * that is too slow to catch up takes as new what was on its way before it connected.
   */
  arrived(from: number, to: number, now: number): CaptureInterval | undefined {
    const recent = this.#recent.note(now, to)
    this.#quickest = Math.min(this.#quickest, recent)
    if (this.#quickest < this.#caughtUp.way - chanceMs) this.#caughtUp = { way: this.#quickest, at: now }
    this.#isSettled ||= now - this.#caughtUp.at >= this.#settlingMs
    if (!this.#isSettled || from < this.#lagMs) return undefined
    return { from: from + this.#quickest - this.#lagMs, to: to + recent }
  }
}
