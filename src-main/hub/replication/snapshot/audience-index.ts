import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { AudienceStore, ChangeRow, Seq } from '../../../../shared/ports/document-store.ts'

/** Changes that are read at a time, between which the hub serves others. */
const pageSize = 500

/** What is known of a living document without reading it again. */
export interface IndexEntry {
  readonly id: string
  readonly rev: string
  /** The legislative term that a record belongs to. */
  readonly term: string | undefined
  /** True while more than one leaf lives. */
  readonly conflicted: boolean
}

/** Living documents of one audience with their terms; follows the feed when asked. */
export class AudienceIndex {
  readonly #store: AudienceStore
  readonly #entries = new Map<string, IndexEntry>()
  #seq: Seq = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(store: AudienceStore) {
    this.#store = store
  }

  /** Everything up to now at least, in the order of ids. */
  async entries(): Promise<IndexEntry[]> {
    const turn = this.#turn.then(() => this.#follow())
    this.#turn = turn.catch(() => undefined)
    await turn
    return [...this.#entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async #follow(): Promise<void> {
    for (;;) {
      const { rows, lastSeq, pending } = await this.#store.changes({
        since: this.#seq,
        limit: pageSize,
        includeDocs: true,
        style: 'all_docs',
      })
      for (const row of rows) await this.#apply(row)
      this.#seq = lastSeq
      if (pending === 0) return
      await turnOfTheLoop()
    }
  }

  async #apply(row: ChangeRow): Promise<void> {
    const [winner] = row.changes
    if (row.deleted || !row.doc || !winner) {
      this.#entries.delete(row.id)
      return
    }
    const term = row.doc['term']
    this.#entries.set(row.id, {
      id: row.id,
      rev: winner.rev,
      term: typeof term === 'string' ? term : undefined,
      conflicted: row.changes.length > 1 && (await this.#livingLeaves(row.id)) > 1,
    })
  }

  async #livingLeaves(id: string): Promise<number> {
    const { found } = await this.#store.openRevisions(id, 'all')
    return found.filter((leaf) => !leaf._deleted).length
  }
}
