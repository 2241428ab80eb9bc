import { ulid } from 'ulid'
import { readPartHead, type PartHead } from '../../../shared/council/broadcast-part.ts'
import { leaseMs, silenceMs, type BroadcastPicture, type Rendition } from '../../../shared/council/broadcast.ts'
import type { Lease, PartRefusalReason } from '../../../shared/hub-api/broadcast.ts'
import { isChunk } from '../../../shared/media/read-boxes.ts'
import { touchesAny } from '../../../shared/rules/broadcast/airtime.ts'
import { judgePart, turn, type Gate, type GateFact } from '../../../shared/rules/broadcast/gate.ts'
import type { Span } from '../../../shared/rules/meeting/state.ts'
import { Air, initUri } from './air.ts'
import { EpochKey } from './epoch-keys.ts'
import type { AnnouncedRendition } from './journal.ts'
import type { FirstNumbers } from './live-rendition.ts'

interface HeldPart {
  readonly head: PartHead
  readonly media: Buffer
  readonly late: boolean
  /** When it is shown; milliseconds since 1970. */
  readonly due: number
}

interface Stream {
  readonly id: string
  readonly inits: ReadonlyMap<string, Buffer>
  /** When its lease was given last. */
  leased?: number
  readonly overlap: number
  /** `rendition/epoch/sequence` of what was taken. */
  readonly taken: Set<string>
  /** The newest part of each rendition that came in time. */
  readonly newest: Map<string, PartHead>
}

/** A part on its way in. */
export interface Received {
  readonly headText: string
  /** In base 64. */
  readonly mac: string
  readonly media: Buffer
}

export interface FeedOptions {
  readonly picture: BroadcastPicture
  readonly gate: Gate
  readonly now: () => number
  /** Hears of what passed the gate and may be recorded, as it is shown. */
  readonly onRecord: (head: PartHead, what: { init: Buffer; media: Buffer; late: boolean }) => void
  /** The slate began, or the room is back. */
  readonly onTurn: (kind: 'slate' | 'resumed') => void
}

/**
 * One picture of a transmission, in all its renditions: who sends it, the gate that it has to pass, what is held back
 * and what is shown of it. Both pictures have a gate of their own, closed by the same facts.
 */
export class Feed {
  readonly picture: BroadcastPicture
  readonly air: Air
  readonly #options: FeedOptions
  readonly #key = new EpochKey()
  readonly #inits = new Map<string, Buffer>()
  #gate: Gate
  #stream: Stream | undefined
  #held: HeldPart[] = []
  #leftOut: readonly Span[] = []
  /** Times in which the public was not in, by the log as it is now. */
  #closedTimes: readonly Span[] = []
  /** When something of the room was shown last. */
  #lastShown = 0

  constructor(options: FeedOptions) {
    this.#options = options
    this.#gate = options.gate
    this.picture = options.picture
    this.air = new Air(options.picture)
  }

  get gate(): Gate {
    return this.#gate
  }

  get stream(): string | undefined {
    return this.#stream?.id
  }

  get hasBegun(): boolean {
    return this.air.renditions.length > 0
  }

  get wasShown(): boolean {
    return this.#lastShown > 0
  }

  /** Number of parts that the delay still holds back. */
  get held(): number {
    return this.#held.length
  }

  /** A capture client begins: what another one sent before is taken no more. */
  announce(renditions: readonly AnnouncedRendition[], overlap: number): string {
    const id = `stream:${ulid()}`
    const inits = renditions.map(({ rendition, init }) => [rendition, Buffer.from(init, 'base64')] as const)
    this.#stream = { id, inits: new Map(inits), overlap, taken: new Set(), newest: new Map() }
    for (const [rendition, init] of inits) this.#inits.set(`${rendition}/${initUri(id)}`, init)
    return id
  }

  /** Who sends has to announce itself anew. */
  forgetStream(): void {
    this.#stream = undefined
  }

  /** Shows these renditions from now on; numbers of new ones begin with `first`. */
  carry(renditions: readonly Rendition[], first: FirstNumbers): void {
    this.air.carry(renditions, first)
  }

