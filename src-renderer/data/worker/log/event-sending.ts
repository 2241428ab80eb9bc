import { parseMeetingEventId, timeOfEvent, type MeetingEvent } from '../../../../shared/council/meeting-event.ts'
import { paths, type RefusedWrite, type SessionInfo } from '../../../../shared/hub-api/contract.ts'
import type { StoredDocument } from '../../../../shared/ports/document-store.ts'
import type { Audience } from '../../../../shared/rules/audience.ts'
import type { HubClient } from '../../hub/index.ts'
import type { Databases, OpenCopy } from '../store/databases.ts'
import { contentOf, reviseAs } from '../sync/revision.ts'
import { draftOf, follows, headOf, signNext } from './chain.ts'
import type { DeviceKeys } from './device-key.ts'
import type { EventEntry, EventOutbox } from './event-outbox.ts'
import type { EventWriting } from './event-writing.ts'
import type { MeetingLogs } from './meeting-logs.ts'

/**
 * Milliseconds after which an event is sent as one that was written offline: the hub takes others only within half a
 * minute of its own clock.
 */
const latest = 20_000

export interface SendingNeeds {
  readonly hub: HubClient
  readonly databases: Databases
  readonly logs: MeetingLogs
  readonly outbox: EventOutbox
  readonly keys: DeviceKeys
  readonly writing: EventWriting
  readonly session: () => Omit<SessionInfo, 'token'> | undefined
  /** Over the live socket; undefined when no answer came. */
  readonly append: (
    audience: Audience,
    documents: readonly StoredDocument[],
  ) => Promise<readonly RefusedWrite[] | undefined>
}

/** Events of one message, and about how many characters they may have together. */
const batchSize = 50
const batchLength = 400_000

/** `later`: the hub cannot be reached, or it cannot be said yet how the chain goes on. */
type Outcome = 'settled' | 'later'

/** An entry, and its event as it is to be sent. */
interface Ready {
  readonly entry: EventEntry
  readonly event: MeetingEvent
}

/**
 * Sends events in the order in which they were written. A refused one is no link of the chain: the hub takes none of
 * those after it as they are, and they are signed anew before they are sent again. Ids stay.
 */
export class EventSending {
  #needs: SendingNeeds
  #running: Promise<void> | undefined
  #again = false
  /** Events that the hub found too late for ones that were written with contact to it. */
  #late = new Set<string>()
  /** Events that were sent, and of which the hub said that it did not take them. */
  #untaken = new Set<string>()
  /** Copies that are about to be emptied: what they hold says nothing of what the hub has. */
  #ending = new WeakSet<OpenCopy>()

  constructor(needs: SendingNeeds) {
    this.#needs = needs
  }

