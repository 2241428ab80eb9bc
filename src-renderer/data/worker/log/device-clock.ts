import { formatClock, largestCount, readClock } from '../../../../shared/council/clock.ts'
import { parseMeetingEventId } from '../../../../shared/council/meeting-event.ts'

/** The hybrid clock of this device: never behind an event that it has seen, whatever its own clock says. */
export class DeviceClock {
  #ms = 0
  #count = 0

  observe({ _id }: { readonly _id: string }): void {
    const point = readClock(parseMeetingEventId(_id)?.clock ?? '')
    if (!point || point.ms < this.#ms) return
    this.#count = point.ms === this.#ms ? Math.max(this.#count, point.count) : point.count
    this.#ms = point.ms
  }

  now = (): number => Math.max(Date.now(), this.#ms)

  next(device: string): string {
    const ms = this.now()
    const count = ms === this.#ms ? this.#count + 1 : 0
    ;[this.#ms, this.#count] = count > largestCount ? [ms + 1, 0] : [ms, count]
    return formatClock({ ms: this.#ms, count: this.#count, device })
  }
}
