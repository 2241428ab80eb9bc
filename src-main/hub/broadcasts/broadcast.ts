import { pictureOf, type BroadcastPicture } from '../../../shared/council/broadcast.ts'
import { readPartHead, type PartHead } from '../../../shared/council/broadcast-part.ts'
import type {
  BroadcastStatus,
  Lease,
  PartRefusalReason,
  PublicBroadcast,
  PublicSecondPicture,
} from '../../../shared/hub-api/broadcast.ts'
import type { RecordingCorrection } from '../../../shared/council/recording-correction.ts'
import { touchesAny } from '../../../shared/rules/broadcast/airtime.ts'
import type { InterpreterTurn } from '../../../shared/rules/broadcast/consent.ts'
import { closedBecause, closedGate, publicStatusOf, type GateFact } from '../../../shared/rules/broadcast/gate.ts'
import { correctionsOf, type Corrections } from '../../../shared/rules/broadcast/corrections.ts'
import type { Span } from '../../../shared/rules/meeting/state.ts'
import type { Air } from './air.ts'
import type { Depot } from './depot/depot.ts'
import { Feed } from './feed.ts'
import { isCorrection, isTold, type AnnouncedRendition, type JournalEntry, type ToldEntry } from './journal.ts'
import { firstNumbers, type LiveRendition } from './live-rendition.ts'
import { Recording } from './recording.ts'
import { interpretersOf, rememberedOf } from './remembered.ts'

/** Milliseconds between two looks at what is due: parts that were held back, and the slate. */
const beat = 40

export interface BroadcastOptions {
  readonly folder: string
  /** Where its recording goes once it is over. */
  readonly depot: Depot
  readonly now: () => number
  /** Hears of writes that failed. */
  readonly onFault: (fault: unknown) => void
}

/** What a capture client says of itself beside its renditions. */
export interface AnnounceOptions {
  /** Seconds by which everything is shown later; the second picture has that of the first. */
  readonly delay?: number
  /** Milliseconds that the intervals of two parts may have in common, where nobody knows them exactly. */
  readonly overlap?: number
  /** Names of those who are to be seen in the second picture. */
  readonly interpreters?: readonly string[]
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
  readonly #feeds: Readonly<Record<BroadcastPicture, Feed>>
  readonly #refusals = new Set<string>()
  readonly #timer: NodeJS.Timeout
  #delay = 0
  /** Settles when everything that was noted is safe. */
  #saved: Promise<void> = Promise.resolve()

  private constructor({ now, onFault }: BroadcastOptions, recording: Recording, entries: readonly JournalEntry[]) {
    this.#now = now
    this.#onFault = onFault
    this.#recording = recording
    this.#entries = entries.filter((entry) => isTold(entry))
    const { epoch, direct, ended, delay, renditions, second } = rememberedOf(this.#entries)
    // Whatever was on when the hub stopped: it is over, and begins anew only when everything is proven again.
    const gate = { ...closedGate(epoch + 1), direct, ended }
    const feedOf = (picture: BroadcastPicture): Feed =>
      new Feed({
        ...{ picture, gate, now },
        onRecord: (head, what) => void recording.append(head, what).catch(onFault),
        onTurn: (kind) => this.#note({ kind, ...this.#momentOf(this.#feeds[picture]) }),
      })
    this.#feeds = { main: feedOf('main'), second: feedOf('second') }
    this.#delay = delay
    this.#carry(this.#feeds.main, renditions)
    this.#carry(this.#feeds.second, second)
    this.#recording.setCuts(this.corrections.cuts)
    if (entries.length > 0 && !ended) this.#note({ kind: 'restarted', ...this.#moment() })
    this.#timer = setInterval(() => {
      try {
        for (const feed of this.#both) feed.beat(this.#delay)
      } catch (fault) {
        onFault(fault)
      }
    }, beat)
  }

