import type { KeyCertificate } from '../../../../shared/council/key-certificate.ts'
import {
  meetingEventRange,
  parseMeetingEventId,
  readMeetingEvent,
  type MeetingEvent,
} from '../../../../shared/council/meeting-event.ts'
import type { AudienceStore, Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'
import { digestText } from '../../../../shared/rules/meeting/verification/index.ts'
import { digestOf } from '../../signing.ts'

/** The end of what one key wrote in one meeting, as one audience holds it. */
export interface ChainEnd {
  readonly place: number
  readonly digest: string
  /** Clock of the last event. */
  readonly clock: string
  readonly certificate: KeyCertificate | undefined
}

const noEvents: ChainEnd = { place: 0, digest: '', clock: '', certificate: undefined }

/** The end of a chain after one more event. */
export const chainAfter = (end: ChainEnd, event: MeetingEvent): ChainEnd => ({
  place: event.place,
  digest: digestOf(digestText(event)),
  clock: parseMeetingEventId(event._id)?.clock ?? '',
  certificate: event.certificate ?? end.certificate,
})

const pageSize = 1000

/** Where each chain of an audience ends; read from the store meeting by meeting, then kept current by its feed. */
export class AudienceChains {
  readonly #store: AudienceStore
  readonly #ends = new Map<string, Map<string, ChainEnd>>()
  #seq: Seq | undefined

  constructor(store: AudienceStore) {
    this.#store = store
  }

  /** Takes in what was written since; to be called within the audience's turn, before the ends are asked for. */
  async catchUp(meetings: Iterable<string>): Promise<void> {
    this.#seq ??= (await this.#store.info()).updateSeq
    for (;;) {
      const { rows, lastSeq, pending } = await this.#store.changes({
        since: this.#seq,
        limit: pageSize,
        includeDocs: true,
      })
      this.#note(rows.flatMap(({ doc }) => doc ?? []))
      this.#seq = lastSeq
      if (pending === 0 || rows.length === 0) break
    }
    for (const meeting of meetings) if (!this.#ends.has(meeting)) await this.#load(meeting)
  }

  /** The end of a key's chain in a meeting that was caught up with. */
  endOf(meeting: string, key: string): ChainEnd {
    return this.#ends.get(meeting)?.get(key) ?? noEvents
  }

  async #load(meeting: string): Promise<void> {
    const { rows } = await this.#store.list({ ...meetingEventRange(meeting), includeDocs: true })
    this.#ends.set(meeting, new Map())
    this.#note(rows.flatMap(({ doc }) => doc ?? []))
  }

  #note(documents: readonly StoredDocument[]): void {
    const events = documents.flatMap((document) => {
      const meeting = parseMeetingEventId(document._id)?.meeting
      const ends = meeting === undefined ? undefined : this.#ends.get(meeting)
      return ends && readMeetingEvent(document).ok ? [{ ends, event: document as unknown as MeetingEvent }] : []
    })
    for (const { ends, event } of events.sort((a, b) => a.event.place - b.event.place)) {
      const end = ends.get(event.author.key) ?? noEvents
      if (event.place > end.place) ends.set(event.author.key, chainAfter(end, event))
    }
  }
}

/** The chains of every audience, each read once. */
export class Chains {
  readonly #known = new WeakMap<AudienceStore, AudienceChains>()

  of(store: AudienceStore): AudienceChains {
    const known = this.#known.get(store)
    if (known) return known
    const chains = new AudienceChains(store)
    this.#known.set(store, chains)
    readAhead(store, chains)
    return chains
  }
}

/** Reads what is new once the devices in the room were told of it, so that the next event need not wait for that. */
function readAhead(store: AudienceStore, chains: AudienceChains): void {
  let isDue = false
  store.onChange(() => {
    if (isDue) return
    isDue = true
    setImmediate(() => {
      isDue = false
      // What cannot be read now is read when it is needed, and there somebody hears why not.
      chains.catchUp([]).catch(() => undefined)
    })
  })
}
