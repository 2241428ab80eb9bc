import { ulid } from 'ulid'
import type { CaptionAct, CaptionTime } from '../../../../shared/council/caption.ts'
import type {
  Captioner,
  CaptionRequest,
  CaptionsImported,
  DeskCaption,
  PublicCaption,
} from '../../../../shared/hub-api/captions.ts'
import { touchesAny } from '../../../../shared/rules/broadcast/airtime.ts'
import { momentAt, timelineOf, type TimedSegment } from '../../../../shared/rules/broadcast/caption-track.ts'
import {
  captionsOf,
  isPublic,
  judgeCaption,
  shownCaptions,
  type Caption,
  type CaptionRefusalReason,
  type PublicTime,
} from '../../../../shared/rules/broadcast/captions.ts'
import type { ReadCue } from '../../../../shared/rules/broadcast/webvtt.ts'
import type { Span } from '../../../../shared/rules/meeting/state.ts'
import type { Broadcast } from '../broadcast.ts'
import { CaptionJournal } from './caption-journal.ts'

/** Milliseconds between two looks at what became public, while somebody reads. */
const beat = 120
/** Milliseconds for which the picture of a time may still come, and for which what is not kept is still shown. */
const pictureWithin = 60_000

/** Times that log and register of consent close, for who watches now and for what remains. */
export interface Withheld {
  readonly live: readonly Span[]
  readonly recorded: readonly Span[]
}

interface CaptionsOptions {
  readonly path: string
  readonly broadcast: Broadcast
  readonly now: () => number
  readonly onFault: (fault: unknown) => void
}

/** The captions of one broadcast. Whether one may be shown is judged anew by every answer, from what is public by then. */
export class Captions {
  readonly #journal: CaptionJournal
  readonly #broadcast: Broadcast
  readonly #now: () => number
  readonly #onFault: (fault: unknown) => void
  readonly #listeners = new Set<() => void>()
  #captions: Map<string, Caption>
  /** Nothing is public until log and register were heard. */
  #withheld: Withheld = { live: [{ from: 0 }], recorded: [{ from: 0 }] }
  #timer: NodeJS.Timeout | undefined

  private constructor({ broadcast, now, onFault }: CaptionsOptions, journal: CaptionJournal, acts: CaptionAct[]) {
    this.#journal = journal
    this.#broadcast = broadcast
    this.#now = now
    this.#onFault = onFault
    this.#captions = captionsOf(acts)
  }

  static async open(options: CaptionsOptions): Promise<Captions> {
    const { journal, acts } = await CaptionJournal.open(options.path)
    return new Captions(options, journal, acts)
  }

  get broadcast(): Broadcast {
    return this.#broadcast
  }

