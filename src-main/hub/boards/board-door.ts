import { boardOfRoom, isTextUpdate, parseTextUpdateId } from '../../../shared/council/text-update.ts'
import { parseMeetingEventId } from '../../../shared/council/meeting-event.ts'
import { readRecord, type Board } from '../../../shared/council/records/index.ts'
import type { AudienceStore, IncomingDocument } from '../../../shared/ports/document-store.ts'
import type { Refusal } from '../../../shared/rules/access.ts'
import { mayDrawNow } from '../../../shared/rules/board.ts'
import type { AudienceTurns } from '../audience-turns.ts'
import type { WriteDoor } from '../write-door.ts'
import type { BoardPlaces } from './board-places.ts'
import type { BoardRests } from './board-rests.ts'

interface DoorParts {
  readonly places: BoardPlaces
  readonly rests: BoardRests
  readonly turns: AudienceTurns
  /** Hears of a board, and where, before something drawn on it is stored there. */
  readonly onDrawn: (board: string, store: AudienceStore) => Promise<void>
}

/**
 * Lets in what is drawn on a board that is in the audience, by those who may draw on it now, unless the board rests; then
 * it keeps its name too. What comes for a meeting's log holds its rooms until it is known whether their boards rest.
 */
export class BoardDoor implements WriteDoor {
  readonly #parts: DoorParts

  constructor(parts: DoorParts) {
    this.#parts = parts
  }

  async judge(store: AudienceStore, documents: readonly IncomingDocument[]): Promise<readonly (Refusal | undefined)[]> {
    const boards = new Map<string, Found>()
    const verdicts: (Refusal | undefined)[] = []
    for (const document of documents) {
      const id = boardOf(document)
      if (id !== undefined && !boards.has(id)) boards.set(id, await this.#boardIn(store, id))
      verdicts.push(id === undefined ? await this.#judgeRecord(store, document) : refusalOf(document, boards.get(id)))
    }
    for (const [id, board] of boards) if (board && board !== 'at-rest') await this.#parts.onDrawn(id, store)
    this.#expectEvents(store, documents)
    return verdicts
  }

  /** Words of a new name would reach whoever is kept out. */
  async #judgeRecord(store: AudienceStore, document: IncomingDocument): Promise<Refusal | undefined> {
    if (store.audience !== 'office' || document['type'] !== 'board') return undefined
    const read = readRecord(document)
    if (!read.ok || read.value.type !== 'board' || read.value.deleted) return undefined
    const stored = await store.get(document._id)
    if (stored && stored['name'] === read.value.name) return undefined
    return (await this.#parts.rests.isAtRestBy(read.value)) ? { reason: 'at-rest' } : undefined
  }

  /** The turn after this one begins when these are stored. */
  #expectEvents(store: AudienceStore, documents: readonly IncomingDocument[]): void {
    const meetings = new Set(documents.map(({ _id }) => parseMeetingEventId(_id)?.meeting))
    for (const meeting of meetings)
      if (meeting !== undefined) {
        const stored = this.#parts.turns.run(store, () => Promise.resolve())
        void this.#parts.rests.expect(meeting, stored)
      }
  }

  async #boardIn(store: AudienceStore, id: string): Promise<Found> {
    if (!this.#parts.places.audiencesOf(id).includes(store.audience)) return undefined
    const stored = await store.get(id)
    const read = stored && readRecord(stored)
    if (!read?.ok || read.value.type !== 'board' || read.value.deleted) return undefined
    return (await this.#parts.rests.isAtRestBy(read.value)) ? 'at-rest' : read.value
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
