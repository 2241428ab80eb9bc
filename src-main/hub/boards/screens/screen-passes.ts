import { createHmac, timingSafeEqual } from 'node:crypto'
import { screenRequestSchema, type ScreenPass, type ScreenRequest } from '../../../../shared/hub-api/screens.ts'
import * as v from 'valibot'

/** A pass is good for the longest of days in a council. */
const validFor = 24 * 60 * 60_000

const passSchema = v.strictObject({ ...screenRequestSchema.entries, until: v.number() })

/**
 * Passes of screens: which one of which meeting somebody who meets there said that a window is. They name nobody, so
 * that nothing that this person may read comes with them, and hold when the hub starts again.
 */
export class ScreenPasses {
  readonly #secret: Buffer
  readonly #now: () => number

  constructor(secret: Buffer, now: () => number) {
    this.#secret = secret
    this.#now = now
  }

  issue(screen: ScreenRequest): ScreenPass {
    const until = this.#now() + validFor
    const said = Buffer.from(JSON.stringify({ ...screen, until })).toString('base64url')
    return { pass: `${said}.${this.#seal(said).toString('base64url')}`, until }
  }

  /** What a pass is of; undefined for what is none, or none any more. */
  read(pass: string): ScreenRequest | undefined {
    const [said = '', seal = ''] = pass.split('.')
    const [given, right] = [Buffer.from(seal, 'base64url'), this.#seal(said)]
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    const { until, ...screen } = v.parse(passSchema, JSON.parse(Buffer.from(said, 'base64url').toString()))
    return until > this.#now() ? screen : undefined
  }

  #seal(said: string): Buffer {
    return createHmac('sha256', this.#secret).update(said).digest()
  }
}
