import { readClock } from '../../../../shared/council/clock.ts'
import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import {
  hubAccount,
  meetingEventId,
  type EventBody,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { AudienceStore } from '../../../../shared/ports/document-store.ts'
import { certificateText, signedText } from '../../../../shared/rules/meeting/verification/index.ts'
import { HybridClock } from '../../../../shared/sync/clock.ts'
import type { HubKey } from '../../signing.ts'
import { chainAfter, type ChainEnd, type Chains } from '../intake/chains.ts'
import type { MeetingRecord } from './meeting-record.ts'

/** Puts on record, signed with the hub's own key, what the hub alone can say. */
export class HubAuthor {
  readonly #key: HubKey
  readonly #chains: Chains
  readonly #now: () => number
  readonly #clock: HybridClock

  constructor({ key, chains, now }: { key: HubKey; chains: Chains; now: () => number }) {
    this.#key = key
    this.#chains = chains
    this.#now = now
    this.#clock = new HybridClock(key.fingerprint.slice(0, 8), now)
  }

  /**
   * Appends events, later than everything that the record holds; settles when they are stored. Only within the turn of
   * the audience.
   */
  async append(store: AudienceStore, record: MeetingRecord, bodies: readonly EventBody[]): Promise<void> {
    if (bodies.length === 0) return
    const chains = this.#chains.of(store)
    await chains.catchUp([record.meeting])
    let end = chains.endOf(record.meeting, this.#key.fingerprint)
    this.#observe(record.newest)
    this.#observe(end.clock)
    const events: MeetingEvent[] = []
    for (const body of bodies) {
      const event = this.#sign(record.meeting, body, end)
      events.push(event)
      end = chainAfter(end, event)
    }
    for (const outcome of await store.write(events))
      if (!outcome.ok) throw new Error(`an event of the hub was not stored: ${outcome.error}`)
  }

  #observe(clock: string | undefined): void {
    if (clock !== undefined && readClock(clock)) this.#clock.observe(clock)
  }

  #sign(meeting: string, body: EventBody, end: ChainEnd): MeetingEvent {
    const event: Omit<MeetingEvent, 'signature'> = {
      _id: meetingEventId({ meeting, clock: this.#clock.tick(), author: hubAccount }),
      ...{ type: 'event', schema: 1 },
      author: { account: hubAccount, person: null, roles: [], key: this.#key.fingerprint },
      body,
      place: end.place + 1,
      previous: end.place === 0 ? null : end.digest,
      ...(end.place === 0 ? { certificate: this.#certificate() } : {}),
    }
    return { ...event, signature: this.#key.sign(signedText(event)) }
  }

  /** The hub vouches for itself: whoever knows the town's key knows it. */
  #certificate(): KeyCertificate {
    const certified: Omit<KeyCertificate, 'signature'> = {
      ...{ publicKey: this.#key.publicKey, account: hubAccount, person: null, roles: [], device: hubAccount },
      ...{ issued: new Date(this.#now()).toISOString(), hub: this.#key.fingerprint },
    }
    return { ...certified, signature: this.#key.sign(certificateText(certified)) }
  }
}
