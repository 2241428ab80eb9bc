import type { Board } from '../../../shared/council/records/index.ts'
import type { AgendaItem } from '../../../shared/oparl/index.ts'
import { restsDuring, type ItemOn } from '../../../shared/rules/board.ts'

/** What the logs of meetings tell. */
export interface MeetingLogs {
  /** The state of a meeting, with everything that was stored before the call. */
  readonly stateOf: (meeting: string) => Promise<ItemOn>
  /** Calls back as soon as a log holds something new. */
  readonly onState: (listener: (meeting: string, state: ItemOn) => void) => void
}

/** Which boards rest because of the item that is on in their meeting; of a meeting whose log was not read, all do. */
export class BoardRests {
  readonly #logs: MeetingLogs
  readonly #itemOf: (id: string) => AgendaItem | undefined
  readonly #known = new Map<string, ItemOn>()
  /** How many batches of a meeting's log are being stored and read. */
  readonly #settling = new Map<string, number>()
  readonly #onSettled: (() => void)[] = []

  /** @param itemOf an item as the administration has it now */
  constructor(logs: MeetingLogs, itemOf: (id: string) => AgendaItem | undefined) {
    this.#logs = logs
    this.#itemOf = itemOf
  }

  /** Calls back when another item is on in a meeting, or others are kept out of it. */
  onChange(listener: () => void): void {
    this.#logs.onState((meeting, state) => {
      const before = this.#known.get(meeting)
      this.#keep(meeting, state)
      if (before?.current !== state.current || before?.agenda !== state.agenda) listener()
    })
  }

  /**
   * Something of a meeting's log is about to be stored: until it was read, nobody can tell whether its boards rest. A log
   * that cannot be read makes them rest.
   *
   * @param stored settles when it is stored, or refused
   */
  async expect(meeting: string, stored: Promise<unknown>): Promise<void> {
    this.#settling.set(meeting, (this.#settling.get(meeting) ?? 0) + 1)
    try {
      await stored
      // Whoever follows the log heard everything when this settles.
      const state = await this.#logs.stateOf(meeting)
      if (!this.#known.has(meeting)) this.#keep(meeting, state)
    } catch {
      this.#known.delete(meeting)
    }
    const left = (this.#settling.get(meeting) ?? 1) - 1
    if (left > 0) return void this.#settling.set(meeting, left)
    this.#settling.delete(meeting)
    for (const listener of this.#onSettled) listener()
  }

  /** Whether it is open right now if the boards of a meeting rest. */
  isSettling = (meeting: string): boolean => this.#settling.has(meeting)

  /** Calls back when it is known again. */
  onSettled(listener: () => void): void {
    this.#onSettled.push(listener)
  }

  /** Settles when the log of a meeting was read, so that `isAtRest` knows of it. */
  async learn(meeting: string): Promise<void> {
    if (this.#known.has(meeting)) return
    const state = await this.#logs.stateOf(meeting)
    // What came meanwhile is newer.
    if (!this.#known.has(meeting)) this.#keep(meeting, state)
  }

  /** Whether a board rests, as far as the logs were heard. */
  isAtRest(board: Board): boolean {
    const state = this.#known.get(board.meeting)
    return !state || restsDuring(board, state, this.#itemOf)
  }

  /** Whether a board rests, with everything that was stored before the call. */
  async isAtRestBy(board: Board): Promise<boolean> {
    return restsDuring(board, await this.#logs.stateOf(board.meeting), this.#itemOf)
  }

  #keep(meeting: string, { current, agenda }: ItemOn): void {
    this.#known.set(meeting, { current, agenda })
  }
}
