import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { failed, success, type Result } from '../../shared/result.ts'

/** So many attempts within so many seconds, counted per key (an address, a login). */
export interface AttemptLimit {
  readonly points: number
  readonly duration: number
}

/**
 * Counts failed attempts in memory, so that guessing is slow. An attempt counts when it begins, so that many at once
 * count too; the refund takes it back when it turned out right.
 */
export class Attempts {
  readonly #limiters: readonly RateLimiterMemory[]

  constructor(limits: readonly AttemptLimit[]) {
    this.#limiters = limits.map((limit, index) => new RateLimiterMemory({ ...limit, keyPrefix: String(index) }))
  }

  /** Begins an attempt under one key for each limit; fails with the seconds until the next may be made. */
  async begin(...keys: readonly string[]): Promise<Result<{ refund(): Promise<void> }, { retryAfter: number }>> {
    const counters = this.#limiters.map((limiter, index) => ({ limiter, key: keys[index] ?? '' }))
    try {
      for (const { limiter, key } of counters) await limiter.consume(key)
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection
      return failed({ retryAfter: Math.ceil(rejection.msBeforeNext / 1000) })
    }
    const refund = async () => {
      for (const { limiter, key } of counters) await limiter.reward(key)
    }
    return success({ refund })
  }
}
