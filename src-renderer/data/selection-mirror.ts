import type { Entry } from './contract.ts'
import type { SelectionChange } from './worker/contract.ts'

/** A selection's entries as a window holds them, kept up by changes. */
export class SelectionMirror {
  #known = new Map<string, Entry>()
  #order: readonly string[] = []

  /** The entries after a change, in order. */
  apply(change: SelectionChange): readonly Entry[] {
    for (const entry of change.changed) this.#known.set(entry.record._id, entry)
    if (change.order) {
      this.#order = change.order
      const kept = new Set(change.order)
      for (const id of this.#known.keys()) if (!kept.has(id)) this.#known.delete(id)
    }
    return this.#order.flatMap((id) => this.#known.get(id) ?? [])
  }
}
