import { ulid } from 'ulid'
import { isChunk } from '../../../shared/media/read-boxes.ts'
import { readPartHead, type PartHead } from '../../../shared/council/broadcast-part.ts'
import { leaseMs, silenceMs, type Rendition } from '../../../shared/council/broadcast.ts'
import type { BroadcastStatus, Lease, PartRefusalReason, PublicBroadcast } from '../../../shared/hub-api/broadcast.ts'
import type { RecordingCorrection } from '../../../shared/council/recording-correction.ts'
import { touchesAny } from '../../../shared/rules/broadcast/airtime.ts'
import {
  closedBecause,
  closedGate,
  judgePart,
  publicStatusOf,
  turn,
  type Gate,
  type GateFact,
} from '../../../shared/rules/broadcast/gate.ts'
import { correctionsOf, type Corrections } from '../../../shared/rules/broadcast/corrections.ts'
import type { RecordedPart } from '../../../shared/rules/broadcast/recording.ts'
import type { Span } from '../../../shared/rules/meeting/state.ts'
import { Air, initUri } from './air.ts'
import { EpochKey } from './epoch-keys.ts'
import { isCorrection, isTold, type AnnouncedRendition, type JournalEntry, type ToldEntry } from './journal.ts'
import { firstNumbers } from './live-rendition.ts'
import { Recording } from './recording.ts'
import { rememberedOf } from './remembered.ts'

/** Milliseconds between two looks at what is due: parts that were held back, and the slate. */
const beat = 40

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

export interface BroadcastOptions {
  readonly folder: string
  readonly now: () => number
  /** Hears of writes that failed. */
  readonly onFault: (fault: unknown) => void
}

/**
 * The transmission of one meeting. Nothing is let through unless the log of the meeting says that the public is in,
 * nobody closed it directly, and the part itself proves under which epoch it was captured.
 */
export class Broadcast {
  readonly #now: () => number
  readonly #onFault: (fault: unknown) => void
  readonly #recording: Recording
  readonly #entries: ToldEntry[]
  readonly #air = new Air()
  readonly #key = new EpochKey()
  readonly #inits = new Map<string, Buffer>()
  readonly #refusals = new Set<string>()
  readonly #timer: NodeJS.Timeout
  #gate: Gate
  #stream: Stream | undefined
  #delay = 0
  #leftOut: readonly Span[] = []
  /** Times in which the public was not in, by the log as it is now. */
  #closedTimes: readonly Span[] = []
  #held: HeldPart[] = []
  /** When something of the room was shown last. */
  #lastShown = 0
  /** Settles when everything that was noted is safe. */
  #saved: Promise<void> = Promise.resolve()

