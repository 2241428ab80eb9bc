import { parseMeetingEventId } from '../../../../shared/council/meeting-event.ts'
import { HybridClock } from '../../../../shared/sync/clock.ts'

const nobody = '00000000'

/**
 * The clock by which this device dates events. It needs no place on disk of its own: an event is kept before it leaves
 * the device, and whoever writes to a meeting has read all its events before.
 */
export class DeviceClock {
  #mark = nobody
  #clock = new HybridClock(nobody, () => Date.now())

  observe({ _id }: { readonly _id: string }): void {
    this.#clock.observe(parseMeetingEventId(_id)?.clock ?? '')
  }

  /** A new point, later than everything observed. `mark`: of the key that is going to sign. */
  tick(mark: string): string {
    if (mark !== this.#mark) this.#clock = new HybridClock(mark, () => Date.now(), this.#clock.last)
    this.#mark = mark
    return this.#clock.tick()
  }
}
