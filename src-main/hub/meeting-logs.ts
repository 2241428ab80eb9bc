import { meetingEventRange, parseMeetingEventId, readMeetingEvent } from '../../shared/council/meeting-event.ts'
import type { MeetingEvent } from '../../shared/council/meeting-event.ts'
import type { AudienceStore, DocumentStore, Seq, StoredDocument } from '../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../shared/rules/audience.ts'
import { MeetingLog } from '../../shared/rules/meeting/log.ts'
import type { MeetingState } from '../../shared/rules/meeting/state.ts'

const readAtOnce = 1000

/**
 * The logs of meetings as the store has them, reduced: of a meeting that goes on the log stays in memory, and only what
 * came since is read.
 */
export class MeetingLogs {
  readonly #store: DocumentStore
  readonly #logs = new Map<string, MeetingLog>()
  readonly #seqs = new Map<Audience, Seq>()
  #reading: Promise<unknown> = Promise.resolve()

  constructor(store: DocumentStore) {
    this.#store = store
  }

  /** The state of a meeting, with every event that the store held at the call; undefined when there is none. */
  async state(meeting: string): Promise<MeetingState | undefined> {
    return (await this.log(meeting))?.state
  }

  /** As `state`, with its events; it must not be written to. */
  log(meeting: string): Promise<MeetingLog | undefined> {
    const reading = this.#reading.then(() => this.#current(meeting))
    this.#reading = reading.catch(() => undefined)
    return reading
  }

  async #current(meeting: string): Promise<MeetingLog | undefined> {
    for (const feed of await this.#feeds()) await this.#catchUp(feed)
    const log = this.#logs.get(meeting) ?? (await this.#read(meeting))
    if (log.events.length === 0) return undefined
    // A closed meeting is asked for again only when something is corrected.
    if (log.state.phase === 'closed') this.#logs.delete(meeting)
    else this.#logs.set(meeting, log)
    return log
  }

  async #feeds(): Promise<AudienceStore[]> {
    const audiences = (await this.#store.audiences()).filter((name) => ['org', 'circle'].includes(partsOf(name).kind))
    return Promise.all(audiences.map((audience) => this.#store.open(audience)))
  }

  async #catchUp(feed: AudienceStore): Promise<void> {
    // An audience that is new to logs in memory may hold something of them already.
    let seq = this.#seqs.get(feed.audience) ?? (this.#logs.size > 0 ? 0 : undefined)
    for (; seq !== undefined && this.#logs.size > 0;) {
      const { rows, lastSeq } = await feed.changes({ since: seq, limit: readAtOnce, includeDocs: true })
      for (const { id, doc } of rows) {
        const log = this.#logs.get(parseMeetingEventId(id)?.meeting ?? '')
        if (log) log.insert(eventsIn([doc]))
      }
      seq = lastSeq
      if (rows.length < readAtOnce) break
    }
    // Nothing is held, so nothing has to be followed: what a log needs is read when it is asked for.
    this.#seqs.set(feed.audience, this.#logs.size > 0 && seq !== undefined ? seq : (await feed.info()).updateSeq)
  }

  async #read(meeting: string): Promise<MeetingLog> {
    const log = new MeetingLog(meeting)
    for (const feed of await this.#feeds()) {
      const { rows } = await feed.list({ ...meetingEventRange(meeting), includeDocs: true })
      log.insert(eventsIn(rows.map(({ doc }) => doc)))
    }
    return log
  }
}

function eventsIn(documents: readonly (StoredDocument | undefined)[]): MeetingEvent[] {
  return documents.flatMap((document) => {
    const outcome = document ? readMeetingEvent(document) : undefined
    return outcome?.ok ? [outcome.value] : []
  })
}
