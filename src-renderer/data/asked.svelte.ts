import type { ApiFailure } from '../../shared/hub-api/contract.ts'
import type { Result } from '../../shared/result.ts'

/** What only the hub knows, as it last said: nothing of it is kept on the device. */
export class Asked<Value> {
  readonly #ask: () => Promise<Result<Value, ApiFailure | 'unreachable'>>
  /** The last answer; it stays when a later question fails. */
  value = $state.raw<Value>()
  /** Why the last question has no answer. */
  failure = $state.raw<ApiFailure | 'unreachable'>()
  #question = 0

  constructor(ask: () => Promise<Result<Value, ApiFailure | 'unreachable'>>) {
    this.#ask = ask
  }

  /** Asks; of several questions under way the last one counts. */
  async ask(): Promise<void> {
    const question = ++this.#question
    const outcome = await this.#ask()
    if (question !== this.#question) return
    if (outcome.ok) this.value = outcome.value
    this.failure = outcome.ok ? undefined : outcome.failure
  }
}
