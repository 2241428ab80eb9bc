import * as Y from 'yjs'

/** Milliseconds until what an author did not store is stored by those who have it; not all of them at once. */
const patience = 10_000

interface Foreign {
  readonly update: Uint8Array
  /** Ends of what it holds, by Yjs client. */
  readonly ends: ReadonlyMap<number, number>
}

/**
 * What others drew comes at once, and is stored by them. When one of them is gone before that, such as with the power,
 * whoever has it stores it: else later edits that build on it could be read by nobody.
 */
export class Adoption {
  readonly #adopt: (update: Uint8Array) => void
  readonly #stored = new Map<number, number>()
  #foreign: Foreign[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param adopt stores an update as this window's own */
  constructor(adopt: (update: Uint8Array) => void) {
    this.#adopt = adopt
  }

  /** Something came at once. */
  noteForeign(update: Uint8Array): void {
    const ends = endsOf(update)
    if (!ends || this.#isStored(ends)) return
    this.#foreign.push({ update, ends })
    this.#timer ??= setTimeout(() => this.#look(), patience * (1 + Math.random()))
  }

  /** Something is stored, here or elsewhere. */
  noteStored(update: Uint8Array): void {
    for (const [client, end] of endsOf(update) ?? [])
      this.#stored.set(client, Math.max(end, this.#stored.get(client) ?? 0))
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #look(): void {
    this.#timer = undefined
    const left = this.#foreign.filter(({ ends }) => !this.#isStored(ends))
    this.#foreign = []
    if (left.length > 0) this.#adopt(Y.mergeUpdates(left.map(({ update }) => update)))
  }

  #isStored(ends: ReadonlyMap<number, number>): boolean {
    return [...ends].every(([client, end]) => (this.#stored.get(client) ?? 0) >= end)
  }
}

function endsOf(update: Uint8Array): ReadonlyMap<number, number> | undefined {
  try {
    return Y.parseUpdateMeta(update).to
  } catch {
    return undefined
  }
}
