import type { Logger } from 'pino'
import { parseTextUpdateId, type TextRoom } from '../../../shared/council/text-update.ts'
import type { AudienceStore, DocumentStore, Seq } from '../../../shared/ports/document-store.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import { foldRoom } from './fold.ts'

/** Updates that a room may have before they become one. */
export const mostUpdates = 200

interface FoldingOptions {
  readonly store: DocumentStore
  readonly turns: AudienceTurns
  readonly log: Pick<Logger, 'error' | 'warn'>
  readonly now: () => number
}

/** Folds the texts that people write together, whenever one has become many updates. */
export async function startFolding(options: FoldingOptions): Promise<() => Promise<void>> {
  const folding = new Folding(await options.store.open('office'), options)
  await folding.begin()
  return () => folding.stop()
}

class Folding {
  readonly #store: AudienceStore
  readonly #options: FoldingOptions
  /** Ids of living updates. */
  readonly #updates = new Map<TextRoom, Set<string>>()
  /** Of rooms that could not become fewer: how many updates they had then. */
  readonly #stuck = new Map<TextRoom, number>()
  #seq: Seq = 0
  #turn: Promise<void> = Promise.resolve()
  #unfollow: () => void = () => {}
  #isDue = false

  constructor(store: AudienceStore, options: FoldingOptions) {
    this.#store = store
    this.#options = options
  }

  async begin(): Promise<void> {
    this.#seq = (await this.#store.info()).updateSeq
    const { rows } = await this.#store.list({ startKey: 'y:', endKey: 'y;' })
    for (const { id } of rows) this.#note(id, true)
    this.#unfollow = this.#store.onChange(() => this.#look())
    this.#look()
  }

  /** Ends after what is under way. */
  stop(): Promise<void> {
    this.#unfollow()
    return this.#turn
  }

  #look(): void {
    if (this.#isDue) return
    this.#isDue = true
    this.#turn = this.#turn
      .then(() => {
        this.#isDue = false
        return this.#foldDue()
      })
      .catch((fault: unknown) => this.#options.log.error(fault, 'texts: a room could not be folded'))
  }

  async #foldDue(): Promise<void> {
    for (let pending = 1; pending > 0;) {
      const changes = await this.#store.changes({ since: this.#seq, limit: 1000 })
      for (const { id, deleted } of changes.rows) this.#note(id, !deleted)
      this.#seq = changes.lastSeq
      pending = changes.pending
    }
    for (const [room, { size }] of this.#updates)
      if (size - (this.#stuck.get(room) ?? 0) > mostUpdates) await this.#fold(room, size)
  }

  async #fold(room: TextRoom, size: number): Promise<void> {
    const { turns, now, log } = this.#options
    this.#stuck.set(room, size)
    const { folded, unreadable } = await turns.run(this.#store, () => foldRoom(this.#store, room, now()))
    if (folded > 0) this.#stuck.delete(room)
    if (folded === 0 || unreadable.length > 0) log.warn({ room, unreadable }, 'texts: a room stays as several updates')
  }

  #note(id: string, lives: boolean): void {
    const room = parseTextUpdateId(id)?.room
    if (!room) return
    const own = this.#updates.get(room) ?? new Set()
    this.#updates.set(room, own)
    if (lives) own.add(id)
    else own.delete(id)
  }
}
