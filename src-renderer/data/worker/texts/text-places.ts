import { boardOfRoom, textUpdateRange, type TextRoom } from '../../../../shared/council/text-update.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { partsOf } from '../../../../shared/rules/audience.ts'
import type { TextChange } from '../../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'

/** Where a text is for this device. */
export interface TextPlace {
  readonly state: TextChange['state']
  /** The copy into which is written; undefined where the text may not be here. */
  readonly open?: OpenCopy
}

/** In the order in which a board is looked for: whoever sees it elsewhere draws there, also those of the office. */
const kinds = ['circle', 'org', 'office'] as const

/** Whether texts can lie in a copy. */
export const holdsTexts = ({ copy }: OpenCopy): boolean => rankOf({ copy }) >= 0
const rankOf = ({ copy }: Pick<OpenCopy, 'copy'>): number =>
  kinds.findIndex((kind) => kind === partsOf(copy.audience).kind)

/** Finds texts: minutes in the office, boards wherever their record is. */
export class TextPlaces {
  readonly #databases: Databases

  constructor(databases: Databases) {
    this.#databases = databases
  }

  async of(room: TextRoom): Promise<TextPlace> {
    const board = boardOfRoom(room)?.board
    const copies = this.#copiesFor(room)
    for (const open of copies)
      if (board === undefined || (await this.#holds(open, board)))
        return { state: open.copy.seq === undefined ? 'loading' : 'ready', open }
    const isFilling = board !== undefined && copies.some(({ copy }) => copy.seq === undefined)
    return { state: isFilling ? 'loading' : 'absent' }
  }

  /** Everything of a room, wherever it lies: on its way from one audience to another it may be in both. */
  readAll(room: TextRoom): Promise<Map<string, StoredDocument>> {
    const { startKey, endKey } = textUpdateRange(room)
    return this.#fromAll(room, (open) => this.#databases.readRange(open, startKey, endKey))
  }

  read(room: TextRoom, ids: readonly string[]): Promise<Map<string, StoredDocument>> {
    return this.#fromAll(room, (open) => this.#databases.read(open, ids))
  }

  async #fromAll(
    room: TextRoom,
    read: (open: OpenCopy) => Promise<Map<string, StoredDocument>>,
  ): Promise<Map<string, StoredDocument>> {
    const found = new Map<string, StoredDocument>()
    for (const open of this.#copiesFor(room)) for (const [id, document] of await read(open)) found.set(id, document)
    return found
  }

  #copiesFor(room: TextRoom): OpenCopy[] {
    const copies = this.#databases.open.filter(holdsTexts)
    if (!boardOfRoom(room)) return copies.filter(({ copy }) => copy.audience === 'office')
    return copies.sort((a, b) => rankOf(a) - rankOf(b))
  }

  /** What says only that there was a board has no name. */
  async #holds(open: OpenCopy, board: string): Promise<boolean> {
    const record = (await this.#databases.read(open, [board])).get(board)
    return record !== undefined && !record['deleted'] && typeof record['name'] === 'string'
  }
}
