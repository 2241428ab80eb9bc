import type { PartHead } from '../../../shared/council/broadcast-part.ts'
import type { CaptionTime } from '../../../shared/council/caption.ts'
import { partSeconds, silenceMs, type BroadcastPicture, type Rendition } from '../../../shared/council/broadcast.ts'
import type { RenditionReport } from '../../../shared/rules/broadcast/live-playlist.ts'
import type { LiveSegment, Run } from '../../../shared/rules/broadcast/live-window.ts'
import { type FirstNumbers, LiveRendition } from './live-rendition.ts'
import { Slate, slatePart } from './slate.ts'

/** How far the slate stays behind the clock, as media that is captured and sent does; milliseconds. */
const slateLag = 300
const partMs = partSeconds * 1000
export const slateInit = { picture: 'init-slate.mp4', sound: 'init-slate-sound.mp4' } as const

interface Shown {
  readonly rendition: Rendition
  readonly live: LiveRendition
  run: Run
  /** The part that was shown last; undefined while the slate is on. */
  newest: PartHead | undefined
  /** When that was, by the hub's clock. */
  shownAt: number
  /** When the newest thing that was shown had been captured. */
  until: number
  slate: { readonly start: number; places: number } | undefined
}

/** When the slate is due. */
export interface SlateDue {
  /** Up to when what is captured now would be shown. */
  readonly upTo: number
  /** A rendition of which nothing was shown since then has the slate; all have it when nothing may be shown. */
  readonly silentSince: number
}

/** Address of a stream's initialization segment, relative to the playlist. */
export const initUri = (stream: string): string => `init-${stream.slice(stream.indexOf(':') + 1)}.mp4`

/** What goes out at this moment in all renditions of a picture: parts that were let through, and the slate while none are. */
export class Air {
  readonly #slates: Readonly<Record<'picture' | 'sound', Slate>>
  readonly #shown = new Map<string, Shown>()
  #runs = 0

  constructor(of: BroadcastPicture) {
    this.#slates = { picture: new Slate(of === 'second' ? 'second' : 'picture'), sound: new Slate('sound') }
  }

  get renditions(): readonly Rendition[] {
    return [...this.#shown.values()].map(({ rendition }) => rendition)
  }

  /** Whether nothing but the slate is shown. */
  get isSlate(): boolean {
    return this.#shown.size > 0 && [...this.#shown.values()].every(({ slate }) => slate)
  }

  /** When the newest thing that is shown had been captured. */
  get until(): number {
    return Math.max(0, ...[...this.#shown.values()].map(({ until }) => until))
  }

  get watchers(): number {
    return [...this.#shown.values()].reduce((sum, { live }) => sum + live.watchers, 0)
  }

  /** Times of which any rendition shows the room, or did so just now: neither the slate nor what was taken back. */
  get times(): readonly CaptionTime[] {
    return [...this.#shown.values()].flatMap(({ live }) => roomTimes(live.window.segments))
  }

  rendition(name: string): LiveRendition | undefined {
    return this.#shown.get(name)?.live
  }

  /** Shows these renditions from now on; those that are known go on. Numbers of new ones begin with `first`. */
  carry(renditions: readonly Rendition[], first: FirstNumbers): void {
    for (const [name, { live }] of this.#shown)
      if (!renditions.some(({ rendition }) => rendition === name)) {
        live.end()
        this.#shown.delete(name)
      }
    for (const rendition of renditions) {
      const known = this.#shown.get(rendition.rendition)
      const goesOn = known && !known.live.window.ended
      const live = goesOn ? known.live : new LiveRendition(first, () => this.#reportsFor(rendition.rendition))
      const { shownAt, until } = known ?? { shownAt: 0, until: 0 }
      const fresh = { run: this.#newRun(''), newest: undefined, slate: undefined }
      this.#shown.set(rendition.rendition, { ...fresh, rendition, live, shownAt, until })
    }
  }

  /** Shows a part, now; false when a segment would begin with it and players could not. */
  show(head: PartHead, media: Buffer, now: number): boolean {
    const shown = this.#shown.get(head.rendition)
    if (!shown) return false
    const { newest } = shown
    const goesOn =
      newest?.stream === head.stream && newest.epoch === head.epoch && newest.sequence + 1 === head.sequence
    const begins = !goesOn || shown.live.window.segments.at(-1)?.sealed === true
    if (begins && !head.independent) return false
    if (!goesOn) shown.run = this.#newRun(initUri(head.stream))
    shown.slate = undefined
    const { captured, duration, independent, last } = head
    shown.live.show(shown.run, { ...captured, duration, independent, last }, media)
    shown.newest = head
    shown.until = Math.max(shown.until, captured.to)
    shown.shownAt = now
    return true
  }

  /**
   * Shows as much of the slate as is due, in each rendition that has nothing else; begins it where it is not on. Times by
   * the hub's clock.
   */
  showSlate({ upTo, silentSince }: SlateDue): void {
    for (const shown of this.#shown.values())
      if (shown.slate || shown.shownAt <= silentSince) this.#showSlateOf(shown, upTo)
  }

  slateInit(name: string): Buffer | undefined {
    return name === slateInit.picture
      ? this.#slates.picture.init
      : name === slateInit.sound
        ? this.#slates.sound.init
        : undefined
  }

  /** Takes back what was captured in a time and is no slate. */
  withholdRoom(begin: number, end = Infinity): void {
    for (const { live } of this.#shown.values())
      live.withhold(({ from, to }, { init }) => to > begin && from < end && !isSlateInit(init))
  }

  /** Takes back what was captured in a time, the slate that stood in it included. */
  withholdBetween(begin: number, end: number): void {
    for (const { live } of this.#shown.values()) live.withhold(({ from, to }) => to > begin && from < end)
  }

  end(): void {
    for (const { live } of this.#shown.values()) live.end()
  }

  #showSlateOf(shown: Shown, upTo: number): void {
    const { rendition, live, until } = shown
    if (!shown.slate) {
      // What is shown next has nothing to do with what was growing.
      shown.newest = undefined
      live.seal()
      shown.slate = { start: upTo - until < 2 * silenceMs ? until : upTo - slateLag - partMs, places: 0 }
      shown.run = this.#newRun(slateInit[kindOf(rendition)])
    }
    const { slate } = shown
    while (slate.start + (slate.places + 1) * partMs + slateLag <= upTo) {
      const part = slatePart(slate.start, slate.places)
      live.show(shown.run, part, this.#slates[kindOf(rendition)].media(slate.places))
      slate.places += 1
      shown.until = part.to
    }
  }

  #newRun(init: string): Run {
    this.#runs += 1
    return { run: this.#runs, init }
  }

  #reportsFor(name: string): RenditionReport[] {
    return [...this.#shown]
      .filter(([other]) => other !== name)
      .map(([other, { live }]) => ({ uri: `../${other}/live.m3u8`, window: live.window }))
  }
}

const kindOf = ({ picture }: Rendition): 'picture' | 'sound' => (picture ? 'picture' : 'sound')

const isSlateInit = (init: string): boolean => init === slateInit.picture || init === slateInit.sound

function roomTimes(segments: readonly LiveSegment[]): CaptionTime[] {
  const times: CaptionTime[] = []
  let playing: number | undefined
  for (const { run, init, parts } of segments)
    for (const { from, to, gone } of parts) {
      const isShown = gone !== true && !isSlateInit(init)
      const last = times.at(-1)
      if (isShown && last && playing === run) times[times.length - 1] = { from: last.from, to }
      else if (isShown) times.push({ from, to })
      playing = isShown ? run : undefined
    }
  return times
}
