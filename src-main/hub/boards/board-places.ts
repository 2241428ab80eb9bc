import type { AnyRecord, Board } from '../../../shared/council/records/index.ts'
import { readRecord } from '../../../shared/council/records/index.ts'
import type { AgendaItem, Meeting } from '../../../shared/oparl/index.ts'
import type { AudienceStore, StoredDocument } from '../../../shared/ports/document-store.ts'
import { canRead, mayDraw, type Principal } from '../../../shared/rules/access.ts'
import { partsOf, type Audience } from '../../../shared/rules/audience.ts'

/** What the publisher knows of who sees what. */
export interface Published {
  /** The audiences that see a record now. */
  audiencesOf(id: string): Audience[]
  /** A record as the administration has it now, of undecided fields the most reserved. */
  recordOf(id: string): AnyRecord | undefined
  /** The audiences that would see a record if it were there. */
  wouldShow(record: AnyRecord): Audience[]
  /** Hears of records that others may see now, or otherwise; returns the end of it. */
  onDecided(listener: (ids: ReadonlySet<string>) => void): () => void
}

/** Where boards are: what is drawn on one lies where its image is, and in `office` while nobody else sees it. */
export class BoardPlaces {
  readonly #published: Published
  readonly #office: AudienceStore

  constructor(published: Published, office: AudienceStore) {
    this.#published = published
    this.#office = office
  }

  /** Where everything of a board has to be. */
  audiencesOf(board: string): [Audience, ...Audience[]] {
    const [first, ...others] = this.#published.audiencesOf(board)
    return first ? [first, ...others] : ['office']
  }

  /** The audiences that others than the administration see a record in, be it as a stub. */
  showing = (id: string): readonly Audience[] => this.#published.audiencesOf(id)

  /** A meeting as the administration has it now; undefined when there is none, or none any more. */
  meetingNow(id: string): Meeting | undefined {
    const record = this.#published.recordOf(id)
    return record?.type === 'meeting' && !record.deleted ? record : undefined
  }

  /** Whether everybody may read all of a record now. */
  isPublic = (id: string): boolean => {
    const record = this.#published.recordOf(id)
    return record !== undefined && !('public' in record && !record.public) && this.showing(id).includes('public')
  }

  /** A board as it is now; undefined when there is none, or none any more. */
  boardNow(id: string): Board | undefined {
    const record = this.#published.recordOf(id)
    return record?.type === 'board' && !record.deleted ? record : undefined
  }

  /** An item as the administration has it now; undefined when there is none. */
  itemNow = (id: string): AgendaItem | undefined => {
    const record = this.#published.recordOf(id)
    return record?.type === 'agenda-item' ? record : undefined
  }

  /** Where somebody who may see a board sees it. */
  seenBy = (principal: Principal, board: string): Audience | undefined =>
    this.audiencesOf(board).find((audience) => canRead(principal, audience))

  /** Whether somebody may open a board of this kind. */
  mayOpen = (principal: Principal, board: Board): boolean =>
    this.#published.wouldShow(board).some((audience) => canRead(principal, audience) && mayDraw(principal, audience))

  /** The board as the administration has it; undefined when there is none, or none any more. */
  async read(id: string): Promise<{ board: Board; stored: StoredDocument } | undefined> {
    const stored = await this.#office.get(id)
    const read = stored && readRecord(stored)
    if (!stored || !read?.ok || read.value.type !== 'board' || read.value.deleted) return undefined
    return { board: read.value, stored }
  }

  /** The board that lies over the same version of the same file at the same place, if there is one. */
  async overSameFile(board: Board): Promise<Board | undefined> {
    if (board.file === undefined) return undefined
    const { rows } = await this.#office.list({ startKey: 'board:', endKey: 'board;', includeDocs: true })
    for (const { doc } of rows) {
      const read = doc && readRecord(doc)
      if (read?.ok && read.value.type === 'board' && !read.value.deleted && isAtSamePlace(read.value, board))
        return read.value
    }
    return undefined
  }
}

/** Whether two boards are of the same meeting and item, over the same version of the same file. */
export const isAtSamePlace = (one: Board, other: Board): boolean =>
  (['meeting', 'agendaItem', 'file', 'sha512'] as const).every((field) => one[field] === other[field])

/** Whether what is drawn can lie in an audience. */
export const holdsBoards = (audience: Audience): boolean => ['office', 'org', 'circle'].includes(partsOf(audience).kind)
