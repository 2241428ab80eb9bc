import { boardOfRoom, boardUpdateRange, parseTextUpdateId } from '../../../shared/council/text-update.ts'
import type { AudienceStore, DocumentStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import type { Audience } from '../../../shared/rules/audience.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import type { Chores } from '../chores.ts'
import { holdsBoards, type BoardPlaces } from './board-places.ts'

/** Documents at once, in one transaction. */
const batchSize = 200

interface KeeperParts {
  readonly store: DocumentStore
  readonly turns: AudienceTurns
  readonly chores: Chores
  readonly places: BoardPlaces
  /** Hears of an audience before something drawn comes into it. */
  readonly follow: (audience: Audience) => Promise<void>
}

/**
 * Keeps what is drawn on boards where their images are, and nowhere else. When the doors close, or somebody is kept out,
 * everything of the board goes to those let in, and every other copy ends, on disk too. The board of a joint meeting is
 * in the audience of each body.
 */
export class BoardKeeper {
  readonly #parts: KeeperParts

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  /** Finds what the last run left in the wrong place. */
  async begin(): Promise<void> {
    const boards = new Set<string>()
    for (const store of await this.#stores()) {
      const { rows } = await store.list({ startKey: 'y:board:', endKey: 'y:board;' })
      for (const { id } of rows) {
        const room = parseTextUpdateId(id)?.room
        const board = room && boardOfRoom(room)?.board
        if (board) boards.add(board)
      }
    }
    for (const board of boards) this.settle(board)
  }

  /** Sees to a board whose place may be another. */
  settle(board: string): void {
    this.#parts.chores.run(`settle ${board}`, () => this.#settle(board))
  }

  /** Sees to a board on which somebody draws. */
  noteDrawn(board: string): void {
    if (this.#parts.places.audiencesOf(board).length > 1)
      this.#parts.chores.run(`share ${board}`, () => this.#share(board))
  }

  async #settle(board: string): Promise<void> {
    const wanted = this.#parts.places.audiencesOf(board)
    for (const from of await this.#stores())
      if (!wanted.includes(from.audience)) await this.#move(board, from, wanted[0])
    await this.#share(board)
  }

  /** Safe in the new place before it ends in the old one. */
  async #move(board: string, from: AudienceStore, to: Audience): Promise<void> {
    for (let documents = await this.#drawnIn(from, board); documents.length > 0;) {
      await this.#put(to, documents)
      await this.#remove(from, documents)
      documents = await this.#drawnIn(from, board)
    }
  }

  async #drawnIn(store: AudienceStore, board: string): Promise<StoredDocument[]> {
    const query = { ...boardUpdateRange(board), includeDocs: true, limit: batchSize }
    const { rows } = await this.#parts.turns.run(store, () => store.list(query))
    return rows.flatMap(({ doc }) => doc ?? [])
  }

  /** What was there once and went away comes again: it is written upon its own end. */
  async #put(audience: Audience, documents: readonly StoredDocument[]): Promise<void> {
    await this.#parts.follow(audience)
    const target = await this.#parts.store.open(audience)
    await this.#parts.turns.run(target, async () => {
      const { rows } = await target.list({ keys: documents.map(({ _id }) => _id) })
      const there = new Set(rows.flatMap(({ id, deleted }) => (deleted ? [] : [id])))
      const fresh = documents.filter(({ _id }) => !there.has(_id)).map(({ _rev: _, ...content }) => content)
      await writeAll(target, fresh)
    })
  }

  #remove(store: AudienceStore, documents: readonly StoredDocument[]): Promise<void> {
    const ends = documents.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true as const }))
    return this.#parts.turns.run(store, () => writeAll(store, ends))
  }

  /** Carries what one body has to the others, as it is; what was folded away there stays away. */
  async #share(board: string): Promise<void> {
    const wanted = this.#parts.places.audiencesOf(board)
    if (wanted.length < 2) return
    for (const audience of wanted) {
      const from = await this.#parts.store.open(audience)
      const { rows } = await this.#parts.turns.run(from, () => from.list(boardUpdateRange(board)))
      for (const to of wanted) if (to !== audience) await this.#carry(from, to, rows)
    }
  }

  async #carry(from: AudienceStore, to: Audience, rows: readonly { id: string; rev: string }[]): Promise<void> {
    await this.#parts.follow(to)
    const target = await this.#parts.store.open(to)
    await this.#parts.turns.run(target, async () => {
      const lacking = await target.revsDiff(Object.fromEntries(rows.map(({ id, rev }) => [id, [rev]])))
      for (const id of Object.keys(lacking)) {
        const { found } = await from.openRevisions(id, 'all')
        await target.write(
          found.filter(({ _deleted }) => !_deleted),
          { newEdits: false },
        )
      }
    })
  }

  async #stores(): Promise<AudienceStore[]> {
    const audiences = (await this.#parts.store.audiences()).filter(holdsBoards)
    return Promise.all(audiences.map((audience) => this.#parts.store.open(audience)))
  }
}

async function writeAll(store: AudienceStore, documents: Parameters<AudienceStore['write']>[0]): Promise<void> {
  if (documents.length === 0) return
  for (const outcome of await store.write(documents))
    if (!outcome.ok) throw new Error(`${store.audience} refused ${outcome.id}: ${outcome.error}`)
}
