import {
  addPart,
  emptyWindow,
  end,
  nextPart,
  seal,
  withhold,
  type LiveWindow,
  type Run,
  type ShownPart,
} from '../../../shared/rules/broadcast/live-window.ts'
import {
  livePlaylist,
  partUri,
  segmentUri,
  targetDuration,
  type RenditionReport,
} from '../../../shared/rules/broadcast/live-playlist.ts'

/** Segments that can still be fetched after they left the playlist (RFC 8216bis, 6.2.2). */
const graceSegments = 12
/** Milliseconds for which a request waits at most; three target durations (RFC 8216bis, 6.2.5.2). */
const longestWait = 3 * targetDuration * 1000
/** Parts over which watchers are counted: whoever changes connections misses one now and then. */
const countedParts = 6

/** A place that a player waits for: a part, or with no part named the whole segment. */
export interface Place {
  readonly sequence: number
  readonly part?: number
}

interface Waiter {
  readonly place: Place
  /** When it has waited long enough, by `performance.now`. */
  readonly until: number
  readonly answer: (isReached: boolean) => void
}

/** Where the numbers of a rendition begin. */
export interface FirstNumbers {
  readonly segment: number
  readonly discontinuity: number
}

/** 2020-01-01: numbers of segments count seconds from here at a start, so that they rise from start to start. */
const firstSecond = 1_577_836_800
/** More than an epoch has; every start of a hub begins another one. */
const discontinuitiesPerEpoch = 64

/** Where they begin at a moment of an epoch. */
export const firstNumbers = ({ at, epoch }: { readonly at: number; readonly epoch: number }): FirstNumbers => ({
  segment: Math.floor(at / 1000) - firstSecond,
  discontinuity: epoch * discontinuitiesPerEpoch,
})

/** What is shown of one rendition now: its window, the media of it, and who waits for more. */
export class LiveRendition {
  #window: LiveWindow
  #playlist: Buffer | undefined
  readonly #reports: () => readonly RenditionReport[]
  /** By segment; undefined where a part was taken back. */
  readonly #parts = new Map<number, (Buffer | undefined)[]>()
  /** Who came first is first, and first to have waited long enough. */
  readonly #waiters = new Set<Waiter>()
  /** One for all who wait: thousands come and go with each part. */
  #timer: NodeJS.Timeout | undefined
  readonly #waited: number[] = []

  /** `reports`: where the other renditions stand. */
  constructor(first: FirstNumbers, reports: () => readonly RenditionReport[]) {
    this.#window = emptyWindow(first.segment, first.discontinuity)
    this.#reports = reports
  }

  get window(): LiveWindow {
    return this.#window
  }

  /** Players that waited for what came last. */
  get watchers(): number {
    return Math.max(0, ...this.#waited)
  }

  /** The playlist as it is now; made once, and one buffer for all who ask. */
  get playlist(): Buffer {
    this.#playlist ??= Buffer.from(livePlaylist(this.#window, this.#reports()))
    return this.#playlist
  }

  show(run: Run, part: ShownPart, media: Buffer): void {
    const waiting = this.#waiters.size
    this.#change(addPart(this.#window, run, part))
    const sequence = this.#window.next - 1
    this.#parts.set(sequence, [...(this.#parts.get(sequence) ?? []), media])
    this.#forget()
    this.#waited.push(waiting)
    if (this.#waited.length > countedParts) this.#waited.shift()
    this.#answer()
  }

  /** Ends the segment that was growing, as something else follows. */
  seal(): void {
    this.#change(seal(this.#window))
    this.#answer()
  }

  end(): void {
    this.#change(end(this.#window))
    this.#answer()
  }

  /** The media of an address relative to the playlist; undefined when there is none, or none any more. */
  media(name: string): Buffer | undefined {
    const [, kind, sequence, part] = /^(segment|part)-(\d+)(?:-(\d+))?\.m4s$/.exec(name) ?? []
    const parts = this.#parts.get(Number(sequence))
    if (!parts) return undefined
    if (kind === 'part') return name === partUri(Number(sequence), Number(part)) ? parts[Number(part)] : undefined
    const isSealed = this.#window.segments.every((each) => each.sequence !== Number(sequence) || each.sealed)
    const isWhole = parts.every((each) => each !== undefined)
    return isSealed && isWhole && name === segmentUri(Number(sequence)) ? Buffer.concat(parts) : undefined
  }

  /** Takes parts back: players are told to leave them out, and their addresses lead nowhere any more. */
  withhold(isGone: (part: ShownPart, run: Run) => boolean): void {
    for (const segment of this.#window.segments) {
      const kept = this.#parts
        .get(segment.sequence)
        ?.map((media, place) => (isGone(segment.parts[place]!, segment) ? undefined : media))
      if (kept) this.#parts.set(segment.sequence, kept)
    }
    this.#change(withhold(this.#window, isGone))
  }

  /** Whether a part or segment lies so far ahead that nobody who follows the playlist can ask for it (6.2.5.2). */
  isAhead({ sequence }: Place): boolean {
    return sequence > this.#window.next + 1
  }

  /** Settles once a place is reached: true; or with false, when it never will be or takes too long. */
  reach(place: Place, onLeave: (leave: () => void) => void): Promise<boolean> {
    if (this.#isReached(place)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const waiter: Waiter = {
        place,
        until: performance.now() + longestWait,
        answer: (isReached) => {
          this.#waiters.delete(waiter)
          resolve(isReached)
        },
      }
      this.#waiters.add(waiter)
      if (!this.#timer) this.#timer = setTimeout(this.#tire, longestWait).unref()
      onLeave(() => waiter.answer(false))
    })
  }

  /** Whether the part at a place is the one that the playlist hints at. */
  isNext(place: Place): boolean {
    const next = nextPart(this.#window)
    return !this.#window.ended && place.sequence === next.sequence && place.part === next.part
  }

  #change(window: LiveWindow): void {
    if (window === this.#window) return
    this.#window = window
    this.#playlist = undefined
  }

  #answer(): void {
    for (const waiter of [...this.#waiters]) if (this.#isReached(waiter.place)) waiter.answer(true)
  }

  /** Answers who has waited long enough, and looks again when the next one has. */
  #tire = (): void => {
    const now = performance.now()
    for (const waiter of this.#waiters) {
      if (waiter.until > now) break
      waiter.answer(false)
    }
    const [next] = this.#waiters
    this.#timer = next && setTimeout(this.#tire, Math.ceil(next.until - now)).unref()
  }

  #isReached({ sequence, part }: Place): boolean {
    if (this.#window.ended) return true
    const next = nextPart(this.#window)
    if (part === undefined) return sequence < next.sequence
    const meant = this.#meantBy(sequence, part)
    return meant.sequence < next.sequence || (meant.sequence === next.sequence && meant.part < next.part)
  }

  /** A part beyond those that a segment got is the first of the next one (RFC 8216bis, 6.2.5.2). */
  #meantBy(sequence: number, part: number): Required<Place> {
    const segment = this.#window.segments.find((each) => each.sequence === sequence)
    return segment?.sealed === true && part >= segment.parts.length
      ? { sequence: sequence + 1, part: 0 }
      : { sequence, part }
  }

  #forget(): void {
    const oldest = (this.#window.segments[0]?.sequence ?? 0) - graceSegments
    for (const sequence of this.#parts.keys()) if (sequence < oldest) this.#parts.delete(sequence)
  }
}
