import type { Logger } from 'pino'
import type { MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import type { DocumentStore } from '../../../../shared/ports/document-store.ts'
import { partsOf, type Audience } from '../../../../shared/rules/audience.ts'
import { AudienceFollower } from './audience-follower.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Meetings that are over and stay in memory, for those who come late. */
const mostKept = 8

/** Hears of events right after they are in the record; must not wait for a turn of an audience. */
export type OnEvents = (record: MeetingRecord, audience: Audience, events: readonly MeetingEvent[]) => void

/** Keeps the logs of meetings that go on, from the feeds of all audiences that take events. */
export class MeetingRecords {
  readonly #store: DocumentStore
  readonly #log: Pick<Logger, 'error'>
  readonly #followers = new Map<Audience, Promise<AudienceFollower>>()
  readonly #records = new Map<string, Promise<MeetingRecord>>()
  readonly #listeners: OnEvents[] = []

  constructor(store: DocumentStore, log: Pick<Logger, 'error'>) {
    this.#store = store
    this.#log = log
  }

  onEvents(listener: OnEvents): void {
    this.#listeners.push(listener)
  }

  /** Follows every audience that there is, and hears of what is left since the last run. */
  async start(): Promise<void> {
    for (const audience of await this.#store.audiences()) if (takesEvents(audience)) await this.follow(audience)
    for (const follower of this.#followers.values()) await (await follower).catchUp()
  }

  /** Follows one more audience; to be called before the first event comes into it. */
  follow(audience: Audience): Promise<AudienceFollower> {
    const known = this.#followers.get(audience)
    if (known) return known
    const opening = this.#open(audience)
    this.#followers.set(audience, opening)
    opening.catch(() => this.#followers.delete(audience))
    return opening
  }

  /** The record of a meeting, with everything that was stored before the call. */
  async current(meeting: string): Promise<MeetingRecord> {
    const record = await this.#recordOf(meeting)
    // Whoever asks for meetings that there are not must not fill the memory with them.
    if (record.audiences.size === 0) this.#records.delete(meeting)
    for (const audience of record.audiences) await (await this.follow(audience)).catchUp()
    return record
  }

  async stop(): Promise<void> {
    for (const follower of this.#followers.values()) await (await follower).stop()
  }

  /** To be called when nothing that was heard is left to do. */
  async keepPlaces(): Promise<void> {
    for (const follower of this.#followers.values()) await (await follower).keep()
  }

  async #open(audience: Audience): Promise<AudienceFollower> {
    const store = await this.#store.open(audience)
    const follower = new AudienceFollower(store, this.#store.uuid(), (meeting, events) =>
      this.#hear(audience, meeting, events),
    )
    await follower.follow((fault) => this.#log.error({ err: fault, audience }, 'events could not be read'))
    return follower
  }

  async #hear(audience: Audience, meeting: string, events: readonly MeetingEvent[]): Promise<void> {
    const record = await this.#recordOf(meeting)
    record.insert(audience, events)
    for (const listener of this.#listeners) listener(record, audience, events)
    await this.#forgetOld(meeting)
  }

  #recordOf(meeting: string): Promise<MeetingRecord> {
    const known = this.#records.get(meeting)
    // The last one that was asked for stands last.
    this.#records.delete(meeting)
    const record = known ?? this.#load(meeting)
    this.#records.set(meeting, record)
    record.catch(() => this.#records.delete(meeting))
    return record
  }

  async #load(meeting: string): Promise<MeetingRecord> {
    const record = new MeetingRecord(meeting)
    for (const [audience, follower] of this.#followers)
      record.insert(audience, await (await follower).eventsOf(meeting))
    return record
  }

  async #forgetOld(current: string): Promise<void> {
    for (const [meeting, loading] of [...this.#records]) {
      if (this.#records.size <= mostKept) return
      const { state } = await loading
      if (meeting !== current && state.phase !== 'open' && state.phase !== 'paused') this.#records.delete(meeting)
    }
  }
}

const takesEvents = (audience: Audience): boolean => ['org', 'circle'].includes(partsOf(audience).kind)
