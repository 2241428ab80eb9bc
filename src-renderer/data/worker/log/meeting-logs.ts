import { meetingEventRange, parseMeetingEventId, type MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import { partsOf } from '../../../../shared/rules/audience.ts'
import type { LoggedEvent } from '../../contract.ts'
import type { LogChange } from '../contract.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import type { EventOutbox } from './event-outbox.ts'

type Tell = (key: string, change: LogChange) => void

/** What the hub has of one meeting, as the copies of this device hold it together. */
export interface Log {
  readonly meeting: string
  /** By id. */
  readonly received: ReadonlyMap<string, Received>
}

interface Received {
  readonly event: MeetingEvent
  readonly rev: string
  /** Copies that hold it: events of a joint meeting lie in those of all its bodies. */
  readonly copies: Set<OpenCopy>
}

interface OpenLog extends Log {
  readonly received: Map<string, Received>
  loaded: Promise<void>
}

interface Follower {
  readonly meeting: string
  readonly key: string
  readonly tell: Tell
  isTold: boolean
}

/**
 * The logs of the meetings that somebody looks at, in memory, merged of all copies of this device that may hold events:
 * those of organizations and those for fewer readers. Windows hear everything once, then what is new, once per turn.
 */
export class MeetingLogs {
  #databases: Databases
  #outbox: EventOutbox
  #logs = new Map<string, OpenLog>()
  #followers = new Map<Tell, Map<string, Follower>>()
  /** Events to be told, by meeting. */
  #due = new Map<string, Set<string>>()
  /** Rises whenever everything is read anew. */
  #age = 0
  /** Hears every event that comes in, of whichever meeting. */
  onEvent: (event: MeetingEvent) => void = () => {}
  onFault: (fault: unknown) => void = () => {}

  constructor(databases: Databases, outbox: EventOutbox) {
    this.#databases = databases
    this.#outbox = outbox
  }

  open(tell: Tell, key: string, meeting: string): void {
    const follower = { meeting, key, tell, isTold: false }
    const own = this.#followers.get(tell) ?? new Map<string, Follower>()
    this.#followers.set(tell, own.set(key, follower))
    void this.#begin(follower)
  }

  close(tell: Tell, key: string): void {
    const meeting = this.#followers.get(tell)?.get(key)?.meeting
    this.#followers.get(tell)?.delete(key)
    if (meeting !== undefined && this.#followersOf(meeting).length === 0) this.#logs.delete(meeting)
  }

  /** A window is gone. */
  closeAll(tell: Tell): void {
    for (const key of this.#followers.get(tell)?.keys() ?? []) this.close(tell, key)
    this.#followers.delete(tell)
  }

  /** The log of a meeting, everything of this device in it. */
  async of(meeting: string): Promise<Log> {
    const log = this.#logs.get(meeting) ?? this.#load(meeting)
    await log.loaded
    return log
  }

  /** Documents that came to a copy, on whichever way; whatever is no event is left alone. */
  take(open: OpenCopy, documents: readonly StoredDocument[]): void {
    for (const document of documents) {
      if (document._deleted || !document._id.startsWith('event:')) continue
      const meeting = parseMeetingEventId(document._id)?.meeting
      if (meeting === undefined) continue
      const event = documentToEvent(document)
      this.onEvent(event)
      const log = this.#logs.get(meeting)
      // Another revision under one id is no part of an honest log: it is shown, so that checking can name it.
      if (log && this.#add(log, open, document._rev, event)) this.#schedule(meeting, event._id)
    }
  }

  /** What waits here of these events is another now. */
  noteWritten(ids: readonly string[]): void {
    for (const id of ids) {
      const meeting = parseMeetingEventId(id)?.meeting
      if (meeting !== undefined) this.#schedule(meeting, id)
    }
  }

  /** Copies came or went: reads again, and tells everything anew. */
  reset(): void {
    this.#age += 1
    this.#logs.clear()
    this.#due.clear()
    for (const own of this.#followers.values())
      for (const follower of own.values()) {
        follower.isTold = false
        void this.#begin(follower)
      }
  }

  /** What is shown of a log: what the hub has, and what waits here. */
  shown(log: Log): LoggedEvent[] {
    const waiting = this.#outbox.entries.filter(({ row }) => isOf(log.meeting, row.id) && !log.received.has(row.id))
    return [
      ...[...log.received.values()].map(({ event }) => ({ event, pending: false })),
      ...waiting.map(({ row }) => this.#show(log, row.id)).filter((entry) => entry !== undefined),
    ]
  }

  #show(log: Log, id: string): LoggedEvent | undefined {
    const received = log.received.get(id)
    if (received) return { event: received.event, pending: false }
    const entry = this.#outbox.get(id)
    if (!entry) return undefined
    const { event, row } = entry
    return row.refusal ? { event, pending: false, refusal: row.refusal } : { event, pending: true }
  }

  #load(meeting: string): OpenLog {
    const log: OpenLog = { meeting, received: new Map(), loaded: Promise.resolve() }
    this.#logs.set(meeting, log)
    log.loaded = this.#read(log)
    log.loaded.catch(() => {
      if (this.#logs.get(meeting) === log) this.#logs.delete(meeting)
    })
    return log
  }

  async #read(log: OpenLog): Promise<void> {
    const range = meetingEventRange(log.meeting)
    const copies = this.#databases.open.filter(({ copy }) => ['org', 'circle'].includes(partsOf(copy.audience).kind))
    const found = await Promise.all(
      copies.map(async (open) => {
        const documents =
          freshEvents(open, range) ?? (await this.#databases.readRange(open, range.startKey, range.endKey))
        return [...documents.values()].map((doc) => ({ open, rev: doc._rev, event: documentToEvent(doc) }))
      }),
    )
    for (const { open, rev, event } of found.flat()) {
      if (!this.#databases.open.includes(open)) continue
      this.onEvent(event)
      if (log.received.has(event._id)) log.received.get(event._id)?.copies.add(open)
      else this.#add(log, open, rev, event)
    }
  }

  /** Whether it says something that was not known. */
  #add(log: OpenLog, open: OpenCopy, rev: string, event: MeetingEvent): boolean {
    const known = log.received.get(event._id)
    const copies = known?.copies ?? new Set()
    copies.add(open)
    if (known?.rev === rev) return false
    log.received.set(event._id, { event, rev, copies })
    return true
  }

  async #begin(follower: Follower): Promise<void> {
    const age = this.#age
    const isOpen = (): boolean =>
      this.#age === age && this.#followers.get(follower.tell)?.get(follower.key) === follower
    try {
      const log = await this.of(follower.meeting)
      if (!isOpen()) return
      follower.isTold = true
      follower.tell(follower.key, { state: 'ready', all: true, changed: this.shown(log), gone: [] })
    } catch (fault) {
      this.onFault(fault)
      if (isOpen()) follower.tell(follower.key, { state: 'failed', all: true, changed: [], gone: [] })
    }
  }

  #schedule(meeting: string, id: string): void {
    if (this.#followersOf(meeting).length === 0) return
    if (this.#due.size === 0) queueMicrotask(() => this.#tellDue())
    this.#due.set(meeting, (this.#due.get(meeting) ?? new Set()).add(id))
  }

  #tellDue(): void {
    const due = [...this.#due]
    this.#due.clear()
    for (const [meeting, ids] of due) {
      const log = this.#logs.get(meeting)
      if (!log) continue
      const shown = [...ids].map((id) => ({ id, entry: this.#show(log, id) }))
      const change: LogChange = {
        state: 'ready',
        changed: shown.flatMap(({ entry }) => entry ?? []),
        gone: shown.flatMap(({ id, entry }) => (entry ? [] : [id])),
      }
      for (const { isTold, key, tell } of this.#followersOf(meeting)) if (isTold) tell(key, change)
    }
  }

  #followersOf(meeting: string): Follower[] {
    return [...this.#followers.values()].flatMap((own) =>
      [...own.values()].filter((follower) => follower.meeting === meeting),
    )
  }
}

const isOf = (meeting: string, id: string): boolean => parseMeetingEventId(id)?.meeting === meeting

/** What a first contact brought of a meeting, while memory holds every event of the copy: most copies have none. */
function freshEvents(
  { fresh }: OpenCopy,
  { startKey, endKey }: ReturnType<typeof meetingEventRange>,
): Map<string, StoredDocument> | undefined {
  const events = fresh.peek('event')
  return events && new Map([...events].filter(([id]) => startKey <= id && id <= endKey))
}

/** An event without what the database adds to it. */
function documentToEvent(document: StoredDocument): MeetingEvent {
  const { _rev, _revisions, _conflicts, ...event } = document
  return event as unknown as MeetingEvent
}
