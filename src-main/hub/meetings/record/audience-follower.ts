import {
  meetingEventRange,
  parseMeetingEventId,
  readMeetingEvent,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { AudienceStore, ListRow, Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'

const pageSize = 1000
const checkpointId = 'meetings'

/** Reads the events of an audience as they come, each at least once, also across restarts. */
export class AudienceFollower {
  readonly store: AudienceStore
  readonly #incarnation: string
  readonly #hear: (meeting: string, events: readonly MeetingEvent[]) => Promise<void>
  #seq: Seq = 0
  #running: Promise<void> = Promise.resolve()
  #waiting: Promise<void> | undefined
  #unfollow = (): void => undefined
  #soon: NodeJS.Immediate | undefined

  /** `hear` is called within `catchUp`, which settles after it. */
  constructor(
    store: AudienceStore,
    incarnation: string,
    hear: (meeting: string, events: readonly MeetingEvent[]) => Promise<void>,
  ) {
    this.store = store
    this.#incarnation = incarnation
    this.#hear = hear
  }

  /**
   * Begins where the checkpoint stands; `onFault` hears of reads that failed, the next change reads again. What is new is
   * read after the devices in the room were told of it, unless somebody asks before.
   */
  async follow(onFault: (fault: unknown) => void): Promise<void> {
    const { uuid, seq } = (await this.store.getLocal(checkpointId)) ?? {}
    if (uuid === this.#incarnation && (typeof seq === 'number' || typeof seq === 'string')) this.#seq = seq
    this.#unfollow = this.store.onChange(() => {
      this.#soon ??= setImmediate(() => {
        this.#soon = undefined
        void this.catchUp().catch(onFault)
      })
    })
  }

  /** Settles when everything was heard that was written before the call. */
  catchUp(): Promise<void> {
    if (this.#waiting) return this.#waiting
    const run = this.#running.then(() => {
      this.#waiting = undefined
      return this.#read()
    })
    this.#waiting = run
    this.#running = run.catch(() => undefined)
    return run
  }

  /** Events of one meeting that the audience holds. */
  async eventsOf(meeting: string): Promise<MeetingEvent[]> {
    const { rows } = await this.store.list({ ...meetingEventRange(meeting), includeDocs: true })
    return rows.flatMap(({ doc }: ListRow) => readEvent(doc))
  }

  /** Remembers that nothing before this place is left to do. */
  async keep(): Promise<void> {
    await this.store.putLocal(checkpointId, { uuid: this.#incarnation, seq: this.#seq })
  }

  async stop(): Promise<void> {
    this.#unfollow()
    clearImmediate(this.#soon)
    await this.#running
  }

  async #read(): Promise<void> {
    for (;;) {
      const { rows, lastSeq, pending } = await this.store.changes({
        since: this.#seq,
        limit: pageSize,
        includeDocs: true,
      })
      const byMeeting = new Map<string, MeetingEvent[]>()
      for (const event of rows.flatMap(({ doc }) => readEvent(doc))) {
        const meeting = parseMeetingEventId(event._id)?.meeting ?? ''
        byMeeting.set(meeting, [...(byMeeting.get(meeting) ?? []), event])
      }
      for (const [meeting, events] of byMeeting) await this.#hear(meeting, events)
      this.#seq = lastSeq
      if (pending === 0 || rows.length === 0) return
    }
  }
}

function readEvent(document: StoredDocument | undefined): MeetingEvent[] {
  if (!document || parseMeetingEventId(document._id) === undefined) return []
  const event = readMeetingEvent(document)
  return event.ok ? [event.value] : []
}
