import { ulid } from 'ulid'
import * as Y from 'yjs'
import { parseTextUpdateId, textUpdateId } from '../../../shared/council/text-update.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import type { KnownUpdate, TextChange, TextUpdates } from '../contract.ts'
import { FromOthers } from './from-others.ts'
import { integrate } from './integrate.ts'

/** How long, in milliseconds, how many edits and how many bytes of them may stay in memory alone. */
const longestWait = 1000
const mostEdits = 20
/** With one more edit of the largest picture, still less than `longestUpdate` in base 64. */
const mostBytes = 1_000_000
/** Milliseconds until what could not be stored is tried again. */
const retryAfter = 5000

interface Batch {
  readonly id: string
  readonly update: Uint8Array
}

/**
 * A text that several people write together, as one window holds it. Whatever is edited in `doc` is kept on this device
 * within a second and sent from there; what others write comes in by itself. Close it with its screen.
 */
export class SharedText {
  readonly doc = new Y.Doc()
  /** Called with each update that this device has of the text, whoever wrote it. */
  onKnown: (update: Uint8Array) => void = () => {}
  readonly #updates: TextUpdates
  readonly #client = ulid()
  readonly #applied = new Set<string>()
  /** Origin of what this device has already. */
  readonly #known = new FromOthers()
  readonly #unfollow: () => void
  #clock = 0
  #edits: Uint8Array[] = []
  /** Made of edits, not yet safe on this device; in order. */
  #batches: Batch[] = []
  #storing: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #phase: TextChange['state'] = $state('loading')
  #waiting: ReadonlyMap<string, KnownUpdate> = $state.raw(new Map())
  #isStored = $state(true)
  #damaged: readonly string[] = $state.raw([])
  #refusal: Refusal | undefined = $state.raw()
  #fault: string | undefined = $state()

  constructor(updates: TextUpdates) {
    this.#updates = updates
    this.doc.on('update', this.#note)
    this.#unfollow = updates.follow((change) => this.#apply(change))
    document.addEventListener('visibilitychange', this.#leave)
    addEventListener('pagehide', this.#leave)
  }

  /** `loading`: more may still come; `absent`: this device may not have it. */
  get phase(): TextChange['state'] {
    return this.#phase
  }

  /** Everything written in this window is on this device's disk. */
  get isStored(): boolean {
    return this.#isStored
  }

  /** Updates that lie on this device and not yet at the hub, of all its windows. */
  get pending(): number {
    return [...this.#waiting.values()].filter((update) => update.pending).length
  }

  /** Why this device or the hub did not take what was written here. */
  get refusal(): Refusal | undefined {
    return this.#refusal ?? [...this.#waiting.values()].find((update) => update.refusal)?.refusal
  }

  /** Why what was written could not be stored; it is tried again. */
  get fault(): string | undefined {
    return this.#fault
  }

  /** Ids of updates that are no updates: what they held is not in the text. */
  get damaged(): readonly string[] {
    return this.#damaged
  }

  /** Stores what was edited up to now; settles when it is safe on this device, or could not be stored. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#edits.length > 0) {
      const id = textUpdateId({ room: this.#updates.room, client: this.#client, clock: this.#clock++ })
      this.#applied.add(id)
      this.#batches.push({ id, update: Y.mergeUpdates(this.#edits) })
      this.#edits = []
    }
    this.#storing ??= this.#store().finally(() => (this.#storing = undefined))
    return this.#storing
  }

  /** Stores what is left, and ends. */
  async close(): Promise<void> {
    document.removeEventListener('visibilitychange', this.#leave)
    removeEventListener('pagehide', this.#leave)
    this.doc.off('update', this.#note)
    await this.flush()
    clearTimeout(this.#timer)
    this.#unfollow()
    this.doc.destroy()
  }

  readonly #note = (update: Uint8Array, origin: unknown): void => {
    if (!(origin instanceof FromOthers)) this.keep(update)
  }

  /** Takes an update into what this window stores. */
  keep(update: Uint8Array): void {
    this.#edits.push(update)
    this.#isStored = false
    const bytes = this.#edits.reduce((sum, { length }) => sum + length, 0)
    if (this.#edits.length >= mostEdits || bytes >= mostBytes) void this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), longestWait)
  }

  readonly #leave = (event: Event): void => {
    if (event.type === 'pagehide' || document.visibilityState === 'hidden') void this.flush()
  }

  async #store(): Promise<void> {
    for (let batch = this.#batches[0]; batch; batch = this.#batches[0]) {
      if (!(await this.#keep(batch))) {
        this.#timer ??= setTimeout(() => void this.flush(), retryAfter)
        return
      }
      this.#batches.shift()
    }
    this.#isStored = this.#edits.length === 0
  }

  async #keep({ id, update }: Batch): Promise<boolean> {
    try {
      const outcome = await this.#updates.append(id, update)
      this.#fault = undefined
      this.#refusal = outcome.ok ? undefined : outcome.failure
      return outcome.ok
    } catch (fault) {
      this.#fault = String(fault)
      return false
    }
  }

  #apply({ state, all, changed, gone }: TextChange): void {
    const waiting = new Map(all ? [] : this.#waiting)
    for (const id of gone) waiting.delete(id)
    for (const known of changed)
      if (known.pending || known.refusal) waiting.set(known.id, known)
      else waiting.delete(known.id)
    const fresh = changed.filter(({ id }) => !this.#applied.has(id) && this.#isOf(id))
    this.doc.transact(() => fresh.forEach((known) => this.#integrate(known)), this.#known)
    this.#waiting = waiting
    this.#phase = state
  }

  #isOf = (id: string): boolean => parseTextUpdateId(id)?.room === this.#updates.room

  #integrate({ id, update }: KnownUpdate): void {
    this.#applied.add(id)
    try {
      integrate(this.doc, update, this.#known)
      this.onKnown(update)
    } catch {
      this.#damaged = [...this.#damaged, id]
    }
  }
}