  /** Opens what a folder holds of a broadcast, or begins one there; it is closed. */
  static async open(options: BroadcastOptions): Promise<Broadcast> {
    const { recording, entries } = await Recording.open(options.folder, options.depot)
    const broadcast = new Broadcast(options, recording, entries)
    recording.attach({
      moment: () => broadcast.#moment(),
      onTold: (entry) => broadcast.#entries.push(entry),
    })
    // Whatever ended the hub before the media of a final cut was gone.
    await recording.eraseCuts(broadcast.corrections.cuts, broadcast.#moment())
    return broadcast
  }

  /** What is shown now of the main picture. */
  get air(): Air {
    return this.#feeds.main.air
  }

  get recording(): Recording {
    return this.#recording
  }

  get hasEnded(): boolean {
    return this.#feeds.main.gate.ended
  }

  /** When it ended; milliseconds since 1970. */
  get endedAt(): number | undefined {
    return this.hasEnded ? this.#entries.findLast(({ kind }) => kind === 'ended')?.at : undefined
  }

  get hasBegun(): boolean {
    return this.#feeds.main.hasBegun
  }

  /** Who was announced to be seen in the second picture, and when. */
  get interpreters(): readonly InterpreterTurn[] {
    return interpretersOf(this.#entries)
  }

  /** Whether this is a client's last announcement, of either picture. */
  isStream(id: string): boolean {
    return this.#both.some(({ stream }) => stream === id)
  }

  /**
   * A capture client begins, or begins anew with other encoders or devices. The second picture neither begins nor
   * reopens a transmission, and is closed until it is known whether those to be seen in it may be shown.
   */
  announce(
    renditions: readonly AnnouncedRendition[],
    { delay = 0, overlap = 0, interpreters = [] }: AnnounceOptions = {},
  ): Lease {
    const feed = this.#feedOf(renditions[0]?.rendition ?? '')
    const stream = feed.announce(renditions, overlap)
    const told = { kind: 'announced', stream, renditions } as const
    if (feed.picture === 'main') {
      this.#delay = delay
      if (this.hasEnded) for (const each of this.#both) this.#turn(each, { kind: 'ended', ended: false })
      this.#note({ ...told, delay, ...this.#momentOf(feed) })
    } else {
      this.#turn(feed, { kind: 'log', public: false, consent: false })
      this.#note({ ...told, delay: this.#delay, interpreters, ...this.#momentOf(feed) })
    }
    this.#carry(feed, renditions)
    return this.lease(stream)
  }

  /** Allows a stream to send for a short time; without a key when its gate is closed. */
  lease(stream: string): Lease {
    const feed = this.#both.find((each) => each.stream === stream) ?? this.#feeds.main
    return feed.lease(this.hasBegun, this.#delay)
  }

  /** Judges a part that is here with all its bytes; returns why it is refused. */
  receive(headText: string, mac: string, media: Buffer): PartRefusalReason | undefined {
    const feed = this.#feedOf(readPartHead(headText)?.rendition ?? '')
    const reason = feed.receive({ headText, mac, media }, this.#delay)
    if (reason !== undefined) this.#noteRefusal(feed, reason)
    return reason
  }

  /**
   * What log and register say of a picture: whether the public is in and who is to be seen agreed, and since when
   * either is not so.
   */
  setLog(
    picture: BroadcastPicture,
    log: { readonly public: boolean; readonly consent: boolean },
    closedSince?: number,
  ): void {
    this.#turn(this.#feeds[picture], { kind: 'log', ...log }, closedSince)
  }

  /** Times of a picture that the recording may not hold for want of consent: what it has of them is overwritten. */
  async leaveOut(picture: BroadcastPicture, spans: readonly Span[]): Promise<void> {
    if (!this.#feeds[picture].leaveOut(spans)) return
    const now = this.#now()
    const known = spans.map(({ from, to = now }) => ({ from, to }))
    const moment = this.#momentOf(this.#feeds[picture])
    const parts = await this.#recording.withhold(
      (part, rendition) => pictureOf(rendition) === picture && touchesAny(part, known),
      moment,
    )
    if (parts > 0) this.#note({ kind: 'unconsented', parts, ...moment })
  }

  /** Takes back what was shown live of the main picture in a time that turns out to lack consent. */
  takeBack({ from, to = this.#now() }: Span): void {
    this.air.withholdBetween(from, to)
  }

  /** Closes at once, whatever the log says, or leaves it to the log again; settles when that is safe on disk. */
  async setDirect(closed: boolean, { drop, at }: { drop: boolean; at?: number | undefined }): Promise<void> {
    const wasOpen = this.#feeds.main.gate.since !== undefined
    for (const feed of this.#both) {
      this.#turn(feed, { kind: 'direct', closed }, at)
      if (drop) this.#dropHeld(feed, () => true)
    }
    if (!wasOpen || !closed) this.#note({ kind: 'direct', closed, ...this.#moment() })
    await this.#saved
  }

  /** Ends the transmission; what was held back is shown no more. Settles when all that was shown is recorded. */
  async end(): Promise<void> {
    if (this.hasEnded) return
    for (const feed of this.#both) {
      this.#turn(feed, { kind: 'ended', ended: true })
      this.#dropHeld(feed, () => true)
      feed.air.end()
    }
    this.#feeds.second.forgetStream()
    this.#note({ kind: 'ended', ...this.#moment() })
    await Promise.all([this.#saved, this.#recording.written()])
  }

  /** Times in which the public was not in: what was let through of them goes, and what still comes is not shown. */
  async closeTimes(spans: readonly Span[]): Promise<void> {
    const changed = this.#both.filter((feed) => feed.closeTimes(spans))
    if (changed.length === 0) return
    const past = spans.filter(({ to }) => to !== undefined)
    for (const feed of changed) {
      this.#dropHeld(feed, ({ captured }) => touchesAny(captured, past))
      for (const { from, to } of past) feed.air.withholdRoom(from, to)
    }
    // Of a time that lasts, what came under a later epoch was let through after it.
    const epochs = { main: this.#feeds.main.gate.epoch, second: this.#feeds.second.gate.epoch }
    await this.#recording.withhold(
      (part, rendition) => touchesAny(part, part.epoch < epochs[pictureOf(rendition)] ? spans : past),
      this.#moment(),
    )
  }

  /** What holds after everything that was corrected of the recording. */
  get corrections(): Corrections {
    return correctionsOf(this.#entries.filter((entry) => isCorrection(entry)))
  }

  /**
   * Corrects the recording; settles when that is safe on disk, and what a final cut takes is gone from it. Of objects it
   * goes as soon as they can be reached; until then nobody gets it.
   */
  async correct(correction: RecordingCorrection): Promise<void> {
    this.#note({ ...correction, ...this.#moment() })
    const { cuts } = this.corrections
    for (const { from, to } of this.#recording.setCuts(cuts))
      for (const { air } of this.#both) air.withholdBetween(from, to)
    await this.#saved
    await this.#recording.eraseCuts(cuts, this.#moment())
  }

  /** Removes the media for good, as its time is over; the report remains. */
  removeRecording(): Promise<void> {
    return this.#recording.remove(this.#moment())
  }

  /** What is shown now of a rendition, of either picture. */
  live(rendition: string): LiveRendition | undefined {
    return this.#feedOf(rendition).air.rendition(rendition)
  }

  /** The initialization segment at an address relative to a rendition's playlist. */
  init(rendition: string, name: string): Buffer | undefined {
    return this.#feedOf(rendition).init(rendition, name)
  }

  get status(): BroadcastStatus {
    const { gate, stream, air, held } = this.#feeds.main
    const { epoch, since } = gate
    return {
      open: since !== undefined,
      ...(since === undefined ? {} : { since }),
      because: this.hasBegun ? closedBecause(gate) : ['not-begun'],
      epoch,
      ...(stream === undefined ? {} : { stream }),
      watchers: air.watchers,
      delay: this.#delay,
      held,
      now: this.#now(),
    }
  }

  get publicState(): Omit<PublicBroadcast, 'keptUntil' | 'recorded' | 'held' | 'second'> {
    const { gate, air, wasShown } = this.#feeds.main
    return {
      status: publicStatusOf(gate, {
        ...{ hasBegun: this.hasBegun, isSlate: air.isSlate },
        wasShown: wasShown || !this.#recording.isEmpty,
      }),
      watchers: air.watchers,
      delay: this.#delay,
      now: this.#now(),
      renditions: air.renditions.map(({ rendition, codecs, bandwidth, picture }) => ({
        ...{ rendition, codecs, bandwidth },
        ...(picture ? { picture } : {}),
      })),
    }
  }

  /** What everybody may know of the second picture; undefined when there is none. */
  get secondPicture(): PublicSecondPicture | undefined {
    const { gate, air, wasShown } = this.#feeds.second
    const [{ rendition, picture } = {}] = air.renditions
    if (rendition === undefined || !picture) return undefined
    const isShown = wasShown && !air.isSlate && !gate.ended
    return { rendition, ...picture, isShown, recorded: this.#recording.held(rendition) !== undefined }
  }

  /** What happened to it, in order. */
  get told(): readonly ToldEntry[] {
    return this.#entries
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#recording.close()
  }

  get #both(): readonly Feed[] {
    return Object.values(this.#feeds)
  }

  #feedOf(rendition: string): Feed {
    return this.#feeds[pictureOf(rendition)]
  }

  /**
   * Takes in what became known of a picture. A close drops what was captured after its time and not shown yet, and takes
   * back what was shown of it.
   */
  #turn(feed: Feed, fact: GateFact, closedSince?: number): void {
    const now = this.#now()
    const turned = feed.turn(fact)
    if (turned === undefined) return
    const { gate, picture } = feed
    const isTold = picture === 'main' || feed.hasBegun
    if (turned === 'opened') {
      if (isTold) this.#note({ kind: 'opened', ...this.#momentOf(feed) })
      return
    }
    const time = Math.min(closedSince ?? now, now)
    if (isTold)
      this.#note({ kind: 'closed', because: closedBecause(gate), direct: gate.direct, ...this.#momentOf(feed) })
    this.#dropHeld(feed, ({ captured }) => captured.to > time)
    feed.air.withholdRoom(time)
    const { epoch } = gate
    this.#recording
      .withhold(
        (part, rendition) => pictureOf(rendition) === picture && part.epoch < epoch && part.to > time,
        this.#momentOf(feed),
      )
      .catch(this.#onFault)
    feed.beat(this.#delay)
  }

  #dropHeld(feed: Feed, isDropped: (head: PartHead) => boolean): void {
    const parts = feed.drop(isDropped)
    if (parts > 0) this.#note({ kind: 'dropped', parts, ...this.#momentOf(feed) })
  }

  /** Of each reason in an epoch the first is told: a client that does wrong does so three times a second. */
  #noteRefusal(feed: Feed, reason: PartRefusalReason): void {
    const name = `${feed.picture}/${feed.gate.epoch}/${reason}`
    if (this.#refusals.has(name)) return
    this.#refusals.add(name)
    this.#note({ kind: 'refused', reason, ...this.#momentOf(feed) })
  }

  #carry(feed: Feed, renditions: readonly AnnouncedRendition[]): void {
    feed.carry(renditions, firstNumbers(this.#momentOf(feed)))
  }

  #moment(): { at: number; epoch: number } {
    return { at: this.#now(), epoch: this.#feeds.main.gate.epoch }
  }

  #momentOf({ gate: { epoch }, picture }: Feed): { at: number; epoch: number; picture?: 'second' } {
    return { at: this.#now(), epoch, ...(picture === 'second' ? { picture } : {}) }
  }

  #note(entry: ToldEntry): void {
    this.#entries.push(entry)
    this.#saved = this.#recording.note(entry, true)
    this.#saved.catch(this.#onFault)
  }
}