  /**
   * Allows the stream to send for a short time; without a key when the gate is closed, or there is nothing to send to.
   *
   * @param delay seconds for which everything is held back
   */
  lease(mayBegin: boolean, delay: number): Lease {
    const now = this.#options.now()
    const isOpen = mayBegin && this.#gate.since !== undefined
    if (this.#stream && isOpen) this.#stream.leased = now
    const { epoch } = this.#gate
    return {
      ...{ stream: this.#stream?.id ?? '', epoch, forMs: leaseMs, now, watchers: this.air.watchers },
      ...(isOpen ? { key: this.#key.of(epoch) } : {}),
      ...(this.wasShown && !this.air.isSlate ? { lastPartAge: now - this.air.until - delay * 1000 } : {}),
    }
  }

  /**
   * Judges a part that is here with all its bytes, and shows it once its time has come; returns why it is refused.
   *
   * @param delay seconds for which it is held back
   */
  receive({ headText, mac, media }: Received, delay: number): PartRefusalReason | undefined {
    const head = readPartHead(headText)
    const stream = this.#stream
    if (!head || !isChunk(media)) return 'malformed'
    if (!stream?.inits.has(head.rendition)) return 'stream'
    if (!this.#key.fits(this.#gate.epoch, { headText, media, mac }))
      return head.epoch === this.#gate.epoch ? 'mac' : 'epoch'
    const name = `${head.rendition}/${head.epoch}/${head.sequence}`
    const verdict = judgePart(head, {
      ...{ gate: this.#gate, stream: stream.id, leased: stream.leased, now: this.#options.now() },
      ...{ newest: stream.newest.get(head.rendition), isTaken: stream.taken.has(name), overlap: stream.overlap },
    })
    if (verdict !== 'live' && verdict !== 'late') return verdict
    stream.taken.add(name)
    if (verdict === 'live') stream.newest.set(head.rendition, head)
    this.#held.push({ head, media, late: verdict === 'late', due: head.captured.to + delay * 1000 })
    this.#showDue(delay)
    return undefined
  }

  /** Takes in what became known; returns what that does to the gate. */
  turn(fact: GateFact): 'opened' | 'closed' | undefined {
    const wasOpen = this.#gate.since !== undefined
    this.#gate = turn(this.#gate, fact, this.#options.now())
    const isOpen = this.#gate.since !== undefined
    return isOpen === wasOpen ? undefined : isOpen ? 'opened' : 'closed'
  }

  /** Drops what is held back and was captured at these times; returns the number of parts. */
  drop(isDropped: (head: PartHead) => boolean): number {
    const kept = this.#held.filter(({ head }) => !isDropped(head))
    const parts = this.#held.length - kept.length
    this.#held = kept
    return parts
  }

  /** Times that are neither shown nor recorded, of what still comes; returns whether they are other ones than before. */
  closeTimes(spans: readonly Span[]): boolean {
    const isSame = JSON.stringify(spans) === JSON.stringify(this.#closedTimes)
    this.#closedTimes = spans
    return !isSame
  }

  /** Times that are not recorded, of what still comes; returns whether they are other ones than before. */
  leaveOut(spans: readonly Span[]): boolean {
    const isSame = JSON.stringify(spans) === JSON.stringify(this.#leftOut)
    this.#leftOut = spans
    return !isSame
  }

  /** What is due by now: parts that were held back, and the slate where there are none. */
  beat(delay: number): void {
    if (!this.hasBegun || this.#gate.ended) return
    this.#showDue(delay)
    const now = this.#options.now()
    const isClosed = this.#gate.since === undefined && this.#held.length === 0
    const wasSlate = this.air.isSlate
    this.air.showSlate({ upTo: now - delay * 1000, silentSince: isClosed ? Infinity : now - silenceMs })
    if (!wasSlate && this.air.isSlate) this.#options.onTurn('slate')
  }

  /** The initialization segment at an address relative to a rendition's playlist. */
  init(rendition: string, name: string): Buffer | undefined {
    return this.air.slateInit(name) ?? this.#inits.get(`${rendition}/${name}`)
  }

  #showDue(delay: number): void {
    const now = this.#options.now()
    for (let next = this.#held[0]; next && (delay === 0 || next.due <= now); next = this.#held[0]) {
      this.#held.shift()
      this.#show(next)
    }
  }

  #show({ head, media, late }: HeldPart): void {
    if (touchesAny(head.captured, this.#closedTimes)) return
    const wasSlate = this.air.isSlate
    const isShown = !late && this.air.show(head, media, this.#options.now())
    if (isShown) {
      this.#lastShown = this.#options.now()
      if (wasSlate) this.#options.onTurn('resumed')
    }
    if (touchesAny(head.captured, this.#leftOut)) return
    const init = this.#inits.get(`${head.rendition}/${initUri(head.stream)}`) ?? Buffer.alloc(0)
    this.#options.onRecord(head, { init, media, late })
  }
}
