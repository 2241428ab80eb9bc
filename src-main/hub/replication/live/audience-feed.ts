import type { LiveTell } from '../../../../shared/hub-api/live.ts'
import type { AudienceStore, ChangeRow, Seq, StoredDocument } from '../../../../shared/ports/document-store.ts'

/** Changed documents in one message, at most. */
const messageSize = 50
/** A gap of more changes than this is for replication, which fetches in batches and only what is missing. */
const largestGap = 300
/** Bytes of attachments that a message may carry. */
const largestAttachments = 65_536

/** One device's place in the feed of an audience. */
export interface Subscriber {
  /** The place up to which the device has everything; undefined once the subscription is over. */
  seq: Seq | undefined
  /** Sends a message, unless the device may no longer read or does not keep up; then `seq` is undefined afterwards. */
  offer(message: Buffer, seq: Seq): void
  /** Says that replication has to fetch what happened up to `seq`, and ends the subscription. */
  tellBehind(seq: Seq): void
}

/**
 * Changes of one audience, carried to every subscriber as they happen. Each change is read and encoded once, however
 * many devices listen. Everything runs in turns: reading ahead for a late subscriber never overtakes the feed.
 */
export class AudienceFeed {
  readonly store: AudienceStore
  readonly #subscribers = new Set<Subscriber>()
  readonly #onFailure: (error: unknown) => void
  readonly #stop: () => void
  #seq: Seq | undefined
  #turn: Promise<void> = Promise.resolve()
  #drainAhead = false

  constructor(store: AudienceStore, onFailure: (error: unknown) => void) {
    this.store = store
    this.#onFailure = onFailure
    this.#stop = store.onChange(() => this.#wake())
  }

  /** Brings a subscriber up to now, then keeps it there. */
  subscribe(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber)
    this.#next(async () => {
      this.#seq ??= (await this.store.info()).updateSeq
      await this.#catchUp(subscriber)
    })
  }

  unsubscribe(subscriber: Subscriber): void {
    subscriber.seq = undefined
    this.#subscribers.delete(subscriber)
  }

  /** Ends the feed; whoever still follows it is left to replication. */
  close(): void {
    this.#stop()
    for (const subscriber of [...this.#subscribers]) this.#leaveBehind(subscriber, this.#seq ?? 0)
  }

  /** Writes that come while a drain waits for its turn are carried by that drain. */
  #wake(): void {
    if (this.#drainAhead || this.#seq === undefined) return
    this.#drainAhead = true
    this.#next(async () => {
      this.#drainAhead = false
      await this.#drain()
    })
  }

  #next(step: () => Promise<void>): void {
    this.#turn = this.#turn.then(step).catch((error: unknown) => {
      this.close()
      this.#onFailure(error)
    })
  }

  async #drain(): Promise<void> {
    for (;;) {
      const from = this.#seq ?? 0
      const message = await this.#read(from)
      if (message === 'behind') {
        this.#seq = (await this.store.info()).updateSeq
        for (const subscriber of [...this.#subscribers]) this.#leaveBehind(subscriber, this.#seq)
        return
      }
      this.#seq = message.seq
      if (message.changed === 0) return
      const late: Subscriber[] = []
      for (const subscriber of [...this.#subscribers])
        if (subscriber.seq === from) this.#offer(subscriber, message)
        else late.push(subscriber)
      for (const subscriber of late) await this.#catchUp(subscriber)
    }
  }

  /** Always answers, with an empty message where nothing happened: the device learns that it is current. */
  async #catchUp(subscriber: Subscriber): Promise<void> {
    for (;;) {
      const from = subscriber.seq
      if (from === undefined) return this.unsubscribe(subscriber)
      const message = await this.#read(from)
      // A place that lies ahead is from another incarnation of the data.
      const isAhead = message !== 'behind' && typeof from === 'number' && from > Number(message.seq)
      if (message === 'behind' || isAhead) return this.#leaveBehind(subscriber, (await this.store.info()).updateSeq)
      this.#offer(subscriber, message)
      if (message.pending === 0) return
    }
  }

  #offer(subscriber: Subscriber, { bytes, seq }: { bytes: Buffer; seq: Seq }): void {
    subscriber.offer(bytes, seq)
    if (subscriber.seq === undefined) this.unsubscribe(subscriber)
  }

  #leaveBehind(subscriber: Subscriber, seq: Seq): void {
    subscriber.tellBehind(seq)
    this.unsubscribe(subscriber)
  }

  async #read(from: Seq): Promise<{ bytes: Buffer; seq: Seq; changed: number; pending: number } | 'behind'> {
    const { rows, lastSeq, pending } = await this.store.changes({ since: from, limit: messageSize, style: 'all_docs' })
    if (rows.length + pending > largestGap) return 'behind'
    const documents = await this.#leavesOf(rows)
    if (!documents) return 'behind'
    const tell: LiveTell = { kind: 'changes', audience: this.store.audience, from, seq: lastSeq, documents }
    return { bytes: Buffer.from(JSON.stringify(tell)), seq: lastSeq, changed: rows.length, pending }
  }

  /** Undefined when attachments make them too heavy for the socket. */
  async #leavesOf(rows: readonly ChangeRow[]): Promise<StoredDocument[] | undefined> {
    const documents: StoredDocument[] = []
    let room = largestAttachments
    for (const { id } of rows) {
      const { found } = await this.store.openRevisions(id, 'all')
      const weight = attachmentBytes(found)
      room -= weight
      if (room < 0) return undefined
      documents.push(...(weight > 0 ? await this.#withAttachments(id) : found))
    }
    return documents
  }

  async #withAttachments(id: string): Promise<StoredDocument[]> {
    return (await this.store.openRevisions(id, 'all', { attachments: true })).found
  }
}

const attachmentBytes = (documents: readonly StoredDocument[]): number =>
  documents
    .flatMap((document) => Object.values(document._attachments ?? {}))
    .reduce((total, { length }) => total + Math.max(length, 1), 0)