  /** Sends everything that waits; settles when it was sent, or when it cannot be sent now. */
  send(): Promise<void> {
    this.#again = true
    this.#running ??= this.#drain().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #drain(): Promise<void> {
    while (this.#again) {
      this.#again = false
      for (const open of this.#needs.databases.open) while ((await this.#sendBatch(open)) === 'settled');
    }
  }

  /** One message and its receipt; `settled` when there may be more to send. */
  async #sendBatch(open: OpenCopy): Promise<Outcome> {
    const { databases, outbox, writing } = this.#needs
    const waiting = outbox.entries.filter(({ row, open: { copy } }) => copy.key === open.copy.key && !row.refusal)
    // Only a complete copy knows where a chain ends.
    if (waiting.length === 0 || open.copy.seq === undefined || this.#ending.has(open)) return 'later'
    const ready = await writing.inTurn(() => this.#prepareAll(waiting))
    if (ready.entries.length === 0) return ready.settled > 0 ? 'settled' : 'later'
    const documents = await Promise.all(ready.entries.map(({ event }) => reviseAs(contentOf(event), undefined)))
    const refused = await this.#deliver(open.copy.audience, documents)
    if (refused === undefined || !databases.open.includes(open)) return 'later'
    const refusals = new Map(refused.map((row) => [row.id, row]))
    await databases.put(
      open,
      documents.filter(({ _id }) => !refusals.has(_id)),
    )
    let settled = ready.settled
    for (const entry of ready.entries) if (await this.#take(entry, refusals.get(entry.row.id))) settled += 1
    return settled > 0 ? 'settled' : 'later'
  }

  /** Over the socket, or where it does not answer by HTTP: the hub knows what it has, and takes nothing twice. */
  async #deliver(
    audience: Audience,
    documents: readonly StoredDocument[],
  ): Promise<readonly RefusedWrite[] | undefined> {
    const appended = await this.#needs.append(audience, documents)
    if (appended) return appended
    const path = `${paths.database(audience)}/_bulk_docs`
    const answer = await this.#needs.hub.ask<RefusedWrite[]>('POST', path, { docs: documents, new_edits: false })
    return answer.ok ? answer.value : undefined
  }

  /** Takes a receipt; false when the event has to be sent again as it is. */
  async #take(entry: EventEntry, refused: RefusedWrite | undefined): Promise<boolean> {
    const { outbox } = this.#needs
    const { id } = entry.row
    if (refused?.reason === 'chain' || (refused?.reason === 'clock' && !entry.event.offline)) {
      this.#untaken.add(id)
      if (refused.reason === 'clock') this.#late.add(id)
      return refused.reason === 'clock'
    }
    this.#late.delete(id)
    if (refused) await outbox.refuse(entry, refused)
    else await outbox.drop(id)
    return true
  }

  /** Brings as many events as one message carries into the state in which they can be sent. */
  async #prepareAll(waiting: readonly EventEntry[]): Promise<{ entries: EventEntry[]; settled: number }> {
    const ready: Ready[] = []
    const heads = new Map<string, MeetingEvent>()
    let [settled, length] = [0, 0]
    for (const { row } of waiting) {
      const meeting = parseMeetingEventId(row.id)?.meeting ?? ''
      const prepared = await this.#prepare(row.id, meeting, heads.get(meeting))
      if (prepared === 'later') break
      if (prepared === 'settled') settled += 1
      else {
        ready.push(prepared)
        heads.set(meeting, prepared.event)
        length += row.sealed.length
      }
      if (ready.length === batchSize || length > batchLength) break
    }
    for (const { entry } of ready) this.#untaken.delete(entry.row.id)
    return { entries: await this.#needs.outbox.markTried(ready), settled }
  }

  /** @param before the event that goes before it in the same message */
  async #prepare(id: string, meeting: string, before: MeetingEvent | undefined): Promise<Ready | Outcome> {
    const { outbox, keys, logs, session } = this.#needs
    const entry = outbox.get(id)
    const account = session()?.account.id
    if (!entry || entry.row.refusal) return 'settled'
    if (account === undefined || account !== entry.event.author.account) return 'later'
    const log = await logs.of(meeting)
    if (log.received.has(id)) return this.#settle(entry)
    const signer = { key: await keys.of(account), certificate: await keys.certificate(account) }
    const head = before ?? headOf(log, entry.open.copy.audience, signer.key.fingerprint)
    if (!head && !signer.certificate) return 'later'
    const late = this.#isLate(entry)
    if (!late && (await follows(signer, entry.event, head))) return { entry, event: entry.event }
    const known = entry.row.tried && !this.#untaken.has(id) ? await this.#askHub(entry) : undefined
    if (known !== undefined) return known
    const draft = { ...draftOf(entry.event), ...(late ? { offline: true as const } : {}) }
    return { entry, event: await signNext(signer, draft, head) }
  }

  /** What was sent before is sent as it is: the hub may have it, or, restored from a backup, may take it as it was. */
  #isLate = ({ event, row }: EventEntry): boolean =>
    !event.offline && (this.#late.has(event._id) || (!row.tried && Date.now() - timeOfEvent(event) > latest))

  /** Whether an event that was sent once arrived, though its receipt did not; undefined when the hub does not have it. */
  async #askHub(entry: EventEntry): Promise<Outcome | undefined> {
    const { hub, databases } = this.#needs
    const path = `${paths.database(entry.open.copy.audience)}/_bulk_get?revs=true`
    const answer = await hub.ask<{ results: { docs: { ok?: StoredDocument }[] }[] }>('POST', path, {
      docs: [{ id: entry.row.id }],
    })
    if (!answer.ok) return 'later'
    const [found] = answer.value.results.flatMap(({ docs }) => docs.flatMap(({ ok }) => ok ?? []))
    if (!found) return undefined
    await databases.put(entry.open, [found])
    return this.#settle(entry)
  }

  async #settle(entry: EventEntry): Promise<Outcome> {
    await this.#needs.outbox.drop(entry.row.id)
    return 'settled'
  }

  /**
   * Keeps what this device wrote before its copy is emptied for a hub with another past: what that hub lacks is sent
   * to it again, the rest is found there.
   */
  async rescue(open: OpenCopy): Promise<void> {
    const account = this.#needs.session()?.account.id
    if (account === undefined) return
    this.#ending.add(open)
    const { fingerprint } = await this.#needs.keys.of(account)
    const { rows } = await open.database.allDocs({ startkey: 'event:', endkey: 'event;', include_docs: true })
    const events = rows.flatMap(({ doc }) => {
      if (!doc || doc._deleted) return []
      const { _rev, _revisions, _conflicts, ...event } = doc
      return [event as unknown as MeetingEvent]
    })
    const own = events.filter(({ _id, author }) => author.key === fingerprint && !this.#needs.outbox.get(_id))
    await this.#needs.outbox.put(open, own, true)
  }
}
