import { boardOfRoom, isTextUpdate, parseTextUpdateId } from '../../../shared/council/text-update.ts'
import { readRecord, type Board } from '../../../shared/council/records/index.ts'
import type { AudienceStore, IncomingDocument } from '../../../shared/ports/document-store.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import { mayDrawNow } from '../../../shared/rules/board.ts'
import type { WriteDoor } from '../write-door.ts'
import type { BoardPlaces } from './board-places.ts'
import type { BoardRests } from './board-rests.ts'

/** Lets in what is drawn on a board that is in the audience, by those who may draw on it now, unless the board rests. */
export class BoardDoor implements WriteDoor {
  readonly #places: BoardPlaces
  readonly #rests: BoardRests
  /** Hears of a board, and where, before something drawn on it is stored there. */
  readonly #onDrawn: (board: string, store: AudienceStore) => Promise<void>

  constructor(places: BoardPlaces, rests: BoardRests, onDrawn: (board: string, store: AudienceStore) => Promise<void>) {
    this.#places = places
    this.#rests = rests
    this.#onDrawn = onDrawn
  }

  async judge(store: AudienceStore, documents: readonly IncomingDocument[]): Promise<readonly (Refusal | undefined)[]> {
    const boards = new Map<string, Found>()
    const verdicts: (Refusal | undefined)[] = []
    for (const document of documents) {
      const id = boardOf(document)
      if (id !== undefined && !boards.has(id)) boards.set(id, await this.#boardIn(store, id))
      verdicts.push(id === undefined ? undefined : refusalOf(document, boards.get(id)))
    }
    for (const [id, board] of boards) if (board && board !== 'at-rest') await this.#onDrawn(id, store)
    return verdicts
  }

  async #boardIn(store: AudienceStore, id: string): Promise<Found> {
    if (!this.#places.audiencesOf(id).includes(store.audience)) return undefined
    const stored = await store.get(id)
    const read = stored && readRecord(stored)
    if (!read?.ok || read.value.type !== 'board' || read.value.deleted) return undefined
    return (await this.#rests.isAtRestBy(read.value)) ? 'at-rest' : read.value
  }
}

/** A board of the audience, unless it rests; undefined: there is none. */
type Found = Board | 'at-rest' | undefined

function boardOf({ _id }: IncomingDocument): string | undefined {
  const room = isTextUpdate(_id) ? parseTextUpdateId(_id)?.room : undefined
  return room && boardOfRoom(room)?.board
}

function refusalOf(document: IncomingDocument, board: Found): Refusal | undefined {
  if (!board) return { reason: 'no-such-audience' }
  if (board === 'at-rest') return { reason: 'at-rest' }
  if (document['_attachments'])
    return { reason: 'invalid', faults: [{ field: '_attachments', message: 'must not be there' }] }
  return mayDrawNow(board, String(document['author'])) ? undefined : { reason: 'read-only' }
}
