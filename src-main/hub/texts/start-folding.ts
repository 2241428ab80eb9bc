import type { Logger } from 'pino'
import { parseTextUpdateId, type TextRoom } from '../../../shared/council/text-update.ts'
import type { AudienceStore, DocumentStore, Seq } from '../../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../../shared/rules/audience.ts'
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

export interface RunningFolding {
  /** Folds in one more audience; settles when it sees every update that comes from then on. */
  follow(audience: Audience): Promise<void>
  stop(): Promise<void>
}

/** Audiences in which people write together. */
const isWrittenIn = (audience: Audience): boolean => ['office', 'org', 'circle'].includes(partsOf(audience).kind)

/** Folds the texts that people write together, whenever one has become many updates. */
export async function startFolding(options: FoldingOptions): Promise<RunningFolding> {
  const followed = new Map<Audience, Promise<AudienceFolding>>()
  const begin = async (audience: Audience): Promise<AudienceFolding> => {
    const folding = new AudienceFolding(await options.store.open(audience), options)
    await folding.begin()
    return folding
  }
  const follow = async (audience: Audience): Promise<void> => {
    const begun = followed.get(audience) ?? begin(audience)
    followed.set(audience, begun)
    await begun
  }
  for (const audience of new Set<Audience>(['office', ...(await options.store.audiences())]))
    if (isWrittenIn(audience)) await follow(audience)
  return {
    follow,
    stop: async () => {
      for (const begun of followed.values()) await (await begun).stop()
    },
  }
}

class AudienceFolding {
  readonly #store: AudienceStore
  readonly #options: FoldingOptions
  /** Ids of living updates. */
  readonly #updates = new Map<TextRoom, Set<string>>()
  /** How many updates of a room could not be folded when it was tried last. */
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
    const { folded, left, unreadable } = await turns.run(this.#store, () => foldRoom(this.#store, room, now()))
    this.#stuck.set(room, left)
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