  private constructor({ now, onFault }: BroadcastOptions, recording: Recording, entries: readonly JournalEntry[]) {
    this.#now = now
    this.#onFault = onFault
    this.#recording = recording
    this.#entries = entries.filter((entry) => isTold(entry))
    const { epoch, direct, ended, delay, renditions } = rememberedOf(this.#entries)
    // Whatever was on when the hub stopped: it is over, and begins anew only when everything is proven again.
    this.#gate = { ...closedGate(epoch + 1), direct, ended }
    this.#delay = delay
    this.#carry(renditions)
    this.#recording.setCuts(this.corrections.cuts)
    if (entries.length > 0 && !ended) this.#note({ kind: 'restarted', ...this.#moment() })
    this.#timer = setInterval(() => {
      try {
        this.#onBeat()
      } catch (fault) {
        onFault(fault)
      }
    }, beat)
  }

  /** Opens what a folder holds of a broadcast, or begins one there; it is closed. */
  static async open(options: BroadcastOptions): Promise<Broadcast> {
    const { recording, entries } = await Recording.open(options.folder)
    const broadcast = new Broadcast(options, recording, entries)
    // Whatever ended the hub before the media of a final cut was gone.
    await recording.eraseCuts(broadcast.corrections.cuts, broadcast.#moment())
    return broadcast
  }

  /** What is shown now. */
  get air(): Air {
    return this.#air
  }

  get recording(): Recording {
    return this.#recording
  }

  get hasEnded(): boolean {
    return this.#gate.ended
  }

  /** When it ended; milliseconds since 1970. */
  get endedAt(): number | undefined {
    return this.#gate.ended ? this.#entries.findLast(({ kind }) => kind === 'ended')?.at : undefined
  }

  get hasBegun(): boolean {
    return this.#air.renditions.length > 0
  }

  /** Whether this is a client's last announcement. */
  isStream(id: string): boolean {
    return this.#stream?.id === id
  }

  /**
   * A capture client begins, or begins anew with other encoders or devices.
   *
   * @param overlap milliseconds that the intervals of two parts may have in common, where nobody knows them exactly
   */
  announce(renditions: readonly AnnouncedRendition[], delay: number, overlap = 0): Lease {
    const id = `stream:${ulid()}`
    const inits = renditions.map(({ rendition, init }) => [rendition, Buffer.from(init, 'base64')] as const)
    this.#stream = { id, inits: new Map(inits), overlap, taken: new Set(), newest: new Map() }
    this.#delay = delay
    if (this.#gate.ended) this.#turn({ kind: 'ended', ended: false })
    this.#note({ kind: 'announced', stream: id, renditions, delay, ...this.#moment() })
    this.#carry(renditions)
    for (const [rendition, init] of inits) this.#inits.set(`${rendition}/${initUri(id)}`, init)
    return this.lease()
  }

  /** Allows the stream to send for a short time; without a key when the gate is closed. */
  lease(): Lease {
    const now = this.#now()
    const isOpen = this.#gate.since !== undefined
    if (this.#stream && isOpen) this.#stream.leased = now
    const { epoch } = this.#gate
    return {
      ...{ stream: this.#stream?.id ?? '', epoch, forMs: leaseMs, now, watchers: this.#air.watchers },
      ...(isOpen ? { key: this.#key.of(epoch) } : {}),
      ...(this.#lastShown > 0 && !this.#air.isSlate ? { lastPartAge: now - this.#air.until - this.#delay * 1000 } : {}),
    }
  }

  /** Judges a part that is here with all its bytes; returns why it is refused. */
  receive(headText: string, mac: string, media: Buffer): PartRefusalReason | undefined {
    const reason = this.#judge(headText, mac, media)
    if (reason !== undefined) this.#noteRefusal(reason)
    return reason
  }

  /** What log and register say: whether the public is in and who speaks agreed, and since when either is not so. */
  setLog(log: { readonly public: boolean; readonly consent: boolean }, closedSince?: number): void {
    this.#turn({ kind: 'log', ...log }, closedSince)
  }

  /** Times that the recording may not hold for want of consent: what it has of them is overwritten. */
  async leaveOut(spans: readonly Span[]): Promise<void> {
    const isSame = JSON.stringify(spans) === JSON.stringify(this.#leftOut)
    this.#leftOut = spans
    if (isSame) return
    const now = this.#now()
    const known = spans.map(({ from, to = now }) => ({ from, to }))
    const parts = await this.#recording.withhold((part) => touchesAny(part, known), this.#moment())
    if (parts > 0) this.#note({ kind: 'unconsented', parts, ...this.#moment() })
  }

  /** Takes back what was shown live of a time that turns out to lack consent. */
  takeBack({ from, to = this.#now() }: Span): void {
    this.#air.withholdBetween(from, to)
  }

  /** Closes at once, whatever the log says, or leaves it to the log again; settles when that is safe on disk. */
  async setDirect(closed: boolean, { drop, at }: { drop: boolean; at?: number | undefined }): Promise<void> {
    const wasOpen = this.#gate.since !== undefined
    this.#turn({ kind: 'direct', closed }, at)
    if (drop) this.#dropHeld(() => true)
    if (!wasOpen || !closed) this.#note({ kind: 'direct', closed, ...this.#moment() })
    await this.#saved
  }

  /** Ends the transmission; what was held back is shown no more. Settles when all that was shown is recorded. */
  async end(): Promise<void> {
    if (this.#gate.ended) return
    this.#turn({ kind: 'ended', ended: true })
    this.#dropHeld(() => true)
    this.#air.end()
    this.#note({ kind: 'ended', ...this.#moment() })
    await Promise.all([this.#saved, this.#recording.written()])
  }

  /** Times in which the public was not in: what was let through of them goes, and what still comes is not shown. */
  async closeTimes(spans: readonly Span[]): Promise<void> {
    const isSame = JSON.stringify(spans) === JSON.stringify(this.#closedTimes)
    this.#closedTimes = spans
    if (isSame) return
    const past = spans.filter(({ to }) => to !== undefined)
    this.#dropHeld(({ head }) => touchesAny(head.captured, past))
    for (const { from, to } of past) this.#air.withholdRoom(from, to)
    // Of a time that lasts, what came under a later epoch was let through after it.
    const { epoch } = this.#gate
    const isClosed = (part: RecordedPart): boolean => touchesAny(part, part.epoch < epoch ? spans : past)
    await this.#recording.withhold(isClosed, this.#moment())
  }

  /** What holds after everything that was corrected of the recording. */
  get corrections(): Corrections {
    return correctionsOf(this.#entries.filter((entry) => isCorrection(entry)))
  }

  /** Corrects the recording; settles when that is safe on disk, and what a final cut takes is gone from it. */
  async correct(correction: RecordingCorrection): Promise<void> {
    this.#note({ ...correction, ...this.#moment() })
    const { cuts } = this.corrections
    for (const time of this.#recording.setCuts(cuts)) this.takeBack(time)
    await this.#saved
    await this.#recording.eraseCuts(cuts, this.#moment())
  }

  /** Removes the media for good, as its time is over; the report remains. */
  removeRecording(): Promise<void> {
    return this.#recording.remove(this.#moment())
  }

  /** The initialization segment at an address relative to a rendition's playlist. */
  init(rendition: string, name: string): Buffer | undefined {
    return this.#air.slateInit(name) ?? this.#inits.get(`${rendition}/${name}`)
  }

  get status(): BroadcastStatus {
    const { epoch, since } = this.#gate
    return {
      open: since !== undefined,
      ...(since === undefined ? {} : { since }),
      because: this.hasBegun ? closedBecause(this.#gate) : ['not-begun'],
      epoch,
      ...(this.#stream ? { stream: this.#stream.id } : {}),
      watchers: this.#air.watchers,
      delay: this.#delay,
      held: this.#held.length,
      now: this.#now(),
    }
  }

  get publicState(): Omit<PublicBroadcast, 'keptUntil' | 'recorded' | 'held'> {
    return {
      status: publicStatusOf(this.#gate, {
        ...{ hasBegun: this.hasBegun, isSlate: this.#air.isSlate },
        wasShown: this.#lastShown > 0 || !this.#recording.isEmpty,
      }),
      watchers: this.#air.watchers,
      delay: this.#delay,
      now: this.#now(),
      renditions: this.#air.renditions.map(({ rendition, codecs, bandwidth, picture }) => ({
        ...{ rendition, codecs, bandwidth },
        ...(picture ? { picture } : {}),
      })),
    }
  }

  /** What happened to it, in order. */
  get told(): readonly ToldEntry[] {
    return this.#entries
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#recording.close()
  }

  #judge(headText: string, mac: string, media: Buffer): PartRefusalReason | undefined {
    const head = readPartHead(headText)
    const init = head && this.#stream?.inits.get(head.rendition)
    if (!head || !isChunk(media)) return 'malformed'
    if (!this.#stream || !init) return 'stream'
    if (!this.#key.fits(this.#gate.epoch, { headText, media, mac }))
      return head.epoch === this.#gate.epoch ? 'mac' : 'epoch'
    const name = `${head.rendition}/${head.epoch}/${head.sequence}`
    const now = this.#now()
    const verdict = judgePart(head, {
      ...{ gate: this.#gate, stream: this.#stream.id, leased: this.#stream.leased, now },
      ...{ newest: this.#stream.newest.get(head.rendition), isTaken: this.#stream.taken.has(name) },
      overlap: this.#stream.overlap,
    })
    if (verdict !== 'live' && verdict !== 'late') return verdict
    this.#stream.taken.add(name)
    if (verdict === 'live') this.#stream.newest.set(head.rendition, head)
    this.#held.push({ head, media, late: verdict === 'late', due: head.captured.to + this.#delay * 1000 })
    this.#showDue()
    return undefined
  }

  #showDue(): void {
    const now = this.#now()
    for (let next = this.#held[0]; next && (this.#delay === 0 || next.due <= now); next = this.#held[0]) {
      this.#held.shift()
      this.#show(next)
    }
  }

  #show({ head, media, late }: HeldPart): void {
    if (touchesAny(head.captured, this.#closedTimes)) return
    const wasSlate = this.#air.isSlate
    const isShown = !late && this.#air.show(head, media, this.#now())
    if (isShown) {
      this.#lastShown = this.#now()
      if (wasSlate) this.#note({ kind: 'resumed', ...this.#moment() })
    }
    if (touchesAny(head.captured, this.#leftOut)) return
    const init = this.#inits.get(`${head.rendition}/${initUri(head.stream)}`) ?? Buffer.alloc(0)
    this.#recording.append(head, { init, media, late }).catch(this.#onFault)
  }

  #onBeat(): void {
    if (!this.hasBegun || this.#gate.ended) return
    this.#showDue()
    const now = this.#now()
    const isClosed = this.#gate.since === undefined && this.#held.length === 0
    const wasSlate = this.#air.isSlate
    this.#air.showSlate({ upTo: now - this.#delay * 1000, silentSince: isClosed ? Infinity : now - silenceMs })
    if (!wasSlate && this.#air.isSlate) this.#note({ kind: 'slate', ...this.#moment() })
  }

  /**
   * Takes in what became known. A close drops what was captured after its time and not shown yet, and takes back what
   * was shown of it.
   */
  #turn(fact: GateFact, closedSince?: number): void {
    const now = this.#now()
    const before = this.#gate
    this.#gate = turn(before, fact, now)
    const wasOpen = before.since !== undefined
    const isOpen = this.#gate.since !== undefined
    if (isOpen && !wasOpen) this.#note({ kind: 'opened', ...this.#moment() })
    if (isOpen || !wasOpen) return
    const time = Math.min(closedSince ?? now, now)
    const because = closedBecause(this.#gate)
    this.#note({ kind: 'closed', because, direct: this.#gate.direct, ...this.#moment() })
    this.#dropHeld(({ head }) => head.captured.to > time)
    this.#air.withholdRoom(time)
    const { epoch } = this.#gate
    this.#recording.withhold((part) => part.epoch < epoch && part.to > time, this.#moment()).catch(this.#onFault)
    this.#onBeat()
  }

  #dropHeld(isDropped: (part: HeldPart) => boolean): void {
    const parts = this.#held.filter(isDropped).length
    if (parts === 0) return
    this.#held = this.#held.filter((part) => !isDropped(part))
    this.#note({ kind: 'dropped', parts, ...this.#moment() })
  }

  /** Of each reason in an epoch the first is told: a client that does wrong does so three times a second. */
  #noteRefusal(reason: PartRefusalReason): void {
    const name = `${this.#gate.epoch}/${reason}`
    if (this.#refusals.has(name)) return
    this.#refusals.add(name)
    this.#note({ kind: 'refused', reason, ...this.#moment() })
  }

  #carry(renditions: readonly Rendition[]): void {
    this.#air.carry(renditions, firstNumbers(this.#moment()))
  }

  #moment(): { at: number; epoch: number } {
    return { at: this.#now(), epoch: this.#gate.epoch }
  }

  #note(entry: ToldEntry): void {
    this.#entries.push(entry)
    this.#saved = this.#recording.note(entry, true)
    this.#saved.catch(this.#onFault)
  }
}
