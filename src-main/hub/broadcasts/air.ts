import type { PartHead } from '../../../shared/council/broadcast-part.ts'
import { partSeconds, silenceMs, type Rendition } from '../../../shared/council/broadcast.ts'
import type { RenditionReport } from '../../../shared/rules/broadcast/live-playlist.ts'
import type { Run } from '../../../shared/rules/broadcast/live-window.ts'
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
}

/** Address of a stream's initialization segment, relative to the playlist. */
export const initUri = (stream: string): string => `init-${stream.slice(stream.indexOf(':') + 1)}.mp4`

/** What goes out at this moment in all renditions: parts that were let through, and the slate while none are. */
export class Air {
  readonly #slates = { picture: new Slate('picture'), sound: new Slate('sound') }
  readonly #shown = new Map<string, Shown>()
  #runs = 0
  #slate: { readonly start: number; places: number } | undefined
  /** When the newest thing that was shown had been captured. */
  #until = 0

  get renditions(): readonly Rendition[] {
    return [...this.#shown.values()].map(({ rendition }) => rendition)
  }

  get isSlate(): boolean {
    return this.#slate !== undefined
  }

  get until(): number {
    return this.#until
  }

  get watchers(): number {
    return [...this.#shown.values()].reduce((sum, { live }) => sum + live.watchers, 0)
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
      this.#shown.set(rendition.rendition, { rendition, live, run: this.#newRun(''), newest: undefined })
    }
  }

  /** Shows a part; false when a segment would begin with it and players could not. */
  show(head: PartHead, media: Buffer): boolean {
    const shown = this.#shown.get(head.rendition)
    if (!shown) return false
    const { newest } = shown
    const goesOn =
      newest?.stream === head.stream && newest.epoch === head.epoch && newest.sequence + 1 === head.sequence
    const begins = !goesOn || shown.live.window.segments.at(-1)?.sealed === true
    if (begins && !head.independent) return false
    if (!goesOn) shown.run = this.#newRun(initUri(head.stream))
    this.#slate = undefined
    const { captured, duration, independent, last } = head
    shown.live.show(shown.run, { ...captured, duration, independent, last }, media)
    shown.newest = head
    this.#until = Math.max(this.#until, captured.to)
    return true
  }

  /** Seals what was growing: what is shown next has nothing to do with it. */
  cut(): void {
    for (const shown of this.#shown.values()) {
      shown.newest = undefined
      shown.live.seal()
    }
  }

  /** Shows as much of the slate as is due; begins it when it is not on. Times by the hub's clock. */
  showSlate(now: number): void {
    if (!this.#slate) {
      this.cut()
      const start = now - this.#until < 2 * silenceMs ? this.#until : now - slateLag - partMs
      this.#slate = { start, places: 0 }
      for (const shown of this.#shown.values()) shown.run = this.#newRun(slateInit[kindOf(shown.rendition)])
    }
    const slate = this.#slate
    while (slate.start + (slate.places + 1) * partMs + slateLag <= now) {
      const part = slatePart(slate.start, slate.places)
      for (const { rendition, live, run } of this.#shown.values())
        live.show(run, part, this.#slates[kindOf(rendition)].media(slate.places))
      slate.places += 1
      this.#until = part.to
    }
  }

  slateInit(name: string): Buffer | undefined {
    return name === slateInit.picture
      ? this.#slates.picture.init
      : name === slateInit.sound
        ? this.#slates.sound.init
        : undefined
  }

  /** Takes back what was captured after a time and is no slate. */
  withholdAfter(time: number): void {
    for (const { live, newest } of this.#shown.values()) if (newest) live.withhold(({ to }) => to > time)
  }

  /** Takes back what was captured in a time, the slate that stood in it included. */
  withholdBetween(begin: number, end: number): void {
    for (const { live } of this.#shown.values()) live.withhold(({ from, to }) => to > begin && from < end)
  }

  end(): void {
    for (const { live } of this.#shown.values()) live.end()
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
