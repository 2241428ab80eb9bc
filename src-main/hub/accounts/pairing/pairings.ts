import { isCode, makeCode, makeToken } from '../secrets.ts'
import type { Pairing } from '../../../../shared/hub-api/contract.ts'

/** What became of a code. `by` is the device of whoever confirmed it. */
export type Confirmed =
  | { readonly as: 'room'; readonly name: string; readonly room: string; readonly by: string }
  | { readonly as: 'me'; readonly by: string }

/** A board that waits with its code. */
export interface Waiting extends Pairing {
  /** The room's device that wants somebody signed in; null where the board wants to belong to a room. */
  readonly at: string | null
  /** Record id of the meeting that somebody signs in for. */
  readonly meeting: string | null
  confirmed?: Confirmed
}

/** A code ends after ten minutes: nobody stands before a board for longer. */
const codeMs = 600_000
/** More boards than a town hall has rooms do not wait at once. */
const mostWaiting = 100

/** Codes that boards show, in memory: after a restart of the hub they ask for new ones. */
export class Pairings {
  readonly #now: () => number
  /** By secret. */
  readonly #waiting = new Map<string, Waiting>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** A new code; undefined when too many wait. A room's device has one at a time. */
  open(at: string | null, meeting: string | null): Pairing | undefined {
    this.#sweep()
    for (const [secret, waiting] of this.#waiting) if (at !== null && waiting.at === at) this.#waiting.delete(secret)
    if (this.#waiting.size >= mostWaiting) return undefined
    const expires = new Date(this.#now() + codeMs).toISOString()
    const pairing = { secret: makeToken(), code: makeCode(2), expires }
    this.#waiting.set(pairing.secret, { ...pairing, at, meeting })
    return pairing
  }

  bySecret(secret: string): Waiting | undefined {
    this.#sweep()
    return this.#waiting.get(secret)
  }

  /** What waits under a code as somebody types it and was not confirmed yet. */
  byCode(typed: string): Waiting | undefined {
    this.#sweep()
    return [...this.#waiting.values()].find(({ code, confirmed }) => isCode(typed, code) && !confirmed)
  }

  remove({ secret }: Pairing): void {
    this.#waiting.delete(secret)
  }

  #sweep(): void {
    const now = this.#now()
    for (const [secret, { expires }] of this.#waiting) if (Date.parse(expires) <= now) this.#waiting.delete(secret)
  }
}
