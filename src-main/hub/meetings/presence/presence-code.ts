import { createHmac, timingSafeEqual } from 'node:crypto'
import type { PresenceCode } from '../../../../shared/hub-api/contract.ts'

/** Milliseconds for which a code is shown; the one before it still counts, as a hand needs its time. */
const windowMs = 60_000
/** Crockford's base 32: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Forty bits: with the limit of attempts, not to be guessed within two minutes. */
const letters = 8

/** Codes that change with time and can only be known by whoever sees them in the room. */
export class PresenceCodes {
  readonly #secret: Buffer
  readonly #now: () => number

  constructor(secret: Buffer, now: () => number) {
    this.#secret = secret
    this.#now = now
  }

  /** The code of the moment. */
  of(meeting: string): PresenceCode {
    const window = this.#window()
    return { code: this.#code(meeting, window), until: new Date((window + 1) * windowMs).toISOString() }
  }

  /** Whether a typed or scanned text is the code of this window or of the one before. */
  isCurrent(meeting: string, typed: string): boolean {
    const plain = Buffer.from(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
    const window = this.#window()
    return [window, window - 1]
      .map((each) => Buffer.from(this.#code(meeting, each)))
      .some((code) => code.length === plain.length && timingSafeEqual(code, plain))
  }

  #window(): number {
    return Math.floor(this.#now() / windowMs)
  }

  #code(meeting: string, window: number): string {
    const mac = createHmac('sha256', this.#secret).update(`${meeting}\n${window}`).digest()
    return Array.from(mac.subarray(0, letters), (byte) => alphabet[byte % alphabet.length]).join('')
  }
}