  /** What everybody may read now, the earliest first. */
  get shown(): Caption[] {
    return shownCaptions(this.#captions.values(), this.#public)
  }

  /** What everybody may read beside the recording, the earliest first. */
  get recorded(): Caption[] {
    return shownCaptions(this.#captions.values(), [this.#recorded])
  }

  /** The recording's timeline with the rendition that it was taken from; undefined when there is none. */
  get timeline(): { readonly rendition: string; readonly segments: readonly TimedSegment[] } | undefined {
    const { recording, air, hasEnded } = this.#broadcast
    for (const { rendition } of air.renditions) {
      const held = recording.held(rendition)
      if (held) return { rendition, segments: timelineOf(held.parts, hasEnded) }
    }
    return undefined
  }

  /** Log or register became another. */
  follow(withheld: Withheld): void {
    this.#withheld = withheld
    this.#forgetClosed()
    this.#tell()
  }

  /** Takes words in, or what becomes of them; returns why they are refused. Settles when that is safe on disk. */
  async take(request: CaptionRequest, author: Captioner): Promise<CaptionRefusalReason | undefined> {
    const known = this.#captions.get(request.caption)
    const reason = this.#judge(request, known, author)
    if (reason !== undefined || (known && request.act === 'said')) return reason
    const act = { ...request, ...this.#signed(author) }
    // What is taken back is gone at once, whatever the disk says.
    if (act.act === 'taken-back') this.#hold([act])
    await this.#journal.append([act])
    if (act.act !== 'taken-back') this.#hold([act])
    return undefined
  }

  /** Takes in what a file holds of what is public; its times count from the beginning of the recording. */
  async bring(cues: readonly ReadCue[], author: Captioner): Promise<CaptionsImported> {
    const segments = this.timeline?.segments ?? []
    const left: { line: number; reason: CaptionRefusalReason }[] = []
    const acts: CaptionAct[] = []
    for (const { line, from, to, text } of cues) {
      const [begin, end] = [momentAt(segments, from), momentAt(segments, to, true)]
      const time = begin === undefined || end === undefined || end <= begin ? undefined : { from: begin, to: end }
      const reason = time ? this.#judgeTime(time) : 'not-public'
      if (!time || reason !== undefined) left.push({ line, reason: reason ?? 'not-public' })
      else acts.push({ act: 'said', caption: `caption:${ulid()}`, time, text, ...this.#signed(author) })
    }
    if (acts.length > 0) await this.#journal.append(acts)
    this.#hold(acts)
    return { imported: acts.length, left }
  }

  /** The last lines as those see them who write, the oldest first. */
  lines(count: number): DeskCaption[] {
    return [...this.#captions.values()]
      .sort((a, b) => a.time.from - b.time.from)
      .slice(-count)
      .map((each) => ({
        ...publicCaption(each),
        ...{ by: each.by, name: each.name, corrected: each.corrected, state: this.#stateOf(each) },
      }))
  }

  /** Calls back whenever something may be shown or not any more, until the returned end. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => this.#tell(), beat)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  /** The recording was removed as its time is over, and so are the words of it. */
  async remove(): Promise<void> {
    this.#captions = new Map()
    this.#tell()
    await this.#journal.remove()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#journal.close()
  }

  get #public(): PublicTime[] {
    return [this.#recorded, { shown: this.#broadcast.air.times, withheld: this.#withheld.live }]
  }

  get #recorded(): PublicTime {
    return { shown: this.#broadcast.recording.times, withheld: this.#withheld.recorded }
  }

  #judge(
    request: CaptionRequest,
    known: Caption | undefined,
    { account }: Captioner,
  ): CaptionRefusalReason | undefined {
    switch (request.act) {
      case 'said':
        if (!known) return this.#judgeTime(request.time)
        return known.by === account ? undefined : 'unknown'
      case 'corrected':
        return known ? this.#judgeTime(known.time) : 'unknown'
      case 'taken-back':
        return known ? undefined : 'unknown'
    }
  }

  #judgeTime(time: CaptionTime): CaptionRefusalReason | undefined {
    const { hasEnded: ended, status } = this.#broadcast
    const isShown = this.#public.some((one) => isPublic(time, one))
    if (touchesAny(time, this.#withheld.live)) return 'closed'
    return judgeCaption(time, { since: status.since, ended, now: this.#now(), isPublic: isShown })
  }

  #stateOf({ time, takenBack }: Caption): DeskCaption['state'] {
    if (takenBack) return 'taken-back'
    if (this.#public.some((one) => isPublic(time, one))) return 'shown'
    const { since, delay } = this.#broadcast.status
    const isDue = time.to < this.#now() - pictureWithin - delay * 1000
    return since === undefined || isDue || touchesAny(time, this.#withheld.live) ? 'unseen' : 'waiting'
  }

  #signed({ account, name }: Captioner): Pick<CaptionAct, 'by' | 'name' | 'at'> {
    return { by: account, name, at: new Date(this.#now()).toISOString() }
  }

  #hold(acts: readonly CaptionAct[]): void {
    this.#captions = captionsOf(acts, this.#captions)
    // What was corrected while its time turned out to be closed.
    this.#forget(acts.filter(({ caption }) => !this.#captions.has(caption)))
    this.#forgetClosed()
    this.#tell()
  }

  /** Words of times that turn out to be closed go from the disk as well, as the media does. */
  #forgetClosed(): void {
    const old = this.#now() - pictureWithin
    this.#forget(
      [...this.#captions.values()].filter(
        ({ time }) =>
          touchesAny(time, this.#withheld.live) || (time.to < old && touchesAny(time, this.#withheld.recorded)),
      ),
    )
  }

  #forget(gone: readonly { readonly caption: string }[]): void {
    if (gone.length === 0) return
    for (const { caption } of gone) this.#captions.delete(caption)
    this.#journal.forget(new Set(gone.map(({ caption }) => caption))).catch(this.#onFault)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** What everybody may know of a caption: not who wrote it. */
export const publicCaption = ({ caption, time, text }: Caption): PublicCaption => ({ caption, time, text })
