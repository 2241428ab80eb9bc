import type { Lease } from '../../../shared/hub-api/broadcast.ts'
import { machineTime, type EncodedPart, type EncodingHealth } from './capture-contract.ts'
import type { PartOutcome } from './uplink/uplink.ts'

/** Milliseconds without a part that the hub took, after which nobody can say that something goes out. */
const freshMs = 2500
/** Seconds over which what goes wrong is counted. */
const window = 5

/** How the transmission does, in figures. */
export class Health {
  #encoding = $state.raw<readonly EncodingHealth[]>([])
  #lastTaken = $state(0)
  #refusals = $state.raw<readonly number[]>([])
  #lease = $state.raw<Lease>()
  #unanswered = $state(0)

  /** Share of the frames of the last seconds that were left out. */
  get dropped(): number {
    const [frames, dropped] = [sum(this.#encoding, 'frames'), sum(this.#encoding, 'dropped')]
    return frames === 0 ? 0 : dropped / frames
  }
  /** Share of the last seconds for which no sound came. */
  get silence(): number {
    return this.#encoding.length === 0 ? 0 : sum(this.#encoding, 'silence') / (this.#encoding.length * 1000)
  }
  /** Parts that the hub refused in the last seconds. */
  get refused(): number {
    return this.#refusals.filter((at) => machineTime() - at < window * 1000).length
  }
  /** Milliseconds since the capture of what is shown to watchers now. */
  get lastPartAge(): number | undefined {
    return this.#lease?.lastPartAge
  }
  /** Leases in a row that nobody answered. */
  get unanswered(): number {
    return this.#unanswered
  }

  isTaken(now: number): boolean {
    return now - this.#lastTaken < freshMs
  }

  settle(_part: EncodedPart, outcome: PartOutcome): void {
    if (outcome === 'taken') this.#lastTaken = machineTime()
    else this.#refusals = [...this.#refusals.slice(-20), machineTime()]
  }

  hearLease(lease: Lease | undefined): void {
    this.#unanswered = lease ? 0 : this.#unanswered + 1
    if (lease) this.#lease = lease
  }

  hearEncoding(health: EncodingHealth): void {
    this.#encoding = [...this.#encoding.filter(({ generation }) => generation === health.generation), health].slice(
      -window,
    )
  }
}

const sum = (list: readonly EncodingHealth[], field: 'frames' | 'dropped' | 'silence'): number =>
  list.reduce((total, one) => total + one[field], 0)
