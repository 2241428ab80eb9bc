/** Milliseconds after which a delivery counts no more, at least; twice as many at most. */
const remembered = 2000

/**
 * How far a device's clock lies from the machine's, by the quickest of its last deliveries. An old one says nothing: a
 * sound card is some parts in a million slower or quicker than the machine, and stands still while the machine is busy.
 */
export class ClockOffset {
  #recent = Number.POSITIVE_INFINITY
  #before = Number.POSITIVE_INFINITY
  #since = Number.NEGATIVE_INFINITY

  /**
   * Takes in one delivery.
   *
   * @param now when it came, in machine time; milliseconds
   * @param time when it was captured, by the device's clock; milliseconds
   * @returns what has to be added to the device's times to have machine times; milliseconds
   */
  note(now: number, time: number): number {
    if (now - this.#since >= remembered) {
      this.#before = this.#recent
      this.#recent = Number.POSITIVE_INFINITY
      this.#since = now
    }
    this.#recent = Math.min(this.#recent, now - time)
    return Math.min(this.#recent, this.#before)
  }
}
