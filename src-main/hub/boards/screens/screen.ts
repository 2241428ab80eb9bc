import type { Logger } from 'pino'
import { boardRoom, readTextUpdate, textUpdateRange } from '../../../../shared/council/text-update.ts'
import type { ScreenEvent, ScreenRequest } from '../../../../shared/hub-api/screens.ts'
import type { AudienceStore, DocumentStore, Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { MeetingState } from '../../../../shared/rules/meeting/state.ts'
import { projectedPage, type ProjectedPage } from '../../../../shared/rules/projected-board.ts'
import type { BoardPlaces } from '../board-places.ts'
import type { Onlooker } from '../rooms/board-room.ts'

/** Documents read at once. */
const readAtOnce = 100

/** Whoever looks at a screen, at the other end of a line. */
export interface ScreenLine {
  tell(event: ScreenEvent): void
  /** Whether what was told is not on its way yet. */
  isFull(): boolean
  /** Settles when what was told is on its way, so that a large page comes at the pace of the line. */
  drained(): Promise<void>
  /** Ends it; a window comes again by itself. */
  end(): void
}

export interface ScreenParts {
  readonly store: DocumentStore
  readonly places: BoardPlaces
  /** The state of a meeting, with everything that was stored before the call. */
  readonly stateOf: (meeting: string) => Promise<MeetingState>
  /** Hears what is drawn on a board until the returned end. */
  readonly watch: (board: string, onlooker: Onlooker) => () => void
  readonly log: Pick<Logger, 'error'>
}

/** A page that is being shown, and up to where of the audience's feed it was told. */
interface Shown {
  readonly page: ProjectedPage
  readonly feed: AudienceStore
  seq: Seq
  end(): void
}

/**
 * A screen of the room, as far as it shows a board: tells the page, and what is drawn on it. Whether it may is judged
 * anew before each word by what is known then, and what is read from the store is told after the log of that moment.
 */
export class Screen {
  readonly #screen: ScreenRequest
  readonly #line: ScreenLine
  readonly #parts: ScreenParts
  #state: MeetingState | undefined
  #shown: Shown | undefined
  #work: Promise<unknown> = Promise.resolve()
  #isOver = false

  constructor(screen: ScreenRequest, line: ScreenLine, parts: ScreenParts) {
    this.#screen = screen
    this.#line = line
    this.#parts = parts
  }

  /** The log holds something new. */
  hear(meeting: string, state: MeetingState): void {
    if (meeting !== this.#screen.meeting) return
    this.#state = state
    this.recheck()
  }

  /** Records may be others: what may no longer be seen is over at once. */
  recheck(): void {
    if (this.#shown && !this.#isStill(this.#shown)) this.#stop()
    this.look()
  }

  /** Tells what is new, after what is being told. */
  look(): void {
    this.#work = this.#work
      .then(() => this.#look())
      .catch((fault: unknown) => {
        this.#parts.log.error({ err: fault, ...this.#screen }, 'what a screen shows could not be read')
        this.end()
        this.#line.end()
      })
  }

  end(): void {
    this.#isOver = true
    this.#forget()
  }

  async #look(): Promise<void> {
    if (this.#isOver) return
    this.#state ??= await this.#parts.stateOf(this.#screen.meeting)
    const wanted = this.#wanted()
    if (!this.#shown && wanted) await this.#begin(wanted)
    else if (this.#shown) await this.#goOn(this.#shown)
  }

  #wanted(): ProjectedPage | undefined {
    const { places } = this.#parts
    return (
      this.#state &&
      projectedPage(this.#state, this.#screen.projector, {
        boardOf: (id) => places.boardNow(id),
        isPublic: (id) => places.isPublic(id),
      })
    )
  }

  async #begin(page: ProjectedPage): Promise<void> {
    const { board, key } = page
    const feed = await this.#parts.store.open(this.#parts.places.audiencesOf(board._id)[0])
    const { updateSeq: seq } = await feed.info()
    if (this.#isOver || !isSame(page, this.#wanted())) return
    const ends = [this.#parts.watch(board._id, this.#onlooker(key)), feed.onChange(() => this.look())]
    const shown: Shown = { page, feed, seq, end: () => ends.forEach((end) => end()) }
    this.#shown = shown
    const below = board.sha512 === undefined ? {} : { sha512: board.sha512 }
    this.#line.tell({ event: 'page', key, page: page.page, ...below })
    const range = textUpdateRange(boardRoom(board._id, key))
    for (let [startKey, skip, isLast] = [range.startKey, 0, false]; !isLast; skip = 1) {
      const { rows } = await feed.list({ ...range, startKey, skip, limit: readAtOnce, includeDocs: true })
      const documents = rows.map(({ doc }) => doc)
      if (!(await this.#tell(shown, documents))) return
      isLast = rows.length < readAtOnce
      startKey = rows.at(-1)?.id ?? startKey
    }
    this.#line.tell({ event: 'complete' })
  }

  async #goOn(shown: Shown): Promise<void> {
    for (;;) {
      const { rows, lastSeq } = await shown.feed.changes({ since: shown.seq, limit: readAtOnce, includeDocs: true })
      const documents = rows.map(({ doc }) => doc)
      if (!(await this.#tell(shown, documents))) return
      shown.seq = lastSeq
      if (rows.length < readAtOnce) return
    }
  }

  /** Tells what of it is on the page; false when the page is shown no more, as the log has it that was stored before. */
  async #tell(shown: Shown, documents: readonly (StoredDocument | undefined)[]): Promise<boolean> {
    const { board, key } = shown.page
    const { startKey } = textUpdateRange(boardRoom(board._id, key))
    const drawn = documents.filter((document) => document?._id.startsWith(startKey))
    if (drawn.length > 0) this.#state = await this.#parts.stateOf(this.#screen.meeting)
    for (const document of drawn) {
      const read = readTextUpdate(document)
      if (!this.#isShown(shown)) return false
      if (read.ok) this.#line.tell({ event: 'update', bytes: read.value.update })
      await this.#line.drained()
    }
    return this.#isShown(shown)
  }

  #onlooker(key: string): Onlooker {
    const tell = (event: ScreenEvent): void => {
      // What passes a slow line by comes with what is stored.
      if (this.#shown && this.#isShown(this.#shown) && !this.#line.isFull()) this.#line.tell(event)
    }
    return {
      projector: this.#screen.projector,
      update: (page, update) => page === key && tell({ event: 'update', bytes: base64(update) }),
      glance: (peer, bytes) => pageOfGlance(bytes) === key && tell({ event: 'glance', peer, bytes: base64(bytes) }),
      left: (peer) => tell({ event: 'left', peer }),
    }
  }

  /** Whether a page is still the one that is shown; ends it where it is not. */
  #isShown(shown: Shown): boolean {
    if (this.#isOver || this.#shown !== shown) return false
    if (this.#isStill(shown)) return true
    this.#stop()
    this.look()
    return false
  }

  /** The same page, and where it was: what moves behind doors is told from there no more. */
  #isStill({ page, feed }: Shown): boolean {
    return isSame(page, this.#wanted()) && this.#parts.places.audiencesOf(page.board._id)[0] === feed.audience
  }

  #stop(): void {
    this.#forget()
    this.#line.tell({ event: 'none' })
  }

  #forget(): void {
    this.#shown?.end()
    this.#shown = undefined
  }
}

const isSame = (one: ProjectedPage, other: ProjectedPage | undefined): boolean =>
  other?.board._id === one.board._id && other.key === one.key && other.page === one.page

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The page on which somebody does something; what says none is of no page that is shown. */
function pageOfGlance(bytes: Uint8Array): unknown {
  try {
    return (JSON.parse(Buffer.from(bytes).toString()) as { page?: unknown } | null)?.page
  } catch {
    return undefined
  }
}
