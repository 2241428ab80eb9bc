import type { Mirror } from './contract.ts'

/** Bytes that files may take where nobody chose. */
export const usualQuota = 500_000_000

/** What all windows show of the device, and who listens. */
export class MirrorState {
  #parts: Mirror = {
    session: { kind: 'unknown' },
    sync: { phase: 'offline', freshAsOf: null, pending: 0, refused: [], progress: null, filling: false },
    town: null,
    storage: { used: 0, pinned: 0, quota: usualQuota },
    files: new Map(),
    preferences: new Map(),
    notes: { phase: 'loading', sealed: 0, texts: new Map() },
    changes: 0,
    help: null,
  }
  #listeners = new Set<(parts: Partial<Mirror>) => void>()
  #changed: Partial<Mirror> | undefined

  get parts(): Mirror {
    return this.#parts
  }

  /** Tells the listener everything now, then what changes. */
  listen(listener: (parts: Partial<Mirror>) => void): () => void {
    listener(this.#parts)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes made in one turn are told together. */
  set(parts: Partial<Mirror>): void {
    this.#parts = { ...this.#parts, ...parts }
    if (!this.#changed) queueMicrotask(() => this.#tell())
    this.#changed = { ...this.#changed, ...parts }
  }

  setSync(parts: Partial<Mirror['sync']>): void {
    this.set({ sync: { ...this.#parts.sync, ...parts } })
  }

  #tell(): void {
    const changed = this.#changed ?? {}
    this.#changed = undefined
    for (const listener of this.#listeners) listener(changed)
  }
}
