import type { AudienceStore } from '../../shared/ports/document-store.ts'

/**
 * One step at a time for each audience: whatever a step reads stays as it is until the step has written. A step must
 * not ask for a turn in the same audience, which would wait for itself.
 */
export class AudienceTurns {
  readonly #last = new WeakMap<AudienceStore, Promise<unknown>>()

  /** Runs after everything that was asked for before; settles as the step does. */
  run<Outcome>(store: AudienceStore, step: () => Promise<Outcome>): Promise<Outcome> {
    const turn = (this.#last.get(store) ?? Promise.resolve()).then(step)
    this.#last.set(
      store,
      turn.catch(() => undefined),
    )
    return turn
  }
}
